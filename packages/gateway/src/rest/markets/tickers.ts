/** `GET /api/v1/tickers`. */
import { z } from 'zod';
import { Ticker } from '../../schemas/market-data-answers.ts';
import { TickersQuery } from '../../schemas/market-requests.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';
import { tickerAnswer } from './ticker-answer.ts';

/** Lists the statistics of all markets. */
export const tickers = definePublicRoute({
  route: 'GET /api/v1/tickers',
  area: 'Markets',
  summary: 'Rolling statistics of all markets.',
  query: TickersQuery,
  body: NO_BODY,
  answer: z.array(Ticker),
  handle: ({ services, query, setHeader }) => {
    setHeader('Cache-Control', 'public, max-age=1');
    return services.directory.markets.map((market) => tickerAnswer(services, market, query.interval ?? '1d'));
  },
});
