/** Markets of other kinds: predictions and stocks, of which there are none yet. */
import { z } from 'zod';
import { MarketSession, Security, StockHoliday, StockIndicativeQuote } from '../../schemas/market-answers.ts';
import { PredictionQuery, StockQuoteQuery } from '../../schemas/market-requests.ts';
import { PredictionEvent, Tag } from '../../schemas/prediction-answers.ts';
import { definePublicRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { notOffered } from './not-offered.ts';

const readPredictions = definePublicRoute({
  route: 'GET /api/v1/prediction',
  area: 'Markets',
  summary: 'Prediction markets by event; none yet.',
  query: PredictionQuery,
  body: NO_BODY,
  answer: z.array(PredictionEvent),
  handle: () => [],
});

const readPredictionTags = definePublicRoute({
  route: 'GET /api/v1/prediction/tags',
  area: 'Markets',
  summary: 'Tags of prediction markets; none yet.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(Tag),
  handle: () => [],
});

const readMarketSessions = definePublicRoute({
  route: 'GET /api/v1/market-sessions',
  area: 'Markets',
  summary: 'Trading sessions of stocks; none yet. The newer name is stockSessions.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(MarketSession),
  handle: () => [],
});

const readStockSessions = definePublicRoute({
  route: 'GET /api/v1/stockSessions',
  area: 'Markets',
  summary: 'Trading sessions of stocks; none yet.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(MarketSession),
  handle: () => [],
});

const holidaysOf = (route: 'GET /api/v1/market-holidays' | 'GET /api/v1/stockHolidays', summary: string): Route =>
  definePublicRoute({
    route,
    area: 'Markets',
    summary,
    query: NO_QUERY,
    body: NO_BODY,
    answer: z.array(StockHoliday),
    handle: () => [],
  });

const readMarketHolidays = holidaysOf('GET /api/v1/market-holidays', 'Holidays of stocks; none yet. The newer name is stockHolidays.');
const readStockHolidays = holidaysOf('GET /api/v1/stockHolidays', 'Holidays of stocks; none yet.');

const readStockQuote = definePublicRoute({
  route: 'GET /api/v1/stockIndicativeQuote',
  area: 'Markets',
  summary: 'What a stock would cost; not offered yet.',
  query: StockQuoteQuery,
  body: NO_BODY,
  answer: StockIndicativeQuote,
  handle: () => notOffered('stocks', 'Books of the markets there are: GET /api/v1/depth.'),
});

const readSecurities = definePublicRoute({
  route: 'GET /api/v1/securities',
  area: 'Markets',
  summary: 'Stocks; none yet.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(Security),
  handle: () => [],
});

/** Routes about predictions and stocks. */
export const OTHER_MARKET_ROUTES: readonly Route[] = [
  readPredictions,
  readPredictionTags,
  readMarketSessions,
  readStockSessions,
  readMarketHolidays,
  readStockHolidays,
  readStockQuote,
  readSecurities,
];
