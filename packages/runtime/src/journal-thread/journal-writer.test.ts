import { type CommitFrame, type Journal, JournalFull, readCommitFrame } from '@mochila/ports';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Doorbell } from '../ring/doorbell.ts';
import { RingProducer } from '../ring/ring-producer.ts';
import { JournalControl } from './journal-control.ts';
import { JournalFeed } from './journal-feed.ts';
import { createJournalMemory, type JournalMemory } from './journal-memory.ts';
import { JournalWriter, type JournalWriterOptions } from './journal-writer.ts';

let memory: JournalMemory;
let control: JournalControl;
let frames: { firstSeq: number; records: string[] }[];
let listener: Doorbell;

beforeEach(() => {
  memory = createJournalMemory(64 * 1024);
  control = new JournalControl(memory.control);
  frames = [];
  listener = new Doorbell();
});

/** A journal that only remembers frames; `append` may fail first. */
function memoryJournal(beforeAppend: (frame: CommitFrame) => void = () => undefined): Pick<Journal, 'append'> {
  return {
    append: (frame) => {
      beforeAppend(frame);
      frames.push({
        firstSeq: frame.firstSeq,
        records: [...readCommitFrame(frame)].map((record) => `${record.timeMicros} ${Buffer.from(record.bytes).toString()}`),
      });
    },
  };
}

/** Runs a writer over what the ring holds; it was asked to stop, so it ends. */
function runToEnd(journal: Pick<Journal, 'append'>, options: Partial<JournalWriterOptions> = {}) {
  control.requestStop();
  return new JournalWriter({ journal, memory, listeners: [listener.shared], retryMs: 1, ...options }).run();
}

function give(texts: readonly string[], firstSeq = 1): void {
  const feed = new JournalFeed(memory);
  texts.forEach((text, i) => {
    expect(feed.tryWrite(firstSeq + i, 100 + i, Buffer.from(text))).toBe(true);
  });
}

describe('the journal writer', () => {
  it('puts all that is waiting into one frame, and publishes its last sequence', () => {
    give(['a', 'b', '', 'a longer record'], 7);
    expect(runToEnd(memoryJournal())).toEqual({ kind: 'stopped', durableSeq: 10, isCutShort: false });
    expect(frames).toEqual([{ firstSeq: 7, records: ['100 a', '101 b', '102 ', '103 a longer record'] }]);
    expect([control.durableSeq(), control.status()]).toEqual([10, 'stopped']);
    // One ring for each: ok, the frame, stopped.
    expect(listener.count()).toBe(3);
  });

  it('begins the next frame when one is full', () => {
    give(['a', 'b', 'c', 'd', 'e']);
    expect(runToEnd(memoryJournal(), { frameBytesMax: 40 }).durableSeq).toBe(5);
    expect(frames.map((frame) => frame.records.length)).toEqual([2, 2, 1]);
  });

  it('takes records that were encoded in the ring', () => {
    const feed = new JournalFeed(memory);
    const offset = feed.reserve(80);
    feed.words[offset / 8] = 0.5;
    feed.commit(1, 100, 8);
    feed.flush();
    runToEnd(memoryJournal((frame) => expect([...readCommitFrame(frame)][0]?.bytes).toEqual(new Uint8Array(Float64Array.of(0.5).buffer))));
    expect(frames).toHaveLength(1);
  });

  it('repeats a frame that found no space, and then goes on', () => {
    give(['a', 'b']);
    let refusalsLeft = 3;
    const statuses: string[] = [];
    const journal = memoryJournal(() => {
      statuses.push(control.status());
      if (refusalsLeft-- > 0) throw new JournalFull('test', new Error('arranged'));
    });
    const refusals: string[] = [];
    // It is asked to stop only after the frame: a request would end the attempts.
    const run = new JournalWriter({ journal, memory, listeners: [], retryMs: 1, onRefusing: (fault) => refusals.push(fault.name) });
    const stopAfterFrame = journal.append;
    journal.append = (frame) => {
      stopAfterFrame(frame);
      control.requestStop();
    };
    expect(run.run()).toEqual({ kind: 'stopped', durableSeq: 2, isCutShort: false });
    expect(statuses).toEqual(['ok', 'refusing', 'refusing', 'refusing']);
    expect([refusals, frames.length]).toEqual([['JournalFull'], 1]);
  });

  it('says that there is space again before it says what is durable: who is answered may go on at once', () => {
    give(['a']);
    let refusalsLeft = 1;
    const journal = memoryJournal(() => {
      if (refusalsLeft-- > 0) throw new JournalFull('test', new Error('arranged'));
      control.requestStop();
    });
    const statuses: string[] = [];
    vi.spyOn(JournalControl.prototype, 'setDurableSeq').mockImplementation(() => statuses.push(control.status()));
    new JournalWriter({ journal, memory, listeners: [], retryMs: 1 }).run();
    expect(statuses).toEqual(['ok']);
  });

  it('halts on any other fault, on a record out of order and on a foreign record', () => {
    const disk = new Error('disk');
    give(['a']);
    expect(
      runToEnd(
        memoryJournal(() => {
          throw disk;
        }),
      ),
    ).toEqual({ kind: 'halted', durableSeq: 0, error: disk });
    expect(control.status()).toBe('halted');

    memory = createJournalMemory(1024);
    control = new JournalControl(memory.control);
    give(['a']);
    give(['c'], 3);
    expect(runToEnd(memoryJournal())).toMatchObject({ kind: 'halted', error: { message: 'sequence 3 does not follow 1' } });

    memory = createJournalMemory(1024);
    control = new JournalControl(memory.control);
    new RingProducer(memory.ring).tryWrite(2, new Uint8Array(24));
    expect(runToEnd(memoryJournal())).toMatchObject({ kind: 'halted', error: { message: 'a record with tag 2 is not for the journal' } });
    expect(frames).toEqual([]);
  });
});
