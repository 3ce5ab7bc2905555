/** What operators and their tools ask: metrics, health, readiness. */
import type { EngineLink } from '@mochila/ports';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/**
 * Serves `/metrics` (Prometheus), `/health` (this process answers) and `/ready` (the engine takes commands).
 *
 * @param app the HTTP server
 * @param parts metrics and engine
 */
export function serveOperations(app: FastifyInstance, parts: { readonly registry: Registry; readonly engine: EngineLink }): void {
  const hidden = { schema: { hide: true } };
  app.get('/metrics', hidden, async (_request, reply) => reply.type(parts.registry.contentType).send(await parts.registry.metrics()));
  app.get('/health', hidden, (_request, reply) => reply.type('application/json; charset=utf-8').send('{"status":"ok"}'));
  app.get('/ready', hidden, (_request, reply) => {
    const status = parts.engine.status();
    const body = JSON.stringify({ status });
    return reply
      .status(status === 'running' ? 200 : 503)
      .type('application/json; charset=utf-8')
      .send(body);
  });
}
