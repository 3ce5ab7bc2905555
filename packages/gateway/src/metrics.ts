/** What the gateway counts about itself, for Prometheus. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const SECONDS_BUCKETS = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** The gateway's counters. */
export type GatewayMetrics = {
  /** Counts an answered request and the milliseconds it took. */
  readonly countRequest: (method: string, route: string, status: number, ms: number) => void;
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
    countRequest: createRequestCounter(registers),
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

/** Labels are looked up by one text: the routes of a gateway are few, so there are few of these. */
function createRequestCounter(registers: Registry[]): GatewayMetrics['countRequest'] {
  const requests = new Counter({
    name: 'mochila_http_requests_total',
    help: 'HTTP requests answered.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'mochila_http_request_seconds',
    help: 'Time from the arrival of a request to its answer.',
    labelNames: ['route'],
    buckets: SECONDS_BUCKETS,
    registers,
  });
  const known = new Map<string, { readonly count: Counter.Internal; readonly time: Histogram.Internal<'route'> }>();
  return (method, route, status, ms) => {
    const name = `${method} ${status} ${route}`;
    let children = known.get(name);
    if (children === undefined) {
      children = { count: requests.labels(method, route, String(status)), time: seconds.labels(route) };
      known.set(name, children);
    }
    children.count.inc();
    children.time.observe(ms / 1_000);
  };
}
