/** What operators and their tools ask: metrics, health, readiness. */
import type { EngineLink } from '@mochila/ports';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { GatewayMetrics } from '../metrics.ts';

/** What operators are told of. */
export type OperationsParts = { readonly registry: Registry; readonly metrics: GatewayMetrics; readonly engine: EngineLink };

/**
 * Serves `/metrics` (Prometheus), `/health` (this process answers) and `/ready` (the engine takes commands).
 *
 * @param app the HTTP server
 * @param parts metrics and engine
 */
export function serveOperations(app: FastifyInstance, parts: OperationsParts): void {
  const hidden = { schema: { hide: true } };
  const { registry, metrics } = parts;
  app.get('/metrics', hidden, async (_request, reply) =>
    reply.type(registry.contentType).send(`${await registry.metrics()}\n${metrics.requests.text()}`),
  );
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
