/** `POST /api/v1/orders`. */
import { z } from 'zod';
import { ApiError } from '../../errors/api-error.ts';
import { BatchCommandOrderResult } from '../../schemas/order-answers.ts';
import { OrderExecuteBatch, OrderExecutePayload, UnreadOrderBatch } from '../../schemas/order-requests.ts';
import { isPlainOrder } from '../../schemas/plain-order.ts';
import type { CallerContext } from '../../venue/carry-out.ts';
import { defineSignedRoute, NO_QUERY, parsePart } from '../route.ts';
import { placeOne } from './place-order.ts';

/** Places up to 50 orders. */
export const placeOrders = defineSignedRoute({
  route: 'POST /api/v1/orders',
  area: 'Order',
  summary: 'Places orders, each judged by itself.',
  description: 'The orders are taken in the order of the list; one that is refused, or malformed, does not stop the others.',
  permission: 'trade',
  lane: (body) => (isAllReduceOnly(body) ? 'priority' : 'general'),
  query: NO_QUERY,
  body: UnreadOrderBatch,
  documentedBody: OrderExecuteBatch,
  answer: z.array(BatchCommandOrderResult),
  // All are on their way before the first is answered: the engine keeps the order in which they were offered.
  handle: (context) => {
    const isPriority = isAllReduceOnly(context.body);
    return Promise.all(context.body.map((order, position) => placeItem(context, order, { position, isPriority })));
  },
});

async function placeItem(
  context: CallerContext,
  unread: object,
  how: { readonly position: number; readonly isPriority: boolean },
): Promise<BatchCommandOrderResult> {
  try {
    return { operation: 'Ok', ...(await placeOne(context, readItem(unread), how)) };
  } catch (error) {
    if (error instanceof ApiError) return { operation: 'Err', ...error.toBody() };
    throw error;
  }
}

function readItem(unread: object): OrderExecutePayload {
  if (isPlainOrder(unread)) return unread;
  const read = parsePart(OrderExecutePayload, unread, 'order');
  if (read instanceof ApiError) throw read;
  return read.value;
}

function isAllReduceOnly(orders: readonly { readonly reduceOnly?: unknown }[]): boolean {
  return orders.every(({ reduceOnly }) => reduceOnly === true);
}
