/**
 * Finds the receipts of one command again in the journal: `node apps/venue/src/tools/find-receipts.ts <data directory> <sequence>`.
 * Writes them as JSON. Ends with 0 when it is done, 1 when the journal does not hold the command, 2 when there is no venue.
 * The venue may run meanwhile.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import { decodeBase64, decodeReceiptLines, type Genesis, type ReceiptDocument, writeReceiptDocument } from '@mochila/protocol';
import { replayBatches } from '@mochila/runtime';
import { DataDirectoryFault, findGenesis } from '../data-directory.ts';
import { journalDirectory, openStorage } from '../storage.ts';

const EXIT = { done: 0, failed: 1, nothing: 2 } as const;

const [directory, sequence] = process.argv.slice(2);
process.exitCode = main(resolve(directory ?? '.mochila'), Number(sequence));

function main(dataDirectory: string, seq: number): number {
  try {
    const genesis = findGenesis(dataDirectory);
    if (genesis === null || !existsSync(journalDirectory(dataDirectory))) {
      process.stderr.write(`There is no venue in ${dataDirectory}: name its data directory, such as .mochila.\n`);
      return EXIT.nothing;
    }
    process.stdout.write(`${JSON.stringify(receiptsAt(dataDirectory, genesis, seq))}\n`);
    return EXIT.done;
  } catch (error) {
    process.stderr.write(`The journal could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof DataDirectoryFault ? EXIT.nothing : EXIT.failed;
  }
}

function receiptsAt(dataDirectory: string, genesis: Genesis, seq: number): ReceiptDocument[] {
  const stores = openStorage({ directory: dataDirectory, venueId: genesis.venueId });
  const source = { createJournal: () => stores.createJournal(true), createSnapshots: () => stores.createSnapshots() };
  const fold = new HistoryFold(marketFactsOf(genesis));
  for (const batch of replayBatches(source, seq, seq)) fold.add(batch);
  const listing = { assets: genesis.assets, markets: genesis.markets, sources: genesis.prices.sources };
  const rows = fold.take()?.rows.receipts ?? [];
  return rows.flatMap((row) => {
    const lines = decodeBase64(row.lines);
    return lines === null ? [] : [writeReceiptDocument(listing, row, decodeReceiptLines(lines))];
  });
}
