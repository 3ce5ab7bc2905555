/** `GET /api/v1/time`. */
import { z } from 'zod';
import { definePublicRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Answers the clock that windows of signatures are judged by. */
export const time = definePublicRoute({
  route: 'GET /api/v1/time',
  area: 'System',
  summary: 'Clock of the venue in Unix milliseconds.',
  description:
    'The clock that windows of signatures are judged by: the wall clock, also where `npm start -- --speed` lets the time of the venue, which stamps orders, trades and candles, run faster.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z
    .string()
    .regex(/^\d+$/)
    .meta({ description: 'Unix milliseconds.', examples: ['1750793021519'] }),
  format: 'text',
  handle: ({ nowMs }) => String(nowMs),
});
