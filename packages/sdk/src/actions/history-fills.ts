/** `GET /wapi/v1/history/fills`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { OrderFill } from '../types/orders.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { FillType, MarketType } from '../types/words.ts';

/** What {@link historyFills} takes. */
export type HistoryFillsParams = PageParams & {
  readonly orderId?: string;
  /** Only this market. */
  readonly symbol?: string;
  /** Not before, in Unix milliseconds. */
  readonly from?: number;
  /** Before, in Unix milliseconds. */
  readonly to?: number;
  readonly fillType?: FillType;
  readonly marketType?: readonly MarketType[];
};

/**
 * Lists fills.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historyFills(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historyFills(client: Client, params: HistoryFillsParams = {}): Promise<Page<OrderFill>> {
  return readPage(client, 'GET /wapi/v1/history/fills', params);
}
