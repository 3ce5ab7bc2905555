/** `GET /wapi/v1/history/borrowLend/positions`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { BorrowLendPositionRow } from '../types/borrow-lend.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { BorrowLendPositionState, BorrowLendSide } from '../types/words.ts';

/** What {@link historyBorrowLendPositions} takes. */
export type HistoryBorrowLendPositionsParams = PageParams & {
  /** Only this asset. */
  readonly symbol?: string;
  readonly side?: BorrowLendSide;
  readonly state?: BorrowLendPositionState;
};

/**
 * Lists borrows and lends, those that were closed too.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historyBorrowLendPositions(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historyBorrowLendPositions(
  client: Client,
  params: HistoryBorrowLendPositionsParams = {},
): Promise<Page<BorrowLendPositionRow>> {
  return readPage(client, 'GET /wapi/v1/history/borrowLend/positions', params);
}
