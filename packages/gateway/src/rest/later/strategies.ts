/** Scheduled strategies: not offered yet. */
import { z } from 'zod';
import { ApiError } from '../../errors/api-error.ts';
import { StrategyHistoryQuery } from '../../schemas/history-requests.ts';
import { Strategy, StrategyType } from '../../schemas/strategy-answers.ts';
import {
  StrategiesQuery,
  StrategyCancelAllPayload,
  StrategyCancelPayload,
  StrategyCreatePayload,
  StrategyQuery,
} from '../../schemas/strategy-requests.ts';
import { emptyList, readPage } from '../../venue/history-page.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { notOffered } from './not-offered.ts';

const notFound = () => new ApiError('RESOURCE_NOT_FOUND', 'Strategy Not Found: this venue does not offer strategies yet.');

const createStrategy = defineSignedRoute({
  route: 'POST /api/v1/strategy',
  area: 'Strategy',
  summary: 'Starts a strategy.',
  permission: 'trade',
  query: NO_QUERY,
  body: StrategyCreatePayload,
  answer: StrategyType,
  handle: () => notOffered('strategies', 'Single orders are taken: POST /api/v1/order.'),
});

const readStrategy = defineSignedRoute({
  route: 'GET /api/v1/strategy',
  area: 'Strategy',
  summary: 'One running strategy; none yet.',
  permission: 'read',
  query: StrategyQuery,
  body: NO_BODY,
  answer: StrategyType,
  handle: notFound,
});

const cancelStrategy = defineSignedRoute({
  route: 'DELETE /api/v1/strategy',
  area: 'Strategy',
  summary: 'Stops a strategy.',
  permission: 'trade',
  query: NO_QUERY,
  body: StrategyCancelPayload,
  answer: StrategyType,
  handle: notFound,
});

const readStrategies = defineSignedRoute({
  route: 'GET /api/v1/strategies',
  area: 'Strategy',
  summary: 'Running strategies; none yet.',
  permission: 'read',
  query: StrategiesQuery,
  body: NO_BODY,
  answer: z.array(StrategyType),
  handle: () => [],
});

const cancelStrategies = defineSignedRoute({
  route: 'DELETE /api/v1/strategies',
  area: 'Strategy',
  summary: 'Stops the strategies of a market and answers them; none yet.',
  permission: 'trade',
  query: NO_QUERY,
  body: StrategyCancelAllPayload,
  answer: z.array(StrategyType),
  handle: () => [],
});

const strategyHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/strategies',
  area: 'Strategy',
  summary: 'Strategies; none yet.',
  permission: 'read',
  query: StrategyHistoryQuery,
  body: NO_BODY,
  answer: z.array(Strategy),
  handle: async (context) => [...(await readPage(context, context.query, emptyList))],
});

/** Routes about strategies. */
export const STRATEGY_ROUTES: readonly Route[] = [
  createStrategy,
  readStrategy,
  cancelStrategy,
  readStrategies,
  cancelStrategies,
  strategyHistory,
];
