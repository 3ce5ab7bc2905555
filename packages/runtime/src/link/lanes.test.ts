import { type Command, commands, decodeRecord } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRequest, measureRequest, NO_ENVELOPE, readEnvelope } from '../batch/encode-request.ts';
import { InputPort } from '../core-thread/input-port.ts';
import { RING_FULL, RingProducer } from '../ring/ring-producer.ts';
import { Lanes } from './lanes.ts';
import { createLinkMemory, InputTag } from './link-memory.ts';

/** One link and its core in one thread, so that every interleaving can be arranged. */
function createLanePair() {
  const memory = createLinkMemory(false, { inputBytes: 4096, outputBytes: 1024 });
  const lanes = new Lanes(memory);
  const rings = { ordinary: new RingProducer(memory.ordinary), priority: new RingProducer(memory.priority) };
  const port = new InputPort(0, memory);
  const taken: { account: number; number: number }[] = [];
  const expected: number[] = [];
  const handler = {
    expect: (words: Float64Array, offsets: Int32Array, count: number): void => {
      for (const offset of offsets.subarray(0, count)) expected.push(decodeRecord(commands.cancelOrder, words, offset).signLo);
    },
    command: (words: Float64Array, offset: number): void => {
      const { account, signLo } = decodeRecord(commands.cancelOrder, words, offset);
      taken.push({ account, number: signLo });
    },
    question: (): void => expect.unreachable(),
  };
  let next = 1;
  const submit = (account: number, isPriority: boolean): number | undefined => {
    const number = next++;
    const command: Command = { name: 'cancelOrder', fields: { ...commands.cancelOrder.defaults, account, signLo: number } };
    const isUrgent = isPriority && lanes.mayOvertake(command);
    const ring = isUrgent ? rings.priority : rings.ordinary;
    const bytes = (1 + measureRequest(command, NO_ENVELOPE)) * 8;
    const offset = ring.reserve(bytes);
    if (offset === RING_FULL) return undefined;
    ring.words[offset / 8] = number;
    encodeRequest(command, NO_ENVELOPE, ring.words, offset / 8 + 1);
    ring.commit(InputTag.Command, bytes);
    if (!isUrgent) lanes.noteOrdinary(command, number);
    return number;
  };
  const take = (max: number, stopAfter = Number.POSITIVE_INFINITY): number => {
    const until = taken.length + stopAfter;
    return port.take(max, handler, () => taken.length < until);
  };
  return { submit, take, taken, expected };
}

describe('the two lanes', () => {
  it('let a cancel pass the orders of others, but not those of its own account', () => {
    const { submit, take, taken, expected } = createLanePair();
    submit(1, false);
    submit(2, false);
    submit(3, true);
    submit(2, true);
    take(100);
    expect(taken.map(({ account }) => account)).toEqual([3, 1, 2, 2]);
    // The lane of three was looked at before its first was taken; who comes alone is not.
    expect(expected).toEqual([1, 2, 4]);
    submit(1, false);
    submit(2, true);
    take(100);
    expect(taken.slice(4).map(({ account }) => account)).toEqual([2, 1]);
  });

  it('keep the order of every account, and lose nothing, however sending and taking alternate', () => {
    const send = fc.record({ kind: fc.constant('send' as const), account: fc.nat(3), isPriority: fc.boolean() });
    const take = fc.record({ kind: fc.constant('take' as const), max: fc.integer({ min: 1, max: 5 }), stopAfter: fc.nat(6) });
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: send }, { weight: 1, arbitrary: take }), { maxLength: 120 }), (steps) => {
        const pair = createLanePair();
        const sent: { account: number; number: number }[] = [];
        for (const step of steps) {
          if (step.kind === 'take') {
            pair.take(step.max, step.stopAfter);
            continue;
          }
          const number = pair.submit(step.account, step.isPriority);
          if (number !== undefined) sent.push({ account: step.account, number });
        }
        for (let taken = 1; taken > 0; ) taken = pair.take(3);
        for (const account of [0, 1, 2, 3]) {
          const ofAccount = (rows: typeof sent): number[] => rows.filter((row) => row.account === account).map((row) => row.number);
          expect(ofAccount(pair.taken)).toEqual(ofAccount(sent));
        }
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  it('take no more than asked from a lane before others have their turn', () => {
    const { submit, take, taken } = createLanePair();
    for (let n = 0; n < 6; n++) submit(1, false);
    expect([take(4), take(4), take(4)]).toEqual([4, 2, 0]);
    expect(taken).toHaveLength(6);
  });
});

describe('a request in words', () => {
  it('carries its command and its envelope', () => {
    const command: Command = { name: 'registerUser', fields: { ...commands.registerUser.defaults, publicKey: Uint8Array.of(5, 6, 7) } };
    for (const envelope of [new Uint8Array(0), Uint8Array.of(1), new Uint8Array(8).fill(2), new Uint8Array(1001).fill(3)]) {
      const words = new Float64Array(3 + measureRequest(command, envelope)).fill(99);
      expect(encodeRequest(command, envelope, words, 3)).toBe(words.length);
      expect(decodeRecord(commands.registerUser, words, 3)).toEqual(command.fields);
      expect(readEnvelope(words, 3)).toEqual(envelope);
      expect(() => encodeRequest(command, envelope, words.subarray(1), 3)).toThrow(RangeError);
    }
  });
});
