/** `GET /api/v1/market`. */
import { Market } from '../../schemas/market-answers.ts';
import { MarketQuery } from '../../schemas/market-requests.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';
import { marketAnswer } from './market-answer.ts';

/** Shows one market. */
export const market = definePublicRoute({
  route: 'GET /api/v1/market',
  area: 'Markets',
  summary: 'One market and its rules.',
  query: MarketQuery,
  body: NO_BODY,
  answer: Market,
  handle: async ({ services, query }) => {
    const entry = services.directory.market(query.symbol);
    const figures = await services.marketData.figures.markets();
    return marketAnswer(services.directory, entry, figures[entry.ix]);
  },
});
