/** What every `Journal` must do; run it in the tests of an implementation. */

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommitFrameBuilder, commitFrameOf } from '../commit-frame.ts';
import type { CommitFrame, Journal, JournalProgress, JournalRecord } from '../journal.ts';
import { JournalLocked } from '../journal-faults.ts';

/** Storage of one test. */
export interface JournalHarness {
  /** Makes a journal, not yet open, over the same storage at each call. */
  create(): Journal;
  /** Removes the storage; journals are closed by then. */
  cleanUp(): void;
}

/**
 * Describes the behaviour of a journal.
 * @param name of the implementation
 * @param setUp makes empty storage, for one test
 */
export function describeJournal(name: string, setUp: () => JournalHarness): void {
  describe(`${name} as a Journal`, () => {
    let harness: JournalHarness;
    let opened: Journal[];

    const create = (): Journal => {
      const journal = harness.create();
      opened.push(journal);
      return journal;
    };
    const openNew = (): Journal => {
      const journal = create();
      journal.open();
      return journal;
    };

    beforeEach(() => {
      harness = setUp();
      opened = [];
    });

    afterEach(() => {
      for (const journal of opened) journal.close();
      harness.cleanUp();
    });

    it('starts empty with sequence 1', () => {
      const tail = create().open();
      expect(tail).toMatchObject({ firstSeq: 1, nextSeq: 1, lastTimeMicros: 0 });
      expect(tail.lastHash).toHaveLength(32);
      expect(tail.report).toMatchObject({ cutBytes: 0, cutFromSeq: 0, cutFile: '' });
    });

    it('reads nothing from an empty journal', () => {
      const journal = openNew();
      expect([...journal.read(1)]).toEqual([]);
      expect(journal.verify()).toMatchObject({ frameCount: 0, recordCount: 0, firstSeq: 1, nextSeq: 1 });
    });

    it('returns each record with its own sequence, time and bytes', () => {
      const journal = openNew();
      journal.append(
        frameOf(1, [
          { timeMicros: 100, text: 'a' },
          { timeMicros: 107, text: '' },
          { timeMicros: 107, text: 'a longer one' },
        ]),
      );
      journal.append(frameOf(4, [{ timeMicros: 2 ** 50, text: 'late' }]));
      expect(texts(journal.read(1))).toEqual(['1@100 a', '2@107 ', '3@107 a longer one', `4@${2 ** 50} late`]);
    });

    it('hands out bytes that start on a multiple of eight and stay as they are', () => {
      const journal = openNew();
      for (let seq = 1; seq <= 9; seq += 3) journal.append(commitFrameOf(seq, seq, ['x', 'yy', 'z'.repeat(seq)].map(encode)));
      const records = [...journal.read(1)];
      expect(records.map((record) => record.bytes.byteOffset % 8)).toEqual(Array(9).fill(0));
      expect(records.map((record) => record.bytes.length)).toEqual([1, 2, 1, 1, 2, 4, 1, 2, 7]);
    });

    it('reads from any sequence it holds, and from no other', () => {
      const journal = openNew();
      for (let seq = 1; seq < 13; seq += 3) journal.append(commitFrameOf(seq, seq, ['p', 'q', 'r'].map(encode)));
      for (let from = 1; from <= 13; from++) expect(seqs(journal.read(from))).toEqual(range(from, 13));
      for (const from of [0, 14, -1, 1.5, Number.NaN]) expect(() => [...journal.read(from)]).toThrow(RangeError);
    });

    it('does not show a running read what is appended meanwhile', () => {
      const journal = openNew();
      journal.append(commitFrameOf(1, 1, [encode('a')]));
      const reading = journal.read(1);
      expect(reading.next().value?.seq).toBe(1);
      journal.append(commitFrameOf(2, 2, [encode('b')]));
      expect(reading.next().done).toBe(true);
      expect(seqs(journal.read(1))).toEqual([1, 2]);
    });

    it('continues after being closed and opened', () => {
      const first = openNew();
      first.append(commitFrameOf(1, 50, [encode('a'), encode('b')]));
      const { lastHash } = first.verify();
      first.close();
      const second = create();
      expect(second.open()).toMatchObject({ firstSeq: 1, nextSeq: 3, lastTimeMicros: 50, lastHash, report: { cutBytes: 0 } });
      second.append(commitFrameOf(3, 50, [encode('c')]));
      expect(texts(second.read(2))).toEqual(['2@50 b', '3@50 c']);
    });

    it('refuses a frame that does not continue it', () => {
      const journal = openNew();
      journal.append(commitFrameOf(1, 50, [encode('a')]));
      for (const firstSeq of [1, 3]) expect(() => journal.append(commitFrameOf(firstSeq, 60, [encode('b')]))).toThrow(RangeError);
      expect(() => journal.append(commitFrameOf(2, 49, [encode('b')]))).toThrow(RangeError);
      expect(() => journal.append({ ...commitFrameOf(2, 60, [encode('b')]), count: 2 })).toThrow(RangeError);
      journal.append(commitFrameOf(2, 60, [encode('b')]));
      expect(texts(journal.read(1))).toEqual(['1@50 a', '2@60 b']);
    });

    it('is held by one journal at a time', () => {
      const journal = openNew();
      expect(() => create().open()).toThrow(JournalLocked);
      expect(() => create().open()).toThrow(String(process.pid));
      journal.close();
      journal.close();
      expect(create().open().nextSeq).toBe(1);
    });

    it('takes and gives nothing before it is opened or after it is closed', () => {
      const journal = create();
      const frame = commitFrameOf(1, 1, [encode('a')]);
      const refusals = [() => journal.append(frame), () => [...journal.read(1)], () => journal.verify()];
      for (const attempt of refusals) expect(attempt).toThrow();
      journal.open();
      journal.close();
      for (const attempt of refusals) expect(attempt).toThrow();
    });

    it('tells how far a read has come', () => {
      const journal = openNew();
      journal.append(commitFrameOf(1, 1, [encode('a'), encode('b')]));
      const seen: JournalProgress[] = [];
      expect(seqs(journal.read(1, (progress) => seen.push(progress)))).toEqual([1, 2]);
      const last = seen.at(-1);
      expect(last?.seq).toBe(2);
      expect(last?.bytesDone).toBe(last?.bytesTotal);
    });

    it('returns any history of frames and restarts as it was written', () => {
      const records = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 6 });
      const step = fc.oneof({ weight: 4, arbitrary: records }, { weight: 1, arbitrary: fc.constant('restart' as const) });
      fc.assert(
        fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
          const storage = setUp();
          let journal = storage.create();
          let seq: number = journal.open().nextSeq;
          const written: string[] = [];
          try {
            for (const next of steps) {
              if (next === 'restart') {
                journal.close();
                journal = storage.create();
                expect(journal.open()).toMatchObject({ nextSeq: seq, report: { cutBytes: 0 } });
                continue;
              }
              journal.append(commitFrameOf(seq, seq * 10, next));
              const time = seq * 10;
              next.forEach((bytes, i) => {
                written.push(`${seq + i}@${time} ${Buffer.from(bytes).toString('hex')}`);
              });
              seq += next.length;
            }
            expect([...journal.read(1)].map((r) => `${r.seq}@${r.timeMicros} ${Buffer.from(r.bytes).toString('hex')}`)).toEqual(written);
            expect(journal.verify()).toMatchObject({ recordCount: seq - 1, nextSeq: seq });
          } finally {
            journal.close();
            storage.cleanUp();
          }
        }),
        { numRuns: 30, seed: 7 },
      );
    });
  });

  describe(`the hash chain of ${name}`, () => {
    /** Appends frames of texts to fresh storage and returns the last hash. */
    const hashOf = (frames: readonly (readonly string[])[], timeMicros = 5): string => {
      const harness = setUp();
      const journal = harness.create();
      try {
        let seq: number = journal.open().nextSeq;
        for (const frame of frames) {
          journal.append(commitFrameOf(seq, timeMicros, frame.map(encode)));
          seq += frame.length;
        }
        return Buffer.from(journal.verify().lastHash).toString('hex');
      } finally {
        journal.close();
        harness.cleanUp();
      }
    };

    it('depends on contents, order, frames and time, and on nothing else', () => {
      const base = hashOf([['a', 'b'], ['c']]);
      expect(hashOf([['a', 'b'], ['c']])).toBe(base);
      for (const other of [
        hashOf([['a', 'b'], ['d']]),
        hashOf([['b', 'a'], ['c']]),
        hashOf([['a'], ['b', 'c']]),
        hashOf([['a', 'b'], ['c']], 6),
      ]) {
        expect(other).not.toBe(base);
      }
    });
  });
}

function frameOf(firstSeq: number, records: readonly { timeMicros: number; text: string }[]): CommitFrame {
  const builder = new CommitFrameBuilder();
  records.forEach(({ timeMicros, text }, i) => {
    expect(builder.tryAdd(firstSeq + i, timeMicros, encode(text))).toBe(true);
  });
  return builder.frame();
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function texts(records: Iterable<JournalRecord>): string[] {
  return [...records].map((record) => `${record.seq}@${record.timeMicros} ${new TextDecoder().decode(record.bytes)}`);
}

function seqs(records: Iterable<JournalRecord>): number[] {
  return [...records].map((record) => record.seq);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
