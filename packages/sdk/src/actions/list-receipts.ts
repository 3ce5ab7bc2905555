/** `GET /api/v1/receipts`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { ReceiptSummary } from '../types/receipts.ts';
import type { ReceiptKindWord } from '../types/words.ts';

/** What {@link listReceipts} takes. */
export type ListReceiptsParams = PageParams & {
  readonly kind?: ReceiptKindWord;
  /** Only this market. */
  readonly symbol?: string;
  /** Not before, and before, in Unix milliseconds. */
  readonly from?: number;
  readonly to?: number;
};

/**
 * Lists what the venue did to the account by itself: liquidations, settlements paid with a borrow, deleveraging.
 *
 * @returns a page, newest first; {@link getReceipt} shows one with every line
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await listReceipts(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function listReceipts(client: Client, params: ListReceiptsParams = {}): Promise<Page<ReceiptSummary>> {
  return readPage(client, 'GET /api/v1/receipts', params);
}
