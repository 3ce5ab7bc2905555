/** Puts route definitions to work in the HTTP server. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { documentRoute } from '../docs/document-route.ts';
import { ApiError } from '../errors/api-error.ts';
import { type HttpParts, sendError } from '../http/create-app.ts';
import { rawQueryOf } from '../http/parse-query.ts';
import { addressKey } from '../limits/address-key.ts';
import type { GatewayServices } from '../services.ts';
import { answerRequest } from './answer-request.ts';
import type { Route } from './route.ts';

/** A parameter in the path of a route, such as `{id}`. */
const PATH_PARAMETER = /\{(\w+)\}/g;

/** What routes are registered with. */
export type RouterParts = HttpParts & {
  readonly services: GatewayServices;
  /** Judges every answer by its schema: for tests and rehearsals, since it costs more than the answer. */
  readonly areAnswersChecked: boolean;
};

/**
 * Registers routes.
 *
 * @param app the HTTP server
 * @param routes definitions
 * @param parts services, budgets, counters
 */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[], parts: RouterParts): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path.replaceAll(PATH_PARAMETER, ':$1'),
      schema: documentRoute(route),
      handler: (request, reply) => handle(route, request, reply, parts),
    });
  }
}

async function handle(route: Route, request: FastifyRequest, reply: FastifyReply, parts: RouterParts): Promise<FastifyReply> {
  const incoming = {
    headers: request.headers,
    rawQuery: withPathParameters(route, request),
    body: request.body,
    address: addressKey(request.ip),
    setHeader: (name: string, value: string) => void reply.header(name, value),
  };
  const answer = await answerRequest(route, incoming, parts.services, parts.limits);
  if (answer instanceof ApiError) return sendError(reply, answer, parts);
  if (parts.areAnswersChecked) checkAnswer(route, answer);
  return send(reply, route, answer);
}

/** Parameters of the path stand before those of the query: they are judged and signed alike. */
function withPathParameters(route: Route, { url, params }: FastifyRequest): string {
  const rawQuery = rawQueryOf(url);
  const given: Readonly<Record<string, unknown>> = typeof params === 'object' && params !== null ? { ...params } : {};
  const pairs = [...route.path.matchAll(PATH_PARAMETER)].map(([, name = '']) => `${name}=${encodeURIComponent(String(given[name]))}`);
  return [...pairs, ...(rawQuery === '' ? [] : [rawQuery])].join('&');
}

function send(reply: FastifyReply, route: Route, answer: unknown): FastifyReply {
  switch (route.format) {
    case 'text':
      return reply.type('text/plain; charset=utf-8').send(String(answer));
    case 'empty':
      return reply.send();
    case 'json':
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
  }
}

/** Judges an answer by the schema of its route. @throws Error when it breaks it */
export function checkAnswer(route: Route, answer: unknown): void {
  const checked = route.answer.safeParse(answer);
  if (checked.success) return;
  const found = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`${route.method} ${route.path} answered what its schema does not allow: ${found}`);
}
