/** The HTTP server: bounds on everything that strangers send, errors in one shape, counters. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { ApiError } from '../errors/api-error.ts';
import { addressKey } from '../limits/address-key.ts';
import { ConnectionLimits, type ConnectionRule } from '../limits/connection-limits.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { endSocket } from './end-socket.ts';
import { apiErrorOfFault, noHost, notFound, PATH_ID_LENGTH_MAX, rawRefusal, UNKNOWN_EXPECTATION, upgradeNeeded } from './http-errors.ts';
import { parseJson } from './parse-json.ts';

const PAYLOAD_TOO_LARGE = 413;

/** Bounds of the HTTP server. */
export type HttpRules = {
  readonly bodyBytesMax: number;
  readonly headerBytesMax: number;
  /** Time for the headers to arrive, in milliseconds. */
  readonly headersTimeoutMs: number;
  /** Time for the whole request to arrive, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Time that a connection may be idle, in milliseconds. */
  readonly idleTimeoutMs: number;
  /** Time that requests on their way have to be answered when the server ends, in milliseconds. */
  readonly finishMsMax: number;
  /** How often timeouts are looked for, in milliseconds. */
  readonly checkIntervalMs: number;
  readonly connections: ConnectionRule;
  /** Whether the address is taken from X-Forwarded-For: only behind a proxy of one's own. */
  readonly isBehindProxy: boolean;
};

/** Bounds that suit a venue with the published interface. */
export const HTTP_RULES_DEFAULT: HttpRules = {
  bodyBytesMax: 128 * 1024,
  headerBytesMax: 16 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  idleTimeoutMs: 75_000,
  finishMsMax: 3_000,
  checkIntervalMs: 1_000,
  connections: { total: 20_000, perAddress: 2_000 },
  isBehindProxy: false,
};

/** What the HTTP server is made with. */
export type HttpParts = {
  readonly rules: HttpRules;
  readonly limits: RequestLimits;
  readonly metrics: GatewayMetrics;
  readonly logger: FastifyBaseLogger;
  readonly nowMs: () => number;
};

/** By connection the last request that had its answer before it had come whole. */
type AnsweredEarly = WeakMap<Duplex, IncomingMessage>;

/**
 * Creates the HTTP server without routes. It listens to nothing yet.
 *
 * @param parts bounds, budgets, counters, logger and clock
 */
export function createApp(parts: HttpParts): FastifyInstance {
  const { rules } = parts;
  const answeredEarly: AnsweredEarly = new WeakMap();
  const app: FastifyInstance = fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: rules.bodyBytesMax,
    requestTimeout: rules.requestTimeoutMs,
    keepAliveTimeout: rules.idleTimeoutMs,
    trustProxy: rules.isBehindProxy,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { querystringParser: () => ({}), maxParamLength: PATH_ID_LENGTH_MAX },
    http: {
      headersTimeout: rules.headersTimeoutMs,
      connectionsCheckingInterval: rules.checkIntervalMs,
      maxHeaderSize: rules.headerBytesMax,
      // Asked for below, in words: Node refuses with an empty answer.
      requireHostHeader: false,
    },
    clientErrorHandler: (error, socket) => refuseRaw(socket, error.code, answeredEarly),
    frameworkErrors: (error, _request, reply) => sendError(reply, apiErrorOfFault(error, rules.bodyBytesMax), parts),
  });
  acceptJsonOnly(app);
  guardConnections(app, parts);
  refuseInWords(app, answeredEarly);
  readOnAfterRefusal(app, answeredEarly);
  countRequests(app, parts);
  app.addHook('onRequest', async (request) => admit(request, parts));
  app.setErrorHandler((error, _request, reply) => sendError(reply, apiErrorOfFault(error, rules.bodyBytesMax), parts));
  app.setNotFoundHandler((request, reply) => sendError(reply, notFoundOf(app, request), parts));
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  return app;
}

/**
 * Sends an error as JSON with the status of its code.
 *
 * @param reply where to
 * @param error what
 * @param parts counters and logger
 */
export function sendError(reply: FastifyReply, error: ApiError, parts: Pick<HttpParts, 'metrics' | 'logger'>): FastifyReply {
  noteError(error, reply.request.url, parts);
  if (error.retryAfterSeconds !== null) reply.header('Retry-After', String(error.retryAfterSeconds));
  return reply.status(error.status).type('application/json; charset=utf-8').send(JSON.stringify(error.toBody()));
}

/** Counts an error that is about to be answered, and logs one of ours. */
export function noteError(error: ApiError, url: string, parts: Pick<HttpParts, 'metrics' | 'logger'>): void {
  parts.metrics.errors.inc({ code: error.code });
  if (error.code === 'SERVER_ERROR') parts.logger.error({ err: error, url }, 'a request failed');
}

/**
 * Bodies are JSON whatever their Content-Type says: several clients say nothing or something else. One that is not was still
 * read to its end: it is refused behind the parser, in which every error costs the connection and the requests behind it.
 */
function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
    const parsed = text.length === 0 ? { value: undefined } : parseJson(String(text));
    done(null, parsed instanceof ApiError ? parsed : parsed.value);
  });
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.body instanceof ApiError) done(request.body);
    else done();
  });
}

function guardConnections(app: FastifyInstance, parts: HttpParts): void {
  const limits = new ConnectionLimits(parts.rules.connections);
  app.server.on('connection', (socket: Socket) => {
    const address = addressKey(socket.remoteAddress ?? 'unknown');
    const fault = limits.admit(address);
    if (fault !== null) {
      parts.metrics.refusedConnections.inc({ reason: fault });
      socket.destroy();
      return;
    }
    parts.metrics.connections.set(limits.open);
    socket.once('close', () => {
      limits.release(address);
      parts.metrics.connections.set(limits.open);
    });
  });
}

function countRequests(app: FastifyInstance, parts: HttpParts): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    parts.metrics.requests.count(request.method, route, reply.statusCode, reply.elapsedTime);
    // The route and never the address asked for, the headers or the body: nothing that signs for somebody is in a log.
    parts.logger.debug({ method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime }, 'request');
  });
}

/** What Node would refuse by itself, without a word of why. */
function refuseInWords(app: FastifyInstance, answeredEarly: AnsweredEarly): void {
  app.server.on('checkExpectation', ({ socket }) => refuseRaw(socket, UNKNOWN_EXPECTATION, answeredEarly));
  app.server.on('connect', (_request, socket) => endSocket(socket, rawRefusal('CONNECT')));
}

/**
 * The rest of a body that is too large is read and thrown away, for as long as a request may take: closed at once, the connection
 * would be reset under a client that still writes, which then never sees why.
 */
function readOnAfterRefusal(app: FastifyInstance, answeredEarly: AnsweredEarly): void {
  app.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode === PAYLOAD_TOO_LARGE) reply.removeHeader('connection');
  });
  app.addHook('onResponse', async ({ raw }) => {
    if (!raw.complete) answeredEarly.set(raw.socket, raw);
  });
}

async function admit(request: FastifyRequest, parts: HttpParts): Promise<void> {
  if (request.headers.host === undefined && request.raw.httpVersion === '1.1') throw noHost();
  const refused = parts.limits.admitAddress(addressKey(request.ip), parts.nowMs());
  if (refused !== null) throw refused;
}

function notFoundOf(app: FastifyInstance, request: FastifyRequest): ApiError {
  const [path = ''] = request.url.split('?');
  if (path === '/ws') return upgradeNeeded();
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => app.findRoute({ method, url: path }) !== null);
  return notFound(request.method, path, methods);
}

/** A request has one answer: where it was given, what goes wrong behind it only ends the connection. */
function refuseRaw(socket: Duplex, code: string | undefined, answeredEarly: AnsweredEarly): void {
  if (answeredEarly.get(socket)?.complete === false) socket.destroy();
  else if (socket.writable) endSocket(socket, rawRefusal(code));
  // What comes after the last words is read and thrown away until the client has had the time to hear them.
  else if (!socket.writableEnded) socket.destroy();
}
