/** `GET /api/v1/order`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { OrderAnswer } from '../types/orders.ts';

/** What {@link getOrder} takes. */
export type GetOrderParams = {
  readonly symbol: string;
  /** Id of the order; or give `clientId`. */
  readonly orderId?: string;
  /** Your own id of the order; or give `orderId`. */
  readonly clientId?: number;
};

/**
 * Reads one open order. What has ended is in `historyOrders`.
 *
 * @returns the order
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const order = await getOrder(client, { symbol: 'SOL_USDC_PERP', orderId: '4400000000039' });
 */
export function getOrder(client: Client, params: GetOrderParams): Promise<OrderAnswer> {
  return readSigned(client, 'GET /api/v1/order', 'object', params);
}
