/** The journal thread fed 100,000 commands a second, beside one bare fdatasync of as many bytes on the same disk. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Doorbell, JournalControl, JournalFeed, startJournalThread } from '@mochila/runtime';
import { cost, type Figure } from './figures.ts';
import { median } from './matching-latency.ts';

const HERE = fileURLToPath(new URL('..', import.meta.url));
/** Bytes of a placeOrder record with a short envelope. */
const RECORD_BYTES = 512;
const BATCH = 100;
const BATCH_EVERY_MS = 1;
const SYNCS = 50;
/** Batches of a round: a second. */
const ROUND_BATCHES = 1_000;
const GIVE_UP_MS = 10_000;

/**
 * Feeds the thread in rounds of a second, each beside bare synchronisations of the same disk just before and after it.
 *
 * @throws Error when the journal does not keep up or halts
 */
export async function measureJournal(rounds: number): Promise<Figure> {
  const directory = fs.mkdtempSync(path.join(HERE, 'journal-'));
  try {
    const measured: { readonly bare: number; readonly commit: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = bareSyncMs(directory);
      const commit = median(await commitTimes(path.join(directory, `round-${round}`), ROUND_BATCHES));
      measured.push({ bare: (before + bareSyncMs(directory)) / 2, commit });
    }
    const ratios = measured.map(({ bare, commit }) => commit / bare);
    const rate = (BATCH / BATCH_EVERY_MS) * 1000;
    const middle = median(measured.map(({ commit }) => commit)).toFixed(2);
    const bare = median(measured.map((each) => each.bare)).toFixed(2);
    const range = `${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)} x`;
    const note = `${rate / 1000}k commands/s of ${RECORD_BYTES} bytes: median ${middle} ms, fdatasync ${bare} ms; rounds from ${range}`;
    return cost('journal commit', median(ratios), 'x one fdatasync', 3, 1.5, note);
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

/** Median time to write a batch's bytes and fdatasync them. */
function bareSyncMs(directory: string): number {
  const file = fs.openSync(path.join(directory, 'bare'), 'w');
  const bytes = Buffer.alloc(BATCH * RECORD_BYTES, 7);
  const times: number[] = [];
  for (let at = 0; at < SYNCS; at += 1) {
    const start = performance.now();
    fs.writeSync(file, bytes);
    fs.fdatasyncSync(file);
    times.push(performance.now() - start);
  }
  fs.closeSync(file);
  return median(times);
}

/** Milliseconds from giving each batch until its last record was durable. */
async function commitTimes(directory: string, batches: number): Promise<number[]> {
  const bell = new Doorbell();
  fs.mkdirSync(directory);
  const thread = await startJournalThread({
    workerUrl: new URL('./journal-worker.ts', import.meta.url),
    settings: { directory },
    listeners: [bell.shared],
  });
  const control = new JournalControl(thread.memory.control);
  const feed = new JournalFeed(thread.memory);
  const givenAt: number[] = [];
  const times: number[] = [];
  const start = performance.now();
  while (times.length < batches) {
    const seen = bell.count();
    const now = performance.now();
    if (givenAt.length < batches && now >= start + givenAt.length * BATCH_EVERY_MS && giveBatch(feed, givenAt.length)) givenAt.push(now);
    const durable = Math.floor(control.durableSeq() / BATCH);
    while (times.length < durable) times.push(performance.now() - givenAt[times.length]!);
    if (control.status() === 'halted' || now - start > batches * BATCH_EVERY_MS + GIVE_UP_MS)
      throw new Error('the journal does not keep up');
    const isDue = givenAt.length < batches && performance.now() >= start + givenAt.length * BATCH_EVERY_MS;
    if (!isDue) bell.wait(seen, BATCH_EVERY_MS / 4);
  }
  await thread.stop();
  return times;
}

/** False when the ring is full: the batch is given later. */
function giveBatch(feed: JournalFeed, batch: number): boolean {
  if (feed.isFull(BATCH * (RECORD_BYTES + 64))) return false;
  for (let at = 1; at <= BATCH; at += 1) {
    const offset = feed.reserve(RECORD_BYTES);
    if (offset < 0) throw new Error('the ring said it had room');
    feed.bytes.fill(at, offset, offset + RECORD_BYTES);
    feed.commit(batch * BATCH + at, 1_000_000 + batch * BATCH + at, RECORD_BYTES);
  }
  feed.flush();
  return true;
}
