/** What the WebSocket side counts about itself, for Prometheus. */
import { Counter, Gauge, type Registry } from 'prom-client';

/** Its counters. */
export type WsMetrics = {
  readonly connections: Gauge;
  readonly framesSent: Counter;
  readonly framesReceived: Counter;
  readonly errors: Counter<'code'>;
  readonly closed: Counter<'reason'>;
  readonly refused: Counter<'reason'>;
};

/**
 * Creates the counters.
 *
 * @param registry where they are registered
 */
export function createWsMetrics(registry: Registry): WsMetrics {
  const registers = [registry];
  return {
    connections: new Gauge({ name: 'mochila_ws_connections', help: 'Open WebSockets.', registers }),
    framesSent: new Counter({ name: 'mochila_ws_frames_sent_total', help: 'Frames sent.', registers }),
    framesReceived: new Counter({ name: 'mochila_ws_frames_received_total', help: 'Frames received.', registers }),
    errors: new Counter({ name: 'mochila_ws_errors_total', help: 'Frames refused, by code.', labelNames: ['code'], registers }),
    closed: new Counter({
      name: 'mochila_ws_closed_total',
      help: 'WebSockets that the server closed, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    refused: new Counter({
      name: 'mochila_ws_refused_total',
      help: 'WebSockets refused at the upgrade, by reason.',
      labelNames: ['reason'],
      registers,
    }),
  };
}
