import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CommitFrameBuilder,
  commitFrameOf,
  FRAME_PAYLOAD_BYTES_MAX,
  measureCommitFrame,
  readCommitFrame,
  roundUpTo8,
} from './commit-frame.ts';

const step = fc.record({ bytes: fc.uint8Array({ maxLength: 50 }), pauseMicros: fc.nat(1_000_000) });

describe('a commit frame', () => {
  it('gives back any records it was given', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 2 ** 52 }), (steps, firstSeq) => {
        const builder = new CommitFrameBuilder();
        let timeMicros = 1_700_000_000_000_000;
        const given = steps.map(({ bytes, pauseMicros }, i) => {
          timeMicros += pauseMicros;
          expect(builder.tryAdd(firstSeq + i, timeMicros, bytes)).toBe(true);
          return { seq: firstSeq + i, timeMicros, bytes: [...bytes] };
        });
        const frame = builder.frame();
        expect([...readCommitFrame(frame)].map((record) => ({ ...record, bytes: [...record.bytes] }))).toEqual(given);
        expect(frame).toMatchObject({ firstSeq, count: steps.length, lastTimeMicros: timeMicros });
        expect(measureCommitFrame(frame.payload, frame.count)).toBe(frame.lastTimeMicros - frame.timeMicros);
      }),
      { seed: 1 },
    );
  });

  it('is laid out as documented', () => {
    const builder = new CommitFrameBuilder();
    builder.tryAdd(1, 100, Uint8Array.of(9, 0xaa, 0xbb, 9), 1, 2);
    builder.tryAdd(2, 105, new Uint8Array(8).fill(1));
    const expected = ['02000000', '00000000', 'aabb000000000000', '08000000', '05000000', '0101010101010101'];
    expect(Buffer.from(builder.frame().payload).toString('hex')).toBe(expected.join(''));
  });

  it('leaves nothing of the frame before in the padding', () => {
    const builder = new CommitFrameBuilder();
    builder.tryAdd(1, 1, new Uint8Array(40).fill(255));
    builder.clear();
    builder.tryAdd(2, 1, Uint8Array.of(1));
    expect([...builder.frame().payload.subarray(8)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('is full at its size, but takes one larger record alone', () => {
    const builder = new CommitFrameBuilder(64);
    expect(builder.tryAdd(1, 1, new Uint8Array(500))).toBe(true);
    expect(builder.tryAdd(2, 1, new Uint8Array())).toBe(false);
    builder.clear();
    expect([2, 3, 4, 5, 6].map((seq) => builder.tryAdd(seq, 1, new Uint8Array(8)))).toEqual([true, true, true, true, false]);
    expect([builder.count, builder.lastSeq]).toEqual([4, 5]);
  });

  it('spans as much time as four bytes of microseconds hold', () => {
    const builder = new CommitFrameBuilder();
    builder.tryAdd(1, 1000, new Uint8Array());
    expect(builder.tryAdd(2, 1000 + 2 ** 32, new Uint8Array())).toBe(false);
    expect(builder.tryAdd(2, 999 + 2 ** 32, new Uint8Array())).toBe(true);
    expect([...readCommitFrame(builder.frame())].map((record) => record.timeMicros)).toEqual([1000, 999 + 2 ** 32]);
  });

  it('refuses what does not continue it, and what no frame can hold', () => {
    const builder = new CommitFrameBuilder();
    expect(() => builder.frame()).toThrow(RangeError);
    expect(() => builder.tryAdd(1, 1, new Uint8Array(FRAME_PAYLOAD_BYTES_MAX))).toThrow(RangeError);
    builder.tryAdd(5, 10, new Uint8Array());
    for (const [seq, time] of [
      [5, 10],
      [7, 10],
      [6, 9],
      [Number.NaN, 10],
    ] as const) {
      expect(() => builder.tryAdd(seq, time, new Uint8Array())).toThrow(RangeError);
    }
    expect(builder.count).toBe(1);
    expect(() => new CommitFrameBuilder(FRAME_PAYLOAD_BYTES_MAX + 1)).toThrow(RangeError);
  });
});

describe('measuring a payload', () => {
  it('refuses any number of records but the right one, and any other length', () => {
    const { payload, count } = commitFrameOf(1, 1, [Uint8Array.of(1), Uint8Array.of(2)]);
    expect(measureCommitFrame(payload, count)).toBe(0);
    for (const wrong of [0, 1, 3]) expect(measureCommitFrame(payload, wrong)).toBeUndefined();
    for (let size = 0; size < payload.length; size++) expect(measureCommitFrame(payload.subarray(0, size), count)).toBeUndefined();
  });

  it('never fails on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(5), (payload, count) => {
        const delta = measureCommitFrame(payload, count);
        if (delta === undefined) return;
        expect([...readCommitFrame({ firstSeq: 1, timeMicros: 0, count, payload })]).toHaveLength(count);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('refuses time that runs backwards', () => {
    const builder = new CommitFrameBuilder();
    builder.tryAdd(1, 1, new Uint8Array());
    builder.tryAdd(2, 6, new Uint8Array());
    builder.tryAdd(3, 6, new Uint8Array());
    const payload = Uint8Array.from(builder.frame().payload);
    expect(measureCommitFrame(payload, 3)).toBe(5);
    payload[20] = 4;
    expect(measureCommitFrame(payload, 3)).toBeUndefined();
  });
});

describe('rounding up to eight', () => {
  it('adds as little as needed', () => {
    expect([0, 1, 7, 8, 9, 16, 17].map(roundUpTo8)).toEqual([0, 8, 8, 8, 16, 16, 24]);
  });
});
