/** A row of history as a receipt. */
import {
  decodeBase64,
  decodeReceiptLines,
  emptyReceiptLines,
  type ReceiptDocument,
  type ReceiptHistoryRow,
  type ReceiptLines,
  type ReceiptListing,
  writeReceiptDocument,
} from '@mochila/protocol';
import type { VenueDirectory } from '../../venue/directory.ts';

/** The whole receipt of a row. */
export function receiptOf(directory: VenueDirectory, row: ReceiptHistoryRow): ReceiptDocument {
  return writeReceiptDocument(listingOf(directory), row, linesOf(row));
}

/** The receipt of a row without its lines. */
export function receiptHeadOf(directory: VenueDirectory, row: ReceiptHistoryRow): ReceiptDocument {
  return writeReceiptDocument(listingOf(directory), row, emptyReceiptLines());
}

function listingOf({ genesis }: VenueDirectory): ReceiptListing {
  return { assets: genesis.assets, markets: genesis.markets, sources: genesis.prices.sources };
}

function linesOf({ seq, ix, lines }: ReceiptHistoryRow): ReceiptLines {
  const bytes = decodeBase64(lines);
  if (bytes === null) throw new RangeError(`the lines of receipt ${seq}-${ix} are no base64`);
  return decodeReceiptLines(bytes);
}
