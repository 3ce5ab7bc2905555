import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Journal } from '@mochila/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Doorbell } from '../ring/doorbell.ts';
import { JournalControl } from './journal-control.ts';
import { JournalFeed } from './journal-feed.ts';
import { type JournalThread, type JournalThreadOptions, startJournalThread } from './journal-thread.ts';

interface Settings {
  readonly journalModule: string;
  readonly directory: string;
  readonly behaviour: SharedArrayBuffer;
  readonly isDoomed?: boolean;
}

const WAIT_MS = 45_000;
// Resolved here and imported by name: this package depends on no adapter.
const journalModule = import.meta.resolve('@mochila/journal-file');
interface Options {
  readonly directory: string;
  readonly venueId: string;
  readonly isReadOnly?: boolean;
}
const { JournalFile }: { JournalFile: new (options: Options) => Journal } = await import(journalModule);

let directory: string;
let behaviour: Int32Array<SharedArrayBuffer>;
let bell: Doorbell;
let started: JournalThread[];

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'mochila-thread-'));
  behaviour = new Int32Array(new SharedArrayBuffer(4));
  bell = new Doorbell();
  started = [];
});

afterEach(async () => {
  for (const thread of started) await thread.stop();
  fs.rmSync(directory, { recursive: true });
});

async function start(options: Partial<JournalThreadOptions<Settings>> = {}, isDoomed = false): Promise<JournalThread> {
  const settings = { journalModule, directory, behaviour: behaviour.buffer, isDoomed };
  const workerUrl = new URL('./journal-thread.test-worker.ts', import.meta.url);
  const thread = await startJournalThread<Settings>({ workerUrl, settings, listeners: [bell.shared], ...options });
  started.push(thread);
  return thread;
}

/** Waits on the bell until `isTrue`. */
async function until(isTrue: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  for (;;) {
    const seen = bell.count();
    if (isTrue()) return;
    if (performance.now() > giveUpAt) throw new Error('it did not happen in time');
    await bell.waitAsync(seen, 100);
  }
}

/** Gives records `from` to `to - 1`, waiting when the ring is full. */
async function give(feed: JournalFeed, from: number, to: number): Promise<void> {
  for (let seq = from; seq < to; seq++) {
    const record = Buffer.from(`record ${seq}`);
    while (!feed.tryWrite(seq, 1000 + seq, record)) await new Promise((resolve) => setImmediate(resolve));
  }
}

function readBack(): string[] {
  const journal = new JournalFile({ directory, venueId: 'thread' });
  try {
    journal.open();
    return [...journal.read(1)].map((record) => `${record.seq}@${record.timeMicros} ${Buffer.from(record.bytes).toString()}`);
  } finally {
    journal.close();
  }
}

function written(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${i + 1}@${1001 + i} record ${i + 1}`);
}

describe('the journal thread', () => {
  it('makes records durable, says so, and continues after a restart', async () => {
    const first = await start();
    expect(first.tail.nextSeq).toBe(1);
    const control = new JournalControl(first.memory.control);
    await until(() => control.status() === 'ok');
    expect(control.durableSeq()).toBe(0);
    await give(new JournalFeed(first.memory), 1, 2001);
    await until(() => control.durableSeq() === 2000);
    expect(await first.stop()).toEqual({ kind: 'stopped', durableSeq: 2000, isCutShort: false });
    expect(control.status()).toBe('stopped');

    const second = await start();
    expect(second.tail).toMatchObject({ nextSeq: 2001, lastTimeMicros: 3000 });
    expect(new JournalControl(second.memory.control).durableSeq()).toBe(2000);
    await give(new JournalFeed(second.memory), 2001, 2101);
    await second.stop();
    expect(readBack()).toEqual(written(2100));
  });

  it('never says durable before the record can be read from the files', async () => {
    const thread = await start();
    const control = new JournalControl(thread.memory.control);
    const feed = new JournalFeed(thread.memory);
    const reader = (): number => {
      const journal = new JournalFile({ directory, venueId: 'thread', isReadOnly: true });
      const { nextSeq } = journal.open();
      journal.close();
      return nextSeq - 1;
    };
    for (let seq = 1; seq <= 50; seq++) {
      await give(feed, seq, seq + 1);
      const durable = control.durableSeq();
      expect(reader()).toBeGreaterThanOrEqual(durable);
    }
  });

  it('writes what it was given before it stops', async () => {
    const thread = await start();
    await give(new JournalFeed(thread.memory), 1, 5001);
    expect(await thread.stop()).toEqual({ kind: 'stopped', durableSeq: 5000, isCutShort: false });
    expect(readBack()).toEqual(written(5000));
  });

  it('refuses visibly while there is no space, and goes on by itself', async () => {
    const refusals: string[] = [];
    const thread = await start({ onRefusing: (error) => refusals.push(error.name) });
    const control = new JournalControl(thread.memory.control);
    const feed = new JournalFeed(thread.memory);
    Atomics.store(behaviour, 0, 1);
    await give(feed, 1, 11);
    await until(() => control.status() === 'refusing');
    expect(control.durableSeq()).toBe(0);
    await give(feed, 11, 21);
    Atomics.store(behaviour, 0, 0);
    await until(() => control.durableSeq() === 20);
    expect(control.status()).toBe('ok');
    await thread.stop();
    // Told by a message of the thread: all have come once it has ended.
    expect(refusals).toEqual(['JournalFull']);
    expect(readBack()).toEqual(written(20));
  });

  it('stops without space when asked, and says that records were left', async () => {
    const thread = await start();
    const control = new JournalControl(thread.memory.control);
    await give(new JournalFeed(thread.memory), 1, 4);
    await until(() => control.durableSeq() === 3);
    Atomics.store(behaviour, 0, 1);
    await give(new JournalFeed(thread.memory), 4, 7);
    await until(() => control.status() === 'refusing');
    expect(await thread.stop()).toEqual({ kind: 'stopped', durableSeq: 3, isCutShort: true });
    expect(readBack()).toEqual(written(3));
  });

  it('halts on any other fault and says which', async () => {
    const thread = await start();
    const control = new JournalControl(thread.memory.control);
    Atomics.store(behaviour, 0, 2);
    await give(new JournalFeed(thread.memory), 1, 2);
    await until(() => control.status() === 'halted');
    expect(await thread.ended).toMatchObject({ kind: 'halted', durableSeq: 0, error: { name: 'Error', message: 'the disk is on fire' } });
    expect(readBack()).toEqual([]);
  });

  it('does not start over a journal that is in use or corrupt', async () => {
    const thread = await start();
    await expect(start()).rejects.toMatchObject({ faultName: 'JournalLocked', message: expect.stringContaining(String(process.pid)) });
    await give(new JournalFeed(thread.memory), 1, 2);
    await thread.stop();
    const file = fs.readdirSync(directory).find((name) => name.endsWith('.journal')) ?? '';
    fs.writeFileSync(path.join(directory, file), 'something else');
    await expect(start()).rejects.toMatchObject({ faultName: 'JournalCorrupt', message: expect.stringContaining(file) });
  });

  it('that dies without a word is reported as halted', async () => {
    await expect(start({}, true)).rejects.toThrow('ended by itself, with code 9');
  });
});
