/** `GET /api/v1/orders`. */
import { z } from 'zod';
import { OrderType } from '../../schemas/order-answers.ts';
import { OrdersQuery } from '../../schemas/order-requests.ts';
import { orderAnswer } from '../../venue/order-text.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists the open orders of the account. */
export const readOrders = defineSignedRoute({
  route: 'GET /api/v1/orders',
  area: 'Order',
  summary: 'Open orders, oldest first: those on the books and those that wait for a trigger.',
  permission: 'read',
  query: OrdersQuery,
  body: NO_BODY,
  answer: z.array(OrderType),
  handle: async ({ query, services, caller }) => {
    const { directory, engine } = services;
    const market = query.symbol === undefined ? -1 : directory.market(query.symbol).ix;
    const orders = await engine.ask('openOrders', { account: caller.account, market });
    return orders
      .filter((order) => query.marketType === undefined || directory.marketAt(order.market).listing.type === query.marketType)
      .sort((left, right) => left.createdAtMicros - right.createdAtMicros)
      .map((order) => orderAnswer(directory, order));
  },
});
