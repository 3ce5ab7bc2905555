/** `GET /api/v1/orders`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { OrderAnswer } from '../types/orders.ts';
import type { MarketType } from '../types/words.ts';

/** What {@link listOpenOrders} takes. */
export type ListOpenOrdersParams = {
  /** Only this market. */
  readonly symbol?: string;
  readonly marketType?: MarketType;
};

/**
 * Lists the open orders: those on books and those that wait for a trigger.
 *
 * @returns orders, oldest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { id, symbol, side } of await listOpenOrders(client)) console.log(id, symbol, side);
 * console.log('that is all');
 */
export function listOpenOrders(client: Client, params: ListOpenOrdersParams = {}): Promise<OrderAnswer[]> {
  return readSigned(client, 'GET /api/v1/orders', 'list', params);
}
