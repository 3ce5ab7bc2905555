/** Markets of other kinds: predictions and stocks, of which there are none yet. */
import { z } from 'zod';
import { MarketSession, Security } from '../../schemas/market-answers.ts';
import { PredictionQuery } from '../../schemas/market-requests.ts';
import { PredictionEvent, Tag } from '../../schemas/prediction-answers.ts';
import { definePublicRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';

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
  readSecurities,
];
