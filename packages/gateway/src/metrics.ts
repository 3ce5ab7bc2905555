/** What the gateway counts about itself, for Prometheus. */
import { Counter, Gauge, type Registry } from 'prom-client';
import { RequestFigures } from './request-figures.ts';

/** The gateway's counters. */
export type GatewayMetrics = {
  /** Answered requests and the time they took. */
  readonly requests: RequestFigures;
  readonly errors: Counter<'code'>;
  readonly connections: Gauge;
  readonly refusedConnections: Counter<'reason'>;
};

/**
 * Creates the gateway's counters.
 *
 * @param registry where they are registered
 */
export function createGatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
  return {
    requests: new RequestFigures(),
    errors: new Counter({ name: 'mochila_http_errors_total', help: 'Errors answered, by code.', labelNames: ['code'], registers }),
    connections: new Gauge({ name: 'mochila_http_connections', help: 'Open connections.', registers }),
    refusedConnections: new Counter({
      name: 'mochila_http_refused_connections_total',
      help: 'Connections refused for their number.',
      labelNames: ['reason'],
      registers,
    }),
  };
}
