/** `GET /wapi/v1/history/fills`. */
import { z } from 'zod';
import { FillHistoryQuery } from '../../schemas/history-requests.ts';
import { OrderFill } from '../../schemas/order-answers.ts';
import { marketsOf, originsOf, timesOf } from '../../venue/history-filters.ts';
import { emptyList, readPage } from '../../venue/history-page.ts';
import { fillAnswer } from '../../venue/order-history-text.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists fills. */
export const fillHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/fills',
  area: 'Order',
  summary: 'Fills of the account, newest first.',
  description: '`from` is inclusive, `to` exclusive.',
  permission: 'read',
  query: FillHistoryQuery,
  body: NO_BODY,
  answer: z.array(OrderFill),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const filter = {
      account: caller.account,
      markets: marketsOf(directory, query),
      orderId: query.orderId === undefined ? undefined : Number(query.orderId),
      origins: originsOf(query.fillType),
      ...timesOf(query),
    };
    const rows = await readPage(context, query, (page) => (query.strategyId === undefined ? history.fills(filter, page) : emptyList()));
    return rows.map((row) => fillAnswer(directory, row));
  },
});
