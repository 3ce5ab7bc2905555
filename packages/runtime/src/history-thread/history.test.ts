import { smallGenesis } from '@mochila/core';
import { createSqliteHistory } from '@mochila/history-sql';
import { type HistoryPage, type HistoryStore, HistoryUnavailable, type HistoryWrite } from '@mochila/ports';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import { type EventBatch, Side, STORED_INTERVALS } from '@mochila/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch/encode-batch.ts';
import { type LivelyVenue, liveForAWhile, livelyStorage, openLivelyVenue } from '../testing/lively-venue.ts';
import { makeDirectory } from '../testing/start-test-venue.ts';
import { HistoryWriter, type HistoryWriterOptions } from './history-writer.ts';
import { rebuildHistory } from './rebuild-history.ts';
import { replayBatches } from './replay-batches.ts';

const facts = marketFactsOf(smallGenesis());
const ALL: HistoryPage = { limit: 1_000, offset: 0, direction: 'asc' };
const WAIT_MS = 45_000;
let directory: ReturnType<typeof makeDirectory>;

beforeEach(() => {
  directory = makeDirectory();
});
afterEach(() => directory.remove());

function source() {
  const storage = livelyStorage(directory.path);
  return { createJournal: () => storage.createJournal(true), createSnapshots: () => storage.createSnapshots() };
}

/** A store whose writes fail while it is told so. */
function breakable(): { store: HistoryStore; behaviour: { isDown: boolean; writes: number } } {
  const store = createSqliteHistory({ file: ':memory:' });
  const behaviour = { isDown: false, writes: 0 };
  const write = store.write.bind(store);
  store.write = async (piece: HistoryWrite) => {
    if (behaviour.isDown) throw new HistoryUnavailable('writing', new Error('arranged'));
    behaviour.writes += 1;
    await write(piece);
  };
  return { store, behaviour };
}

function writerOn(store: HistoryStore, more: Partial<HistoryWriterOptions> = {}) {
  const faults: unknown[] = [];
  const writer = new HistoryWriter({
    store,
    venueId: smallGenesis().venueId,
    createFold: () => new HistoryFold(facts),
    replay: (from, to) => replayBatches(source(), from, to),
    flushMs: 5,
    rowsMax: 50,
    backoffMs: { first: 1, most: 5 },
    onFault: (error) => faults.push(error),
    ...more,
  });
  return { writer, faults };
}

/** Everything a store holds, as its lists show it. */
async function everything(store: HistoryStore, accounts: number): Promise<Record<string, readonly unknown[]>> {
  const found: Record<string, readonly unknown[]> = { epochs: (await store.epochs(ALL)).rows };
  for (let account = 0; account < accounts; account++) {
    const lists = {
      orders: store.orders({ account }, ALL),
      fills: store.fills({ account }, ALL),
      positions: store.positions({ account }, ALL),
      settlements: store.settlements({ account }, ALL),
      moves: store.borrowLendMoves({ account }, ALL),
      lends: store.borrowLendPositions({ account }, ALL),
      interest: store.interestPayments({ account }, ALL),
      funding: store.fundingPayments({ account }, ALL),
      deposits: store.deposits({ account }, ALL),
      transfers: store.transfers(account, ALL),
    };
    for (const [name, list] of Object.entries(lists)) found[`${name} of ${account}`] = (await list).rows;
  }
  for (const { market } of facts) {
    found[`trades of ${market}`] = (await store.trades(market, ALL)).rows;
    for (const priceType of [0, 1, 2]) {
      for (const interval of STORED_INTERVALS) {
        found[`${interval} ${priceType} of ${market}`] = await store.candles({
          market,
          priceType,
          interval,
          fromMicros: 0,
          toMicros: 9e15,
          limit: 900,
        });
      }
    }
  }
  return found;
}

async function until(isTrue: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (!isTrue()) {
    if (performance.now() > giveUpAt) throw new Error(`it did not become true within ${WAIT_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A venue that lived for a while with a writer behind it; what was written must be what a rebuild writes. */
async function lived(writer: HistoryWriter, during: (lively: LivelyVenue) => Promise<void> = async () => undefined): Promise<number> {
  const lively = openLivelyVenue(directory.path);
  writer.start(lively.link.state.seq);
  lively.link.follow((batch) => writer.offer(encodeBatch(batch)));
  await liveForAWhile(lively, 1);
  await during(lively);
  const { seq } = lively.link.state;
  lively.link.close();
  return seq;
}

async function expectRebuiltEqual(store: HistoryStore, toSeq: number): Promise<void> {
  const rebuilt = createSqliteHistory({ file: ':memory:' });
  await rebuilt.open(smallGenesis().venueId);
  const told: number[] = [];
  const fold = new HistoryFold(facts);
  const options = { store: rebuilt, fold, toSeq, rowsMax: 777, onProgress: ({ seq }: { seq: number }) => told.push(seq) };
  const count = await rebuildHistory({ ...options, replay: (from, to) => replayBatches(source(), from, to) });
  expect(count).toBeGreaterThan(100);
  expect(told.at(-1)).toBe(toSeq);
  const expected = await everything(rebuilt, 12);
  expect(await everything(store, 12)).toEqual(expected);
  expect(Object.values(expected).flat().length).toBeGreaterThan(100);
  await rebuilt.close();
}

describe('history behind a venue', () => {
  it('has live the rows that a rebuild gives', async () => {
    const { store } = breakable();
    const { writer, faults } = writerOn(store);
    const toSeq = await lived(writer);
    await until(() => writer.status().checkpointSeq === toSeq);
    expect(writer.status()).toMatchObject({ state: 'live', lagCommands: 0, lagSeconds: 0, faults: 0 });
    expect(faults).toEqual([]);
    const trades = (
      await store.trades(
        facts.findIndex(({ symbol }) => symbol === 'BTC_USDC_PERP'),
        ALL,
      )
    ).rows;
    expect(trades.length).toBeGreaterThan(5);
    await expectRebuiltEqual(store, toSeq);
    await writer.stop();
    expect(writer.status().state).toBe('stopped');
  });

  it('catches up from the journal when the store comes back, however little it may keep waiting', async () => {
    const { store, behaviour } = breakable();
    const { writer, faults } = writerOn(store, { batchesMax: 3 });
    behaviour.isDown = true;
    const toSeq = await lived(writer, async ({ venue }) => {
      // Between two tries it is down; at each it looks whether the store is back.
      await until(() => writer.status().faults > 2 && writer.status().state === 'down');
      // The venue goes on.
      const person = await venue.person();
      const outcome = await venue.place(person, { market: 'BTC_USDC_PERP', side: Side.Bid, lots: 5_000, ticks: 599_990 });
      expect(outcome.reject).toBeNull();
      expect(writer.status().lagCommands).toBeGreaterThan(10);
    });
    expect((await store.checkpoint()).seq).toBe(0);
    behaviour.isDown = false;
    await until(() => writer.status().checkpointSeq === toSeq);
    expect(faults.every((fault) => fault instanceof HistoryUnavailable)).toBe(true);
    await expectRebuiltEqual(store, toSeq);
    await writer.stop();
  });

  it('goes on from its checkpoint in another life of the venue, and passes over what it has', async () => {
    const file = `${directory.path}/history.db`;
    const first = writerOn(createSqliteHistory({ file }));
    const toSeq = await lived(first.writer);
    await first.writer.stop();
    const lively = openLivelyVenue(directory.path);
    const store = createSqliteHistory({ file });
    const { writer, faults } = writerOn(store);
    const batches: EventBatch[] = [];
    lively.link.follow((batch) => batches.push(batch));
    await liveForAWhile(lively, 2, 3);
    writer.start(toSeq);
    for (const batch of [...batches, ...batches]) writer.offer(encodeBatch(batch));
    const { seq } = lively.link.state;
    await until(() => writer.status().checkpointSeq === seq);
    lively.link.close();
    expect(faults).toEqual([]);
    await expectRebuiltEqual(store, seq);
    await writer.stop();
  });

  it('refuses to go on when it is ahead of the journal', async () => {
    const store = createSqliteHistory({ file: ':memory:' });
    await store.open(smallGenesis().venueId);
    const piece = new HistoryFold(facts);
    for (let seq = 1; seq <= 40; seq++) piece.add({ seq, timeMicros: seq, commandCode: 0, rejectCode: 0, events: [] });
    const taken = piece.take();
    if (taken !== null) await store.write(taken);
    const { writer, faults } = writerOn(store);
    writer.start(7);
    await until(() => faults.length > 0);
    expect(String(faults[0])).toContain('history is at sequence 40, but the journal ends at 7');
    expect(writer.status().state).toBe('down');
    await writer.stop(10);
  });

  it('writes few pieces when batches come together', async () => {
    const { store, behaviour } = breakable();
    const { writer } = writerOn(store, { flushMs: 50, rowsMax: 1_000 });
    writer.start(0);
    for (let seq = 1; seq <= 900; seq++) writer.offer(encodeBatch({ seq, timeMicros: seq, commandCode: 0, rejectCode: 0, events: [] }));
    await until(() => writer.status().checkpointSeq === 900);
    expect(behaviour.writes).toBeLessThanOrEqual(2);
    await writer.stop();
  });
});
