/** `GET /wapi/v1/history/orders`. */
import { z } from 'zod';
import { OrderHistoryQuery } from '../../schemas/history-requests.ts';
import { Order } from '../../schemas/order-answers.ts';
import { marketsOf } from '../../venue/history-filters.ts';
import { emptyList, readPage } from '../../venue/history-page.ts';
import { orderHistoryAnswer } from '../../venue/order-history-text.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists orders, open and ended. */
export const orderHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/orders',
  area: 'Order',
  summary: 'Orders of the account, open and ended, newest first.',
  permission: 'read',
  query: OrderHistoryQuery,
  body: NO_BODY,
  answer: z.array(Order),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const filter = {
      account: caller.account,
      markets: marketsOf(directory, query),
      orderId: query.orderId === undefined ? undefined : Number(query.orderId),
    };
    const rows = await readPage(context, query, (page) => (query.strategyId === undefined ? history.orders(filter, page) : emptyList()));
    return rows.map((row) => orderHistoryAnswer(directory, row));
  },
});
