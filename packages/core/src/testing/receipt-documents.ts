/** Receipts of a test venue as their owners read them. */
import { decodeReceiptLines, events, type ReceiptDocument, writeReceiptDocument } from '@mochila/protocol';
import type { TestVenue } from './test-venue.ts';

/** Receipts of the last command. */
export function receiptsOf(venue: TestVenue): ReceiptDocument[] {
  const { genesis, seq, timeMicros } = venue.state;
  const listing = { assets: genesis.assets, markets: genesis.markets, sources: genesis.prices.sources };
  return venue.events(events.receiptWritten).map(({ lines, ...head }, ix) => {
    const row = { ...head, seq, ix, role: 0, timeMicros };
    return writeReceiptDocument(listing, row, decodeReceiptLines(lines));
  });
}
