/** `GET /api/v1/trades`. */
import type { PublicTrade } from '@mochila/projections';
import { z } from 'zod';
import { Trade } from '../../schemas/market-data-answers.ts';
import { TradesQuery } from '../../schemas/market-requests.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';
import { tradeAnswer } from './trade-answer.ts';

/** Lists the last trades of a market. */
export const trades = definePublicRoute({
  route: 'GET /api/v1/trades',
  area: 'Trades',
  summary: 'The last trades of a market, newest first.',
  query: TradesQuery,
  body: NO_BODY,
  answer: z.array(Trade),
  handle: ({ services, query }) => {
    const market = services.directory.market(query.symbol);
    const latest = services.marketData.market(market.ix).trades.latest(query.limit);
    return latest.map((trade: PublicTrade) => tradeAnswer(market, trade));
  },
});
