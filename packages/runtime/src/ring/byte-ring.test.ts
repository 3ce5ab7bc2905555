import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Doorbell } from './doorbell.ts';
import { RingConsumer } from './ring-consumer.ts';
import { createByteRing } from './ring-layout.ts';
import { RING_FULL, RingProducer } from './ring-producer.ts';

function ringOf(capacityBytes: number): { producer: RingProducer; consumer: RingConsumer } {
  const shared = createByteRing(capacityBytes);
  return { producer: new RingProducer(shared), consumer: new RingConsumer(shared) };
}

/** Reads all waiting records as `tag:hex`. */
function readAll(consumer: RingConsumer): string[] {
  const seen: string[] = [];
  consumer.drain((tag, offset, byteLength) => {
    seen.push(`${tag}:${Buffer.from(consumer.bytes.slice(offset, offset + byteLength)).toString('hex')}`);
  }, 1000);
  return seen;
}

/** Where the one record with a tag waits, in words. */
function lookAhead(consumer: RingConsumer, tag: number): number {
  const offsets = new Int32Array(4);
  expect(consumer.lookAhead(tag, offsets)).toBe(1);
  return offsets[0] ?? -1;
}

describe('a ring of byte records', () => {
  it('has a power of two as capacity', () => {
    for (const bad of [0, 63, 32, 100, 2 ** 31, -64, 64.5, Number.NaN]) expect(() => createByteRing(bad)).toThrow(RangeError);
    expect(() => new RingProducer(new SharedArrayBuffer(1000))).toThrow(RangeError);
  });

  it('returns records with tag and exact length, in order, once', () => {
    const { producer, consumer } = ringOf(256);
    expect(consumer.peek()).toBe(false);
    expect(producer.tryWrite(7, Uint8Array.of(1, 2, 3))).toBe(true);
    expect(producer.tryWrite(0xffff_ffff, new Uint8Array())).toBe(true);
    expect(producer.tryWrite(1, Float64Array.of(1.5, -2))).toBe(true);
    expect(consumer.peek()).toBe(true);
    expect([consumer.tag, consumer.byteLength, ...consumer.copy()]).toEqual([7, 3, 1, 2, 3]);
    consumer.release();
    expect(consumer.tryRead((tag, _offset, byteLength) => expect([tag, byteLength]).toEqual([0xffff_ffff, 0]))).toBe(true);
    expect(consumer.tryRead((_tag, offset) => expect([...consumer.words.subarray(offset / 8, offset / 8 + 2)]).toEqual([1.5, -2]))).toBe(
      true,
    );
    expect(consumer.tryRead(() => expect.unreachable())).toBe(false);
  });

  it('shows nothing before it is published', () => {
    const { producer, consumer } = ringOf(256);
    const offset = producer.reserve(16);
    producer.words[offset / 8] = 5;
    expect(consumer.peek()).toBe(false);
    producer.commitQuietly(3, 8);
    expect(consumer.peek()).toBe(false);
    producer.flush();
    expect(consumer.peek()).toBe(true);
    expect([consumer.tag, consumer.byteLength, consumer.words[consumer.offset / 8]]).toEqual([3, 8, 5]);
  });

  it('refuses records larger than half of it, and commits larger than the reservation', () => {
    const { producer } = ringOf(256);
    expect(producer.recordBytesMax).toBe(120);
    for (const tooLarge of [121, 256, 2 ** 40, Number.NaN, -1]) expect(() => producer.reserve(tooLarge)).toThrow(RangeError);
    expect(producer.reserve(120)).not.toBe(RING_FULL);
    expect(() => producer.commit(0, 121)).toThrow(RangeError);
    producer.commit(0, 120);
    expect(() => producer.commit(0, 0)).toThrow(RangeError);
  });

  it('is full until the reader releases', () => {
    const { producer, consumer } = ringOf(64);
    expect(producer.isFull()).toBe(false);
    for (let i = 0; i < 4; i++) expect(producer.tryWrite(i, Uint8Array.of(i))).toBe(true);
    expect(producer.isFull(0)).toBe(true);
    expect(producer.tryWrite(9, Uint8Array.of(9))).toBe(false);
    expect(consumer.tryRead(() => undefined)).toBe(true);
    expect([producer.isFull(8), producer.isFull()]).toEqual([false, true]);
    expect(producer.tryWrite(4, Uint8Array.of(4))).toBe(true);
    expect(readAll(consumer)).toEqual(['1:01', '2:02', '3:03', '4:04']);
  });

  it('takes the largest record at every position once it is empty', () => {
    const { producer, consumer } = ringOf(128);
    for (let i = 0; i < 50; i++) {
      expect(producer.tryWrite(i, new Uint8Array(producer.recordBytesMax).fill(i))).toBe(true);
      expect(producer.tryWrite(i, Uint8Array.of(i))).toBe(true);
      expect(readAll(consumer)).toHaveLength(2);
    }
  });

  it('keeps a record whose handler failed', () => {
    const { producer, consumer } = ringOf(128);
    for (const tag of [1, 2]) producer.tryWrite(tag, Uint8Array.of(tag));
    const failAtTwo = (tag: number): void => {
      if (tag === 2) throw new Error('two');
    };
    expect(() => consumer.drain(failAtTwo, 10)).toThrow('two');
    expect(readAll(consumer)).toEqual(['2:02']);
  });

  it('behaves like a queue under any mixture of writes, abandoned reservations and reads', () => {
    const write = fc.record({ kind: fc.constant('write' as const), bytes: fc.uint8Array({ maxLength: 120 }) });
    const reserve = fc.record({ kind: fc.constant('reserve' as const), byteLength: fc.nat(120), isFlushed: fc.boolean() });
    const read = fc.record({ kind: fc.constant('read' as const), recordsMax: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(fc.oneof(write, reserve, read), { maxLength: 200 }), (steps) => {
        const { producer, consumer } = ringOf(256);
        const expected: string[] = [];
        let tag = 0;
        for (const step of steps) {
          if (step.kind === 'reserve') {
            producer.reserve(step.byteLength);
            if (step.isFlushed) producer.flush();
          } else if (step.kind === 'read') {
            const seen: string[] = [];
            const ahead = expected.map((record) => lookAhead(consumer, Number.parseInt(record, 10)));
            const places: number[] = [];
            consumer.drain((t, at, n) => {
              places.push(at / 8);
              seen.push(`${t}:${Buffer.from(consumer.bytes.slice(at, at + n)).toString('hex')}`);
            }, step.recordsMax);
            expect(places).toEqual(ahead.slice(0, places.length));
            expect(seen).toEqual(expected.splice(0, Math.min(step.recordsMax, expected.length)));
          } else {
            const isRefused = producer.isFull(step.bytes.length);
            expect(producer.tryWrite(++tag, step.bytes)).toBe(!isRefused);
            if (!isRefused) expected.push(`${tag}:${Buffer.from(step.bytes).toString('hex')}`);
            else expect(expected).not.toEqual([]);
          }
        }
        expect(readAll(consumer)).toEqual(expected);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('survives its counters running over', () => {
    const shared = createByteRing(128);
    const cells = new Int32Array(shared);
    cells[16] = 2 ** 31 - 16;
    cells[32] = 2 ** 31 - 16;
    const [producer, consumer] = [new RingProducer(shared), new RingConsumer(shared)];
    for (let i = 0; i < 40; i++) {
      expect(producer.tryWrite(i, Uint8Array.of(i, i))).toBe(true);
      expect(readAll(consumer)).toEqual([`${i}:${Buffer.of(i, i).toString('hex')}`]);
    }
    expect(cells[16]).toBeLessThan(0);
  });
});

describe('a ring between two threads', () => {
  it.each([
    { name: 'a small ring, a bell for each record', capacityBytes: 1024, recordCount: 200_000, batchCount: 1 },
    { name: 'a large ring, a bell for each batch', capacityBytes: 1024 * 1024, recordCount: 1_000_000, batchCount: 64 },
  ])('passes all records whole and in order: $name', async ({ capacityBytes, recordCount, batchCount }) => {
    const ring = createByteRing(capacityBytes);
    const [filled, drained] = [new Doorbell(), new Doorbell()];
    const workerData = { ring, filled: filled.shared, drained: drained.shared, recordCount, batchCount };
    const worker = new Worker(new URL('./byte-ring.test-worker.ts', import.meta.url), { workerData });
    const exited = once(worker, 'exit');
    const consumer = new RingConsumer(ring);
    let next = 0;
    let wrong = 0;
    const check = (tag: number, offset: number, byteLength: number): void => {
      if (tag !== next || byteLength !== (next % 13) * 8) wrong += 1;
      for (let word = 0; word < byteLength / 8; word++) if (consumer.words[offset / 8 + word] !== next + word / 16) wrong += 1;
      next += 1;
    };
    while (next < recordCount && wrong === 0) {
      const seen = filled.count();
      if (consumer.drain(check, 1024) > 0) drained.ring();
      else await filled.waitAsync(seen, 1000);
    }
    expect([next, wrong]).toEqual([recordCount, 0]);
    expect(await exited).toEqual([0]);
    expect(consumer.peek()).toBe(false);
  });
});

describe('a doorbell', () => {
  it('does not let a consumer sleep when it rang after the look', async () => {
    const bell = new Doorbell();
    const seen = bell.count();
    new Doorbell(bell.shared).ring();
    expect(bell.wait(seen, 10_000)).toBe(true);
    expect(await bell.waitAsync(seen, 10_000)).toBe(true);
  });

  it('lets a consumer go when its time is over', async () => {
    const bell = new Doorbell();
    expect(bell.wait(bell.count(), 5)).toBe(false);
    expect(await bell.waitAsync(bell.count(), 5)).toBe(false);
  });

  it('wakes a consumer that waits on its event loop', async () => {
    const bell = new Doorbell();
    const waiting = bell.waitAsync(bell.count(), 10_000);
    setTimeout(() => bell.ring(), 5);
    expect(await waiting).toBe(true);
  });
});
