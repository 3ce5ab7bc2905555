/** `POST /api/v1/order`. */

import { OrderType } from '../../schemas/order-answers.ts';
import { OrderExecutePayload } from '../../schemas/order-requests.ts';
import { isPlainOrder } from '../../schemas/plain-order.ts';
import { type Act, type CallerContext, carryOutAs, headerOf } from '../../venue/carry-out.ts';
import { orderAnswer, orderViewOfResult } from '../../venue/order-text.ts';
import { readOrder } from '../../venue/read-order.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Places an order. */
export const placeOrder = defineSignedRoute({
  route: 'POST /api/v1/order',
  area: 'Order',
  summary: 'Places an order.',
  permission: 'trade',
  lane: (body) => (body.reduceOnly === true ? 'priority' : 'general'),
  query: NO_QUERY,
  body: OrderExecutePayload,
  isPlainBody: isPlainOrder,
  answer: OrderType,
  handle: (context) => placeOne(context, context.body, { position: 0, isPriority: context.body.reduceOnly === true }),
});

/**
 * Places one order of a request.
 *
 * @param how position of the order in its batch, and whether it may overtake under load
 * @throws ApiError, or rejects with one, when it is refused
 */
export function placeOne(
  context: CallerContext,
  order: OrderExecutePayload,
  { position, isPriority }: { readonly position: number; readonly isPriority: boolean },
): Promise<OrderType> {
  const { directory } = context.services;
  const market = directory.market(order.symbol);
  const fields = readOrder(market, order, headerOf(context, position));
  const asset = order.side === 'Bid' ? market.quote : market.base;
  const act: Act = { command: { name: 'placeOrder', fields }, about: { market, asset }, isPriority };
  return carryOutAs(context, act, ({ result }) => orderAnswer(directory, orderViewOfResult(result)));
}
