/**
 * The short way for orders: plain requests of the busiest routes are read and answered without the framework's lifecycle,
 * which costs about as much as checking a signature. They are recognised in the bytes of a connection, or, behind a request
 * that was not, by what Node's parser read. Whatever is not plain (another target, a body without a length, an unknown type,
 * a proxy's header, a server that closes) takes the framework's way; all ways answer alike.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { addressKey } from '../limits/address-key.ts';
import type { RouterParts } from '../rest/register-routes.ts';
import type { Route } from '../rest/route.ts';
import { admit, answerText, type Exchange } from './answer-directly.ts';
import { ORIGIN_HEADERS } from './cors.ts';
import type { EndableConnections } from './end-connections.ts';
import { servePlainConnections } from './plain-connections.ts';
import { PLAIN_LENGTH, PLAIN_TYPE } from './plain-request.ts';

const NO_CONNECTIONS: EndableConnections = { finish: () => undefined, drop: () => undefined };
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Puts the short way in front of the framework's.
 *
 * @param app the HTTP server, not yet ready
 * @param routes those that go the short way when they are plain; each has a body
 * @returns the connections that Node does not serve
 */
export function serveDirectly(app: FastifyInstance, routes: readonly Route[], parts: RouterParts): EndableConnections {
  if (parts.rules.isBehindProxy) return NO_CONNECTIONS;
  serveParsedRequests(app.server, routes, parts);
  return servePlainConnections(app.server, routes, parts);
}

function serveParsedRequests(server: Server, routes: readonly Route[], parts: RouterParts): void {
  const routeOf = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  const others = server.listeners('request');
  const addresses = new WeakMap<Socket, string>();
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const route = server.listening ? routeOf.get(`${request.method} ${request.url}`) : undefined;
    if (route !== undefined && isPlain(request, parts.rules.bodyBytesMax)) {
      const exchange = exchangeOf(route, request, response, addressOf(request.socket, addresses));
      // Admitted once it is whole: refused before, it would have its answer while it still asks.
      readBody(request, (text) => {
        if (admit(exchange, parts)) answerText(exchange, text, parts);
      });
    } else for (const other of others) Reflect.apply(other, server, [request, response]);
  });
}

function isPlain({ headers, httpVersionMinor }: IncomingMessage, bodyBytesMax: number): boolean {
  const length = headers['content-length'];
  const isSized = length !== undefined && PLAIN_LENGTH.test(length) && Number(length) <= bodyBytesMax;
  const isJson = PLAIN_TYPE.test(headers['content-type'] ?? '');
  return isSized && isJson && httpVersionMinor === 1 && headers.host !== undefined && headers['transfer-encoding'] === undefined;
}

function addressOf(socket: Socket, addresses: WeakMap<Socket, string>): string {
  const known = addresses.get(socket);
  if (known !== undefined) return known;
  const address = addressKey(socket.remoteAddress ?? 'unknown');
  addresses.set(socket, address);
  return address;
}

function exchangeOf(route: Route, request: IncomingMessage, response: ServerResponse, address: string): Exchange {
  const send: Exchange['send'] = ({ headers }, status, text) => {
    const own = ['Content-Type', JSON_TYPE, 'Content-Length', String(Buffer.byteLength(text))];
    response.writeHead(status, [...ORIGIN_HEADERS, ...headers, ...own]);
    response.end(text);
  };
  return { route, address, requestHeaders: request.headers, startedAt: performance.now(), headers: [], send };
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
