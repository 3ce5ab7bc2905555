/** `GET /wapi/v1/history/orders`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { PastOrder } from '../types/orders.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { MarketType } from '../types/words.ts';

/** What {@link historyOrders} takes. */
export type HistoryOrdersParams = PageParams & {
  readonly orderId?: string;
  /** Only this market. */
  readonly symbol?: string;
  readonly marketType?: readonly MarketType[];
};

/**
 * Lists orders, those that ended too.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historyOrders(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historyOrders(client: Client, params: HistoryOrdersParams = {}): Promise<Page<PastOrder>> {
  return readPage(client, 'GET /wapi/v1/history/orders', params);
}
