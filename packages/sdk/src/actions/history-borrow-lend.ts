/** `GET /wapi/v1/history/borrowLend`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { BorrowLendMovement } from '../types/borrow-lend.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { BorrowLendEventType } from '../types/words.ts';

/** What {@link historyBorrowLend} takes. */
export type HistoryBorrowLendParams = PageParams & {
  readonly type?: BorrowLendEventType;
  /** Only these sources, joined by commas. */
  readonly sources?: string;
  readonly positionId?: string;
  /** Only this asset. */
  readonly symbol?: string;
};

/**
 * Lists changes of borrows and lends.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historyBorrowLend(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historyBorrowLend(client: Client, params: HistoryBorrowLendParams = {}): Promise<Page<BorrowLendMovement>> {
  return readPage(client, 'GET /wapi/v1/history/borrowLend', params);
}
