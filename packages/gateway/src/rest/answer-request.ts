/** The walk of one request: shape, budget, signature, handler. */
import type { IncomingHttpHeaders } from 'node:http';
import { isSigned } from '../auth/verify-signed-request.ts';
import { ApiError } from '../errors/api-error.ts';
import { parseQuery } from '../http/parse-query.ts';
import { type Lane, type RequestLimits, rateLimitHeaders } from '../limits/request-limits.ts';
import type { GatewayServices } from '../services.ts';
import { authenticate } from './authenticate.ts';
import type { Caller, PublicRoute, RequestContext, Route, SignedRoute } from './route.ts';

/** A request as the HTTP server hands it over. */
export type IncomingRequest = {
  readonly headers: IncomingHttpHeaders;
  readonly rawQuery: string;
  readonly body: unknown;
  readonly address: string;
  readonly setHeader: (name: string, value: string) => void;
};

/**
 * Answers a request.
 *
 * @param route the route it came to
 * @param incoming the request
 * @param services what handlers work with
 * @param limits budgets
 * @returns the answer's value, or why not, or a promise of either; nothing waits here that need not
 * @throws what a handler throws, an ApiError or a fault
 */
export function answerRequest(route: Route, incoming: IncomingRequest, services: GatewayServices, limits: RequestLimits): unknown {
  const context: RequestContext = { services, nowMs: services.nowMs(), address: incoming.address, setHeader: incoming.setHeader };
  return route.access === null ? answerPublic(route, incoming, context, limits) : answerSigned(route, incoming, context, limits);
}

function answerPublic(route: PublicRoute, incoming: IncomingRequest, context: RequestContext, limits: RequestLimits): unknown {
  const prepared = route.prepare(parseQuery(incoming.rawQuery), incoming.body);
  if (prepared instanceof ApiError) return prepared;
  const refused = spend(limits, prepared.lane, context.address, context);
  return refused ?? prepared.run(context);
}

function answerSigned(route: SignedRoute, incoming: IncomingRequest, context: RequestContext, limits: RequestLimits): unknown {
  const { headers, rawQuery, body } = incoming;
  const { services, nowMs, address } = context;
  if (!isSigned(headers)) return unsignedRefusal(route);
  const prepared = route.prepare(parseQuery(rawQuery), body);
  if (prepared instanceof ApiError) return prepared;
  const flooded = refuseFlood(limits, prepared.lane, headers, context);
  if (flooded !== null) return flooded;
  const run = (caller: Caller | ApiError): unknown => {
    if (caller instanceof ApiError) return caller;
    return spend(limits, prepared.lane, caller.account, context) ?? prepared.run(context, caller);
  };
  const caller = authenticate({ access: route.access, headers, rawQuery, body, address, nowMs }, services, limits);
  return caller instanceof Promise ? caller.then(run) : run(caller);
}

/** A key whose budget is spent is refused before its signature is checked, so that a flood costs little. */
function refuseFlood(limits: RequestLimits, lane: Lane, headers: IncomingHttpHeaders, context: RequestContext): ApiError | null {
  const claimed = headers['x-api-key'];
  const record = typeof claimed === 'string' ? context.services.keys.find(claimed) : undefined;
  if (record === undefined) return null;
  const budget = limits.look(lane, record.account, context.nowMs);
  return budget.isAllowed ? null : limits.refusal(lane, record.account, budget);
}

function spend(limits: RequestLimits, lane: Lane, owner: string | number, context: RequestContext): ApiError | null {
  const spending = limits.spend(lane, owner, context.nowMs);
  const headers = rateLimitHeaders(spending);
  context.setHeader('RateLimit-Limit', headers['RateLimit-Limit']);
  context.setHeader('RateLimit-Remaining', headers['RateLimit-Remaining']);
  context.setHeader('RateLimit-Reset', headers['RateLimit-Reset']);
  return spending.isAllowed ? null : limits.refusal(lane, owner, spending);
}

function unsignedRefusal(route: SignedRoute): ApiError {
  const text = `instruction=${route.access.instruction}`;
  return new ApiError(
    'UNAUTHORIZED',
    `${route.method} ${route.path} must be signed: send X-API-Key, X-Timestamp, X-Window and X-Signature over ${text}&... as /docs shows.`,
  );
}
