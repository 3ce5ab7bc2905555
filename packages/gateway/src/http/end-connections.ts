/** How connections end with the server: what was taken is answered first, within a limit. */
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY_MS = 20;

/** Connections that somebody else than Node serves. */
export type EndableConnections = {
  /** Takes nothing more, and closes each once what it asked is answered. May be asked again, for those that came since. */
  finish(): void;
  /** Closes all at once. */
  drop(): void;
};

/**
 * Ends connections when the server closes: idle ones at once, others with their last answer, and after `finishMsMax` whatever
 * is left, such as half a request or a client that does not read.
 *
 * @param app not yet ready
 * @param others connections that Node does not know of
 * @param finishMsMax milliseconds
 */
export function endConnections(app: FastifyInstance, others: EndableConnections, finishMsMax: number): void {
  const { server } = app;
  app.addHook('preClose', async () => {
    // One that never listened has no connections, and never closes.
    if (!server.listening) return;
    const untilMs = performance.now() + finishMsMax;
    const look = (): void => {
      others.finish();
      server.closeIdleConnections();
      if (performance.now() < untilMs) return;
      others.drop();
      server.closeAllConnections();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    server.once('close', () => clearInterval(timer));
    look();
  });
}
