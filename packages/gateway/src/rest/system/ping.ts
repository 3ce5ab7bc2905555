/** `GET /api/v1/ping`. */
import { z } from 'zod';
import { definePublicRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Answers `pong`. */
export const ping = definePublicRoute({
  route: 'GET /api/v1/ping',
  area: 'System',
  summary: 'Answers pong.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.literal('pong').meta({ description: 'The word pong.', examples: ['pong'] }),
  format: 'text',
  handle: () => 'pong' as const,
});
