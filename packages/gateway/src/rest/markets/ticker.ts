/** `GET /api/v1/ticker`. */
import { Ticker } from '../../schemas/market-data-answers.ts';
import { TickerQuery } from '../../schemas/market-requests.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';
import { tickerAnswer } from './ticker-answer.ts';

/** Shows the statistics of one market. */
export const ticker = definePublicRoute({
  route: 'GET /api/v1/ticker',
  area: 'Markets',
  summary: 'Rolling statistics of one market.',
  description: 'All figures are 0 before the first trade of the market.',
  query: TickerQuery,
  body: NO_BODY,
  answer: Ticker,
  handle: ({ services, query, setHeader }) => {
    setHeader('Cache-Control', 'public, max-age=1');
    return tickerAnswer(services, services.directory.market(query.symbol), query.interval ?? '1d');
  },
});
