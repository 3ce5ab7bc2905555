/** `POST /api/v1/orders`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { BatchOrderResult } from '../types/orders.ts';
import type { PlaceOrderParams } from './place-order.ts';

/** What {@link placeOrders} takes. */
export type PlaceOrdersParams = readonly PlaceOrderParams[];

/**
 * Places up to 50 orders in one request. Each is judged by itself: a batch is not atomic.
 *
 * @param options with `retry` a broken connection does not do it twice
 * @returns one result per order, in the same sequence
 * @throws ApiFault when refused, NetworkFault when nobody knows whether it was carried out
 * @example
 * const results = await placeOrders(client, [bid, ask]);
 * for (const result of results) if (result.operation === 'Err') console.error(result.message);
 */
export function placeOrders(client: Client, orders: PlaceOrdersParams, options: WriteOptions = {}): Promise<BatchOrderResult[]> {
  return write(client, 'POST /api/v1/orders', 'list', orders, options);
}
