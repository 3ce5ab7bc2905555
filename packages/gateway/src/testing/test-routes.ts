/** Routes for tests of the router. */
import { z } from 'zod';
import { definePublicRoute, defineSignedRoute, NO_ANSWER, NO_BODY, NO_QUERY } from '../rest/route.ts';
import { ping } from '../rest/system/ping.ts';
import { time } from '../rest/system/time.ts';
import { OrderExecuteBatch, OrderExecutePayload } from '../schemas/order-requests.ts';

const Echo = z.strictObject({ account: z.int(), symbol: z.string(), hash: z.int() });
/** One route of every kind. */
export const TEST_ROUTES = [
  ping,
  time,
  defineSignedRoute({
    route: 'POST /api/v1/order',
    area: 'Order',
    summary: 'Places an order.',
    permission: 'trade',
    lane: (body) => (body.reduceOnly === true ? 'priority' : 'general'),
    query: NO_QUERY,
    body: OrderExecutePayload,
    answer: Echo,
    handle: ({ body, caller }) => ({ account: caller.account, symbol: body.symbol, hash: caller.request.hash.lo }),
  }),
  defineSignedRoute({
    route: 'POST /api/v1/orders',
    area: 'Order',
    summary: 'Places orders.',
    permission: 'trade',
    query: NO_QUERY,
    body: OrderExecuteBatch,
    answer: z.array(z.string()),
    handle: ({ body }) => body.map((order) => order.symbol),
  }),
  defineSignedRoute({
    route: 'PATCH /api/v1/account',
    area: 'Account',
    summary: 'Changes nothing.',
    permission: 'read',
    query: NO_QUERY,
    body: NO_BODY,
    answer: NO_ANSWER,
    format: 'empty',
    handle: () => undefined,
  }),
  definePublicRoute({
    route: 'GET /api/v1/trades/history',
    area: 'Trades',
    summary: 'Counts against its own budget.',
    lane: 'history',
    query: NO_QUERY,
    body: NO_BODY,
    answer: z.array(z.string()),
    handle: () => [],
  }),
  definePublicRoute({
    route: 'GET /test/throws',
    area: 'System',
    summary: 'Fails.',
    query: NO_QUERY,
    body: NO_BODY,
    answer: z.string(),
    handle: () => {
      throw new Error('a secret detail');
    },
  }),
  definePublicRoute({
    route: 'GET /test/wrong',
    area: 'System',
    summary: 'Answers what its schema does not allow.',
    query: NO_QUERY,
    body: NO_BODY,
    answer: z.literal('right'),
    handle: () => JSON.parse('"wrong"'),
  }),
];
