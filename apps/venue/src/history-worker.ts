/** The history thread: follows the venue by a lossy link and writes rows behind it; never in the way of trading. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import type { Genesis } from '@mochila/protocol';
import { JournalControl, type LinkSeat, replayBatches, serveHistory } from '@mochila/runtime';
import type { HistoryFigures } from './gateway-task.ts';
import { createHistoryStore, type HistoryPlace } from './history-place.ts';
import { openStorage, type StorageSettings } from './storage.ts';

/** Posted to the thread when it starts. */
export type HistoryTask = {
  readonly seat: LinkSeat;
  readonly genesis: Genesis;
  readonly place: HistoryPlace;
  readonly storage: StorageSettings;
  /** Sequence of the venue when it started. */
  readonly latestSeq: number;
};

/** Posted by the thread: how far it is, twice a second, and each fault. */
export type HistoryMessage =
  | { readonly kind: 'status'; readonly figures: HistoryFigures }
  | { readonly kind: 'fault'; readonly reason: string };

const STATUS_EVERY_MS = 500;
const STOP_LIMIT_MS = 5_000;
const HEAR_LIMIT_MS = 1_000;
const HEAR_EVERY_MS = 5;

const { seat, genesis, place, storage, latestSeq }: HistoryTask = workerData;
const post = (message: HistoryMessage): void => parentPort?.postMessage(message);
const fault = (error: unknown): void => post({ kind: 'fault', reason: error instanceof Error ? error.message : String(error) });

const stores = openStorage(storage);
const source = { createJournal: () => stores.createJournal(true), createSnapshots: () => stores.createSnapshots() };
const facts = marketFactsOf(genesis);
const service = serveHistory(seat, latestSeq, {
  store: createHistoryStore(place, false, fault),
  venueId: genesis.venueId,
  createFold: () => new HistoryFold(facts),
  replay: (fromSeq, toSeq) => replayBatches(source, fromSeq, toSeq),
  onFault: fault,
});
const timer = setInterval(() => {
  const { state, checkpointSeq, lagCommands, lagSeconds, rowsWritten, faults } = service.writer.status();
  post({ kind: 'status', figures: { state, checkpointSeq, lagCommands, lagSeconds, rowsWritten, faults } });
}, STATUS_EVERY_MS);

parentPort?.once('message', () => {
  clearInterval(timer);
  hearAll()
    .then(() => service.stop(STOP_LIMIT_MS))
    .catch(fault)
    .finally(() => parentPort?.close());
});

/** The engine has ended by now: what it said last is still on its way to this thread. */
async function hearAll(): Promise<void> {
  const journal = new JournalControl(seat.journalControl);
  const untilMs = performance.now() + HEAR_LIMIT_MS;
  while (service.writer.status().latestSeq < journal.durableSeq() && performance.now() < untilMs) await sleep(HEAR_EVERY_MS);
}
