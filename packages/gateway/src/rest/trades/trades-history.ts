/** `GET /api/v1/trades/history`. */
import { z } from 'zod';
import { Trade } from '../../schemas/market-data-answers.ts';
import { TradesHistoryQuery } from '../../schemas/market-requests.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';
import { tradeAnswer } from './trade-answer.ts';

/** Lists older trades of a market. */
export const tradesHistory = definePublicRoute({
  route: 'GET /api/v1/trades/history',
  area: 'Trades',
  summary: 'Older trades of a market, newest first.',
  lane: 'history',
  query: TradesHistoryQuery,
  body: NO_BODY,
  answer: z.array(Trade),
  handle: async ({ services, query }) => {
    const market = services.directory.market(query.symbol);
    const { limit, offset } = query;
    if (limit === 0) return [];
    const { rows } = await services.history.trades(market.ix, { limit, offset, direction: 'desc' });
    return rows.map((row) => tradeAnswer(market, { ...row, isBuyerMaker: row.isBuyerMaker === 1 }));
  },
});
