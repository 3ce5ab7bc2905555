import { smallGenesis } from '@mochila/core';
import { createSqliteHistory } from '@mochila/history-sql';
import { type HistoryCheckpoint, type HistoryStore, HistoryUnavailable, type HistoryWrite } from '@mochila/ports';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import { type EventBatch, events } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch/encode-batch.ts';
import { HistoryWriter } from './history-writer.ts';
import type { HistoryFolder } from './write-pieces.ts';

const facts = marketFactsOf(smallGenesis());
const WAIT_MS = 45_000;
/** Bytes of an event: some batches need more memory than a queue begins with. */
const BYTES = [0, 40, 5_000, 250_000] as const;
/** What the store does from now on; one that cuts keeps what it was given and says that it failed. */
const MOODS = ['up', 'down', 'failing once', 'cutting once'] as const;

/** Keeps the batches of the pieces that it makes. */
class PlainFold implements HistoryFolder {
  readonly #keep: (batches: readonly EventBatch[]) => void;
  #batches: EventBatch[] = [];

  constructor(keep: (batches: readonly EventBatch[]) => void) {
    this.#keep = keep;
  }

  get count(): number {
    return this.#batches.length;
  }

  add(batch: EventBatch): void {
    this.#batches.push(batch);
  }

  take(): HistoryWrite | null {
    const fold = new HistoryFold(facts);
    for (const { seq, timeMicros } of this.#batches) fold.add({ seq, timeMicros, commandCode: 0, rejectCode: 0, events: [] });
    this.#keep(this.#batches);
    this.#batches = [];
    return fold.take();
  }
}

type Moody = { mood: (typeof MOODS)[number]; readonly held: EventBatch[]; piece: readonly EventBatch[] };

/** A store that fails as it is told, and the batches that it holds. */
function moodyStore() {
  const moody: Moody = { mood: 'up', held: [], piece: [] };
  const at = (): HistoryCheckpoint => ({ seq: moody.held.length, timeMicros: moody.held.at(-1)?.timeMicros ?? 0 });
  const fail = (): never => {
    throw new HistoryUnavailable('writing', new Error('arranged'));
  };
  const store: HistoryStore = createSqliteHistory({ file: ':memory:' });
  store.open = async () => (moody.mood === 'down' ? fail() : undefined);
  store.checkpoint = async () => at();
  store.write = async ({ fromSeq }) => {
    const { mood, piece } = moody;
    await new Promise((resolve) => setImmediate(resolve));
    if (mood === 'failing once') moody.mood = 'up';
    if (mood === 'down' || mood === 'failing once') fail();
    expect(fromSeq).toBe(at().seq + 1);
    moody.held.push(...piece);
    if (mood !== 'cutting once') return;
    moody.mood = 'up';
    fail();
  };
  return { store, moody };
}

/** The next batch of a venue, whose content says which it is. */
function nextBatch(seq: number, bytes: number): EventBatch {
  const lines = new Uint8Array(bytes).fill(1 + (seq % 251));
  const fields = { ...events.receiptWritten.defaults, receipt: seq, lines };
  return { seq, timeMicros: 1_000 * seq, commandCode: 0, rejectCode: 0, events: [{ name: 'receiptWritten', fields }] };
}

async function until(isTrue: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (!isTrue()) {
    if (performance.now() > giveUpAt) throw new Error(`it did not become true within ${WAIT_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ offer: fc.integer({ min: 1, max: 8 }), bytes: fc.constantFrom(...BYTES) }) },
  { weight: 1, arbitrary: fc.record({ lose: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ mood: fc.constantFrom(...MOODS) }) },
  { weight: 3, arbitrary: fc.record({ turns: fc.integer({ min: 1, max: 30 }) }) },
);

describe('a writer of history', () => {
  it('writes every batch once, as it was, whatever is lost on the way and however the store fails', async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const told: EventBatch[] = [];
      const tell = (bytes: number): EventBatch => {
        const batch = nextBatch(told.length + 1, bytes);
        told.push(batch);
        return batch;
      };
      const { store, moody } = moodyStore();
      const writer = new HistoryWriter({
        store,
        venueId: smallGenesis().venueId,
        createFold: () => new PlainFold((piece) => (moody.piece = piece)),
        replay: (from, to) => told.slice(from - 1, to),
        flushMs: 1,
        rowsMax: 3,
        batchesMax: 12,
        backoffMs: { first: 1, most: 2 },
        onFault: (error) => expect(error).toBeInstanceOf(HistoryUnavailable),
      });
      writer.start(0);
      for (const one of steps) {
        if ('offer' in one) for (let left = one.offer; left > 0; left -= 1) writer.offer(encodeBatch(tell(one.bytes)));
        else if ('lose' in one) for (let left = one.lose; left > 0; left -= 1) tell(BYTES[1]);
        else if ('mood' in one) moody.mood = one.mood;
        else for (let left = one.turns; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
      }
      moody.mood = 'up';
      writer.offer(encodeBatch(tell(BYTES[1])));
      await until(() => writer.status().checkpointSeq === told.length);
      await writer.stop();
      expect(moody.held.length).toBe(told.length);
      for (const [at, batch] of told.entries()) if (!isSame(moody.held[at], batch)) expect(moody.held[at]).toEqual(batch);
    });
    await fc.assert(property, { seed: 20_261_123, numRuns: 60 });
  });
});

/** Quick for batches of many kilobytes. */
function isSame(held: EventBatch | undefined, told: EventBatch): boolean {
  const [mine, theirs] = [held, told].map((batch) => batch?.events[0]);
  if (mine?.name !== 'receiptWritten' || theirs?.name !== 'receiptWritten' || held?.events.length !== 1) return false;
  return held.seq === told.seq && held.timeMicros === told.timeMicros && Buffer.compare(mine.fields.lines, theirs.fields.lines) === 0;
}
