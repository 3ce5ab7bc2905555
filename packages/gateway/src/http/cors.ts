/** Lets web pages of any origin call the interface. Nothing is authorised by cookies, so a foreign page gains nothing by it. */
import type { FastifyInstance } from 'fastify';

const ALLOWED_HEADERS = 'Content-Type, X-API-Key, X-Timestamp, X-Window, X-Signature, X-Broker-Id, X-Broker-Key, X-Idempotency-Key';
const EXPOSED_HEADERS =
  'RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Page-Count, X-Current-Page, X-Page-Size, X-Total, X-Next-Cursor';
/** Names and values in turn of the headers that every answer has. */
export const ORIGIN_HEADERS: readonly string[] = ['Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', EXPOSED_HEADERS];
const PREFLIGHT_SECONDS = '86400';

/**
 * Answers preflights and marks answers as readable by any origin.
 *
 * @param app the HTTP server
 */
export function allowOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('Access-Control-Allow-Origin', '*').header('Access-Control-Expose-Headers', EXPOSED_HEADERS);
  });
  app.options('*', { schema: { hide: true } }, (_request, reply) =>
    reply
      .header('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE')
      .header('Access-Control-Allow-Headers', ALLOWED_HEADERS)
      .header('Access-Control-Max-Age', PREFLIGHT_SECONDS)
      .status(204)
      .send(),
  );
}
