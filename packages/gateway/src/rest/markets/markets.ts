/** `GET /api/v1/markets`. */
import { z } from 'zod';
import { Market } from '../../schemas/market-answers.ts';
import { MarketsQuery } from '../../schemas/market-requests.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';
import { marketAnswers } from './market-answer.ts';

/** Lists markets. */
export const markets = definePublicRoute({
  route: 'GET /api/v1/markets',
  area: 'Markets',
  summary: 'Markets and their rules.',
  query: MarketsQuery,
  body: NO_BODY,
  answer: z.array(Market),
  handle: async ({ services, query, setHeader }) => {
    setHeader('Cache-Control', 'public, max-age=1');
    const all = await marketAnswers(services);
    return query.marketType === undefined ? all : all.filter(({ marketType }) => query.marketType?.includes(marketType));
  },
});
