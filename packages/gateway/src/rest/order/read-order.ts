/** `GET /api/v1/order`. */
import { OrderType } from '../../schemas/order-answers.ts';
import { OrderQuery } from '../../schemas/order-requests.ts';
import { orderAnswer } from '../../venue/order-text.ts';
import { orderNotFound, readOrderName } from '../../venue/read-order-id.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Reads one open order. */
export const readOrder = defineSignedRoute({
  route: 'GET /api/v1/order',
  area: 'Order',
  summary: 'One open order, by orderId or clientId.',
  description: 'Orders that ended are in GET /wapi/v1/history/orders.',
  permission: 'read',
  query: OrderQuery,
  body: NO_BODY,
  answer: OrderType,
  handle: async ({ query, services, caller }) => {
    const { directory, engine } = services;
    const market = directory.market(query.symbol);
    const order = await engine.ask('order', { account: caller.account, market: market.ix, ...readOrderName(query) });
    return order === null ? orderNotFound(query) : orderAnswer(directory, order);
  },
});
