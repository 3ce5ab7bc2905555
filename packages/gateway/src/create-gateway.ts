/** Puts the gateway's HTTP side together: server, documents, routes. */
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { DocumentFacts } from './docs/openapi.ts';
import { collectOpenApi } from './docs/openapi.ts';
import { serveDocs } from './docs/serve-docs.ts';
import { allowOrigins } from './http/cors.ts';
import { createApp } from './http/create-app.ts';
import { serveDirectly } from './http/direct-routes.ts';
import { endConnections } from './http/end-connections.ts';
import { serveOperations } from './http/operations.ts';
import { type RouterParts, registerRoutes } from './rest/register-routes.ts';
import type { Route } from './rest/route.ts';

/** What the gateway is made with. */
export type GatewayParts = RouterParts & {
  readonly routes: readonly Route[];
  readonly facts: DocumentFacts;
  /** Everything that `/metrics` shows. */
  readonly registry: Registry;
};

/**
 * Creates the HTTP side of a gateway. It listens to nothing yet: call `listen` on what it answers.
 *
 * @param parts services, routes, bounds
 */
export async function createGateway(parts: GatewayParts): Promise<FastifyInstance> {
  const app = createApp(parts);
  allowOrigins(app);
  await collectOpenApi(app, parts.facts);
  registerRoutes(app, parts.routes, parts);
  await serveDocs(app, parts.facts);
  serveOperations(app, { registry: parts.registry, metrics: parts.metrics, engine: parts.services.engine });
  endConnections(app, serveDirectly(app, parts.routes.filter(isBusy), parts), parts.rules.finishMsMax);
  await app.ready();
  return app;
}

/**
 * Starts to listen.
 *
 * @param app the HTTP side of a gateway
 * @param address host and port; port 0 takes a free one
 * @returns where it listens, such as `http://127.0.0.1:7400`
 */
export function listenOn(app: FastifyInstance, address: { readonly host: string; readonly port: number }): Promise<string> {
  return app.listen({ ...address });
}

/** Orders and cancels. */
function isBusy({ access, area, method, format }: Route): boolean {
  return access !== null && area === 'Order' && method !== 'GET' && format === 'json';
}
