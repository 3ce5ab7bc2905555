/**
 * Fills history again from the journal: `npm run history:rebuild -- [data directory] [--history URL]`.
 * Progress goes to standard error. Ends with 0 when it is done, 1 when it failed, 2 when there is nothing to rebuild or the venue runs.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { JournalLocked } from '@mochila/ports';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import type { Genesis } from '@mochila/protocol';
import { rebuildHistory, replayBatches } from '@mochila/runtime';
import { DataDirectoryFault, findGenesis } from '../data-directory.ts';
import { createHistoryStore, historyPlaceOf, nameOfPlace } from '../history-place.ts';
import { OptionFault, readOptions } from '../options.ts';
import { journalDirectory, openStorage } from '../storage.ts';

const EXIT = { done: 0, failed: 1, refused: 2 } as const;
const PROGRESS_EVERY_MS = 500;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { dataDirectory, historyUrl } = optionsOf(args);
    return await rebuild(resolve(dataDirectory), historyUrl);
  } catch (error) {
    if (error instanceof JournalLocked) return refuse(`A venue runs on this data: stop it first. (${error.message})`);
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof DataDirectoryFault || error instanceof OptionFault) return refuse(message);
    process.stderr.write(`History could not be rebuilt: ${message}\n`);
    return EXIT.failed;
  }
}

function optionsOf(args: readonly string[]) {
  const [first, ...rest] = args;
  const isDirectory = first !== undefined && !first.startsWith('--');
  return readOptions(isDirectory ? ['--data', first, ...rest] : args, process.env);
}

async function rebuild(dataDirectory: string, historyUrl: string | null): Promise<number> {
  const genesis = findGenesis(dataDirectory);
  if (genesis === null || !existsSync(journalDirectory(dataDirectory))) {
    return refuse(`There is no venue in ${dataDirectory}: name its data directory, such as .mochila.`);
  }
  // Opened as its writer would, and held to the end: no venue can start meanwhile.
  const journal = openStorage({ directory: dataDirectory, venueId: genesis.venueId }).createJournal(false);
  try {
    const toSeq = journal.open().nextSeq - 1;
    await fill(dataDirectory, historyUrl, genesis, toSeq);
    return EXIT.done;
  } finally {
    journal.close();
  }
}

async function fill(dataDirectory: string, historyUrl: string | null, genesis: Genesis, toSeq: number): Promise<void> {
  const stores = openStorage({ directory: dataDirectory, venueId: genesis.venueId });
  const source = { createJournal: () => stores.createJournal(true), createSnapshots: () => stores.createSnapshots() };
  const place = historyPlaceOf(historyUrl, dataDirectory);
  const store = createHistoryStore(place, false, () => undefined);
  const startedMs = performance.now();
  try {
    await store.open(genesis.venueId);
    const rows = await rebuildHistory({
      store,
      fold: new HistoryFold(marketFactsOf(genesis)),
      replay: (fromSeq, untilSeq) => replayBatches(source, fromSeq, untilSeq),
      toSeq,
      onProgress: createProgress(),
    });
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    process.stdout.write(`${nameOfPlace(place)} holds ${rows} rows of ${toSeq} commands again, after ${seconds} s.\n`);
  } finally {
    await store.close();
  }
}

function createProgress(): (progress: { readonly seq: number; readonly toSeq: number }) => void {
  let shownMs = performance.now();
  return ({ seq, toSeq }) => {
    if (performance.now() - shownMs < PROGRESS_EVERY_MS) return;
    shownMs = performance.now();
    const text = `wrote up to ${seq} of ${toSeq} commands`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
  };
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return EXIT.refused;
}
