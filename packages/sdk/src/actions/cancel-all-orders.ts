/** `DELETE /api/v1/orders`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { OrderAnswer } from '../types/orders.ts';
import type { CancelOrderType } from '../types/words.ts';

/** What {@link cancelAllOrders} takes. */
export type CancelAllOrdersParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
  /** Only orders on the book, or only those that wait for a trigger. */
  readonly orderType?: CancelOrderType;
};

/**
 * Cancels the open orders of a market.
 *
 * @param options with `retry` a broken connection does not do it twice
 * @returns the orders as they ended
 * @throws ApiFault when refused, NetworkFault when nobody knows whether it was carried out
 * @example
 * const cancelled = await cancelAllOrders(client, { symbol: 'SOL_USDC_PERP' });
 * console.log(cancelled.length, 'cancelled');
 */
export function cancelAllOrders(client: Client, params: CancelAllOrdersParams, options: WriteOptions = {}): Promise<OrderAnswer[]> {
  return write(client, 'DELETE /api/v1/orders', 'list', params, options);
}
