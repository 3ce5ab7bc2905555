/** `account.receiptUpdate` and `account.receiptUpdate.<symbol>`: what the venue did to the account by itself, as soon as it is done. */
import { nameOf, type ReceiptHistoryRow, ReceiptKind, ReceiptRole, receiptId } from '@mochila/protocol';
import type { ReceiptUpdateEvent } from '../schemas/stream-private.ts';
import type { VenueDirectory } from '../venue/directory.ts';

/** Symbol of the market a receipt is about; null when it is about none. */
export function receiptSymbol(directory: VenueDirectory, { market }: ReceiptHistoryRow): string | null {
  return market < 0 ? null : directory.marketAt(market).symbol;
}

/** The payload of a receipt; its route shows every line. Fields without a value are left out. */
export function receiptUpdatePayload(
  directory: VenueDirectory,
  row: ReceiptHistoryRow,
  { E, seq }: { readonly E: number; readonly seq: number },
): ReceiptUpdateEvent {
  const symbol = receiptSymbol(directory, row);
  return {
    e: 'receiptWritten',
    E,
    T: row.timeMicros,
    i: receiptId(row.seq, row.ix),
    n: row.receipt,
    k: nameOf(ReceiptKind, row.kind),
    r: nameOf(ReceiptRole, row.role),
    ...(row.stage < 0 ? {} : { g: row.stage }),
    ...(symbol === null ? {} : { s: symbol }),
    ...(row.asset < 0 ? {} : { a: directory.assetAt(row.asset).symbol }),
    seq,
  };
}
