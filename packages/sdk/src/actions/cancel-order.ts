/** `DELETE /api/v1/order`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { OrderAnswer } from '../types/orders.ts';

/** What {@link cancelOrder} takes. */
export type CancelOrderParams = {
  readonly symbol: string;
  /** Id of the order; or give `clientId`. */
  readonly orderId?: string;
  /** Your own id of the order; or give `orderId`. */
  readonly clientId?: number;
};

/**
 * Cancels one open order.
 *
 * @param options with `retry` a broken connection does not do it twice
 * @returns the order as it ended
 * @throws ApiFault when refused, NetworkFault when nobody knows whether it was carried out
 * @example
 * const order = await cancelOrder(client, { symbol: 'SOL_USDC_PERP', orderId: '4400000000039' });
 */
export function cancelOrder(client: Client, params: CancelOrderParams, options: WriteOptions = {}): Promise<OrderAnswer> {
  return write(client, 'DELETE /api/v1/order', 'object', params, options);
}
