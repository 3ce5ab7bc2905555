/**
 * The short way for orders: plain requests of the busiest routes are read and answered without the framework's lifecycle,
 * which costs about as much as checking a signature. Whatever is not plain (another target, a body without a length, an
 * unknown type, a proxy's header, a server that closes) takes the framework's way; both ways answer alike.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors/api-error.ts';
import { addressKey } from '../limits/address-key.ts';
import { answerRequest } from '../rest/answer-request.ts';
import { checkAnswer, type RouterParts } from '../rest/register-routes.ts';
import type { Route } from '../rest/route.ts';
import { ORIGIN_HEADERS } from './cors.ts';
import { noteError } from './create-app.ts';
import { apiErrorOfFault } from './http-errors.ts';
import { parseJson } from './parse-json.ts';

/** One request on its way. */
type Exchange = {
  readonly route: Route;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly address: string;
  readonly startedAt: number;
  /** Names and values in turn. */
  readonly headers: string[];
};

type Way = (route: Route, request: IncomingMessage, response: ServerResponse) => void;

const JSON_TYPE = 'application/json; charset=utf-8';
const PLAIN_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i;
const LENGTH = /^[1-9]\d{0,8}$/;

/**
 * Puts the short way in front of the framework's.
 *
 * @param app the HTTP server with all its routes, ready
 * @param routes those that go the short way when they are plain; each has a body
 */
export function serveDirectly(app: FastifyInstance, routes: readonly Route[], parts: RouterParts): void {
  if (parts.rules.isBehindProxy) return;
  const { server } = app;
  const routeOf = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  const others = server.listeners('request');
  const goDirectly = directWay(parts);
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const route = server.listening ? routeOf.get(`${request.method} ${request.url}`) : undefined;
    if (route !== undefined && isPlain(request, parts.rules.bodyBytesMax)) goDirectly(route, request, response);
    else for (const other of others) Reflect.apply(other, server, [request, response]);
  });
}

function isPlain({ headers, httpVersionMinor }: IncomingMessage, bodyBytesMax: number): boolean {
  const length = headers['content-length'];
  const isSized = length !== undefined && LENGTH.test(length) && Number(length) <= bodyBytesMax;
  const isJson = headers['content-type'] === 'application/json' || PLAIN_TYPE.test(headers['content-type'] ?? '');
  return isSized && isJson && httpVersionMinor === 1 && headers.host !== undefined && headers['transfer-encoding'] === undefined;
}

function directWay(parts: RouterParts): Way {
  const addresses = new WeakMap<Socket, string>();
  return (route, request, response) => {
    const { socket } = request;
    let address = addresses.get(socket);
    if (address === undefined) {
      address = addressKey(socket.remoteAddress ?? 'unknown');
      addresses.set(socket, address);
    }
    const exchange: Exchange = { route, request, response, address, startedAt: performance.now(), headers: [...ORIGIN_HEADERS] };
    const refused = parts.limits.admitAddress(address, parts.nowMs());
    if (refused === null) readBody(request, (text) => answerText(exchange, text, parts));
    else sendError(exchange, refused, parts);
  };
}

/** Its length is known and small, and Node sees to it that it is true; a body that breaks off is no request. */
function readBody(request: IncomingMessage, onText: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('error', () => request.destroy());
  request.once('end', () => {
    const [first] = chunks;
    onText(first !== undefined && chunks.length === 1 ? first.toString('utf8') : Buffer.concat(chunks).toString('utf8'));
  });
}

function answerText(exchange: Exchange, text: string, parts: RouterParts): void {
  const parsed = parseJson(text);
  if (parsed instanceof ApiError) {
    exchange.headers.push('connection', 'close');
    sendError(exchange, parsed, parts);
    return;
  }
  const { route, request, address, headers } = exchange;
  const setHeader = (name: string, value: string): void => void headers.push(name, value);
  const incoming = { headers: request.headers, rawQuery: '', body: parsed.value, address, setHeader };
  const fail = (fault: unknown): void => sendError(exchange, apiErrorOfFault(fault, parts.rules.bodyBytesMax), parts);
  answerRequest(route, incoming, parts.services, parts.limits)
    .then((answer) => {
      if (answer instanceof ApiError) {
        sendError(exchange, answer, parts);
        return;
      }
      if (parts.areAnswersChecked) checkAnswer(route, answer);
      send(exchange, 200, JSON.stringify(answer), parts);
    })
    .catch(fail);
}

function sendError(exchange: Exchange, error: ApiError, parts: RouterParts): void {
  noteError(error, exchange.route.path, parts);
  if (error.retryAfterSeconds !== null) exchange.headers.push('Retry-After', String(error.retryAfterSeconds));
  send(exchange, error.status, JSON.stringify(error.toBody()), parts);
}

function send({ route, response, headers, startedAt }: Exchange, status: number, text: string, parts: RouterParts): void {
  headers.push('Content-Type', JSON_TYPE, 'Content-Length', String(Buffer.byteLength(text)));
  response.writeHead(status, headers);
  response.end(text);
  parts.metrics.countRequest(route.method, route.path, status, performance.now() - startedAt);
  parts.logger.debug({ method: route.method, route: route.path, status, ms: performance.now() - startedAt }, 'request');
}
