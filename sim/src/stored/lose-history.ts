/** A history store that is lost for a while behind a stored venue: the true writer, a true SQLite file. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSqliteHistory } from '@mochila/history-sql';
import { type HistoryStore, HistoryUnavailable, type HistoryWrite } from '@mochila/ports';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import type { Genesis } from '@mochila/protocol';
import { encodeBatch, HistoryWriter, rebuildHistory, replayBatches } from '@mochila/runtime';
import { openJournal, openSnapshots, type StoredVenue } from './store-journal.ts';

/** Sequences between which the store is lost, and the last there is. */
export interface LossOfHistory {
  readonly lostAt: number;
  readonly backAt: number;
  readonly last: number;
  /** Accounts there are. */
  readonly accounts: number;
}

/** What came of it. */
export interface HistoryFound {
  /** Commands that history was behind at the end of the loss. */
  readonly lagCommands: number;
  readonly faults: number;
  readonly checkpointSeq: number;
  /** Rows of fills, and how many of them a history made from the journal alone has in the same place. */
  readonly fills: number;
  readonly sameFills: number;
}

const WAIT_MS = 300_000;
const PAGE = 1_000;
/** Few batches may wait: what the loss lasts longer comes from the journal. */
const BATCHES_MAX = 500;

/** Writes history while its store fails for a part of the way, then compares it with one made from the journal. */
export async function loseHistory(
  stored: StoredVenue,
  genesis: Genesis,
  { lostAt, backAt, last, accounts }: LossOfHistory,
): Promise<HistoryFound> {
  const facts = marketFactsOf(genesis);
  const replay = (from: number, to: number) =>
    replayBatches({ createJournal: () => openJournal(stored, true), createSnapshots: () => openSnapshots(stored) }, from, to);
  const behaviour = { isLost: false };
  const store = breakable(createSqliteHistory({ file: join(stored.directory, 'history.sqlite') }), behaviour);
  let faults = 0;
  const writer = new HistoryWriter({
    store,
    venueId: genesis.venueId,
    createFold: () => new HistoryFold(facts),
    replay,
    flushMs: 5,
    batchesMax: BATCHES_MAX,
    backoffMs: { first: 1, most: 10 },
    onFault: () => {
      faults += 1;
    },
  });
  writer.start(0);
  for (const batch of replay(1, lostAt)) writer.offer(encodeBatch(batch));
  await until(() => writer.status().checkpointSeq === lostAt);
  behaviour.isLost = true;
  for (const batch of replay(lostAt + 1, backAt)) writer.offer(encodeBatch(batch));
  await until(() => faults > 0);
  const { lagCommands } = writer.status();
  behaviour.isLost = false;
  for (const batch of replay(backAt + 1, last)) writer.offer(encodeBatch(batch));
  await until(() => writer.status().checkpointSeq === last);
  const rebuilt = createSqliteHistory({ file: join(stored.directory, 'rebuilt.sqlite') });
  await rebuilt.open(genesis.venueId);
  await rebuildHistory({ store: rebuilt, fold: new HistoryFold(facts), replay, toSeq: last });
  const [ours, theirs] = [await fillsOf(store, accounts), await fillsOf(rebuilt, accounts)];
  const { checkpointSeq } = writer.status();
  await writer.stop();
  await rebuilt.close();
  return {
    lagCommands,
    faults,
    checkpointSeq,
    fills: Math.max(ours.length, theirs.length),
    sameFills: ours.filter((row, at) => row === theirs[at]).length,
  };
}

function breakable(store: HistoryStore, behaviour: { readonly isLost: boolean }): HistoryStore {
  const write = store.write.bind(store);
  store.write = async (piece: HistoryWrite) => {
    if (behaviour.isLost) throw new HistoryUnavailable('writing', new Error('the store is lost'));
    await write(piece);
  };
  return store;
}

/** Every fill of every account, as text. */
async function fillsOf(store: HistoryStore, accounts: number): Promise<string[]> {
  const found: string[] = [];
  for (let account = 0; account < accounts; account += 1) found.push(...(await fillsOfOne(store, account)));
  return found;
}

async function fillsOfOne(store: HistoryStore, account: number): Promise<string[]> {
  const found: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await store.fills({ account }, { limit: PAGE, offset, direction: 'asc' });
    found.push(...rows.map((row) => JSON.stringify(row)));
    if (rows.length < PAGE) return found;
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (!isSo()) {
    if (performance.now() > giveUpAt) throw new Error('history did not come there in time');
    await sleep(5);
  }
}
