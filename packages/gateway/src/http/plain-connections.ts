/**
 * Serves connections from their bytes while their requests are plain. From the first byte on that is not part of a whole,
 * plain request a connection is Node's: it is given away once, after what was asked before is answered, and never comes back.
 */
import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { addressKey } from '../limits/address-key.ts';
import type { RouterParts } from '../rest/register-routes.ts';
import type { Route } from '../rest/route.ts';
import { admit, answerText, type Exchange } from './answer-directly.ts';
import { ORIGIN_HEADERS } from './cors.ts';
import type { EndableConnections } from './end-connections.ts';
import { endSocket } from './end-socket.ts';
import { httpDate } from './http-date.ts';
import { rawRefusal } from './http-errors.ts';
import { type PlainRequest, type PlainRules, readPlainRequest } from './plain-request.ts';

/** Requests of one connection that may be on their way before it is read no further. */
const OPEN_MAX = 64;
/** Longer than the idle time that answers tell: a client that keeps to it never writes to a closed connection. */
const IDLE_GRACE_MS = 1_000;
const CLOSE = 'Connection: close\r\n\r\n';
const OK_LINES = firstLines(200);

/** What all connections share. */
type House = {
  readonly parts: RouterParts;
  readonly rules: PlainRules<Route>;
  readonly isServing: () => boolean;
  readonly giveAway: (socket: Socket) => void;
  /** Lines that end the head of an answer after which the connection stays. */
  readonly keepAlive: string;
};

/** A request in its place in the row: answers leave in the order of the requests. */
type Place = { answer: Answer | null };

/** A whole answer, head and body. */
type Answer = { readonly text: string; readonly isAscii: boolean };

/**
 * Puts itself in front of Node's handling of connections.
 *
 * @param server not yet listening; the first who hears of its connections is Node itself
 * @param routes what is served from bytes; each has a body
 * @returns the connections that are served from bytes, for who ends the server
 */
export function servePlainConnections(server: Server, routes: readonly Route[], parts: RouterParts): EndableConnections {
  const [byNode, ...others] = server.listeners('connection');
  if (byNode === undefined) throw new RangeError('this server does not handle connections');
  const { idleTimeoutMs, headerBytesMax, bodyBytesMax } = parts.rules;
  const open = new Map<Socket, PlainConnection>();
  const house: House = {
    parts,
    rules: { targets: new Map(routes.map((route) => [`${route.method} ${route.path} HTTP/1.1`, route])), headerBytesMax, bodyBytesMax },
    isServing: () => server.listening,
    giveAway: (socket) => {
      open.delete(socket);
      Reflect.apply(byNode, server, [socket]);
    },
    keepAlive: `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(idleTimeoutMs / 1_000)}\r\n\r\n`,
  };
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    for (const other of others) Reflect.apply(other, server, [socket]);
    if (socket.destroyed) return;
    const connection = new PlainConnection(socket, house);
    open.set(socket, connection);
    socket.once('close', () => open.delete(socket));
    connection.serve();
  });
  return {
    finish: () => {
      for (const connection of open.values()) connection.finish();
    },
    drop: () => {
      for (const socket of open.keys()) socket.destroy();
    },
  };
}

class PlainConnection {
  readonly #socket: Socket;
  readonly #house: House;
  readonly #address: string;
  /** Requests on their way, the oldest first. */
  #open: Place[] = [];
  /** What Node gets once all is answered. */
  #rest: Buffer | null = null;
  #isNew = true;
  #hasEnded = false;
  /** Nothing more is taken: the venue ends. */
  #isClosing = false;
  #isFlushDue = false;

  constructor(socket: Socket, house: House) {
    this.#socket = socket;
    this.#house = house;
    this.#address = addressKey(socket.remoteAddress ?? 'unknown');
  }

  serve(): void {
    this.#socket.setTimeout(this.#house.parts.rules.headersTimeoutMs);
    this.#socket.on('data', this.#onData).on('end', this.#onEnd).on('timeout', this.#onTimeout).on('drain', this.#onDrain);
    this.#socket.on('error', this.#onError);
  }

  /** Takes nothing more, and closes once what was taken is answered. */
  finish(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#rest = null;
    // What still comes is read and dropped: a socket that closes with something unread takes its last answers with it.
    this.#socket.resume();
    if (this.#open.length > 0) return;
    this.#socket.off('data', this.#onData);
    this.#socket.destroySoon();
  }

  readonly #onData = (bytes: Buffer): void => {
    const startedAt = performance.now();
    for (let at = 0; at < bytes.length && !this.#isClosing; ) {
      const request = this.#house.isServing() ? readPlainRequest(bytes, at, this.#house.rules) : null;
      if (request === null) {
        this.#leave(bytes.subarray(at));
        return;
      }
      at = request.end;
      this.#take(request, startedAt);
    }
    if (this.#open.length >= OPEN_MAX || this.#socket.writableNeedDrain) this.#socket.pause();
  };

  readonly #onEnd = (): void => {
    this.#hasEnded = true;
    if (this.#open.length === 0) this.#socket.end();
  };

  readonly #onDrain = (): void => {
    if (this.#open.length === 0 && this.#rest === null) this.#socket.resume();
  };

  readonly #onTimeout = (): void => {
    // The engine has a limit of its own.
    if (this.#open.length > 0) return;
    if (this.#isNew) this.#socket.end(rawRefusal('ERR_HTTP_REQUEST_TIMEOUT'), () => this.#socket.destroy());
    else this.#socket.destroy();
  };

  readonly #onError = (): void => {
    this.#socket.destroy();
  };

  #take({ target: route, headers, body }: PlainRequest<Route>, startedAt: number): void {
    if (this.#isNew) this.#socket.setTimeout(this.#house.parts.rules.idleTimeoutMs + IDLE_GRACE_MS);
    this.#isNew = false;
    const place: Place = { answer: null };
    this.#open.push(place);
    const send: Exchange['send'] = (answered, status, text) => {
      const isLast = this.#isClosing && this.#open.at(-1) === place;
      place.answer = encodeAnswer(answered.headers, status, text, isLast ? CLOSE : this.#house.keepAlive);
      this.#answered();
    };
    const exchange = { route, address: this.#address, requestHeaders: headers, startedAt, headers: [], send };
    if (admit(exchange, this.#house.parts)) answerText(exchange, body, this.#house.parts);
  }

  /** Alone an answer leaves at once; of several those of one turn leave together. */
  #answered(): void {
    if (this.#open.length === 1) this.#flush();
    else if (!this.#isFlushDue) {
      this.#isFlushDue = true;
      setImmediate(() => {
        this.#isFlushDue = false;
        this.#flush();
      });
    }
  }

  #flush(): void {
    if (this.#socket.destroyed) return;
    let text = '';
    let isAscii = true;
    for (let answer = this.#open[0]?.answer; answer; answer = this.#open[0]?.answer) {
      this.#open.shift();
      text += answer.text;
      isAscii &&= answer.isAscii;
    }
    if (text === '') return;
    this.#socket.write(text, isAscii ? 'latin1' : 'utf8');
    if (this.#open.length === 0) this.#goOn();
  }

  #goOn(): void {
    if (this.#isClosing) endSocket(this.#socket);
    else if (this.#rest !== null) this.#giveAway(this.#rest);
    else if (this.#hasEnded) this.#socket.end();
    else if (this.#socket.isPaused() && !this.#socket.writableNeedDrain) this.#socket.resume();
  }

  #leave(rest: Buffer): void {
    this.#socket.pause();
    if (this.#open.length === 0) this.#giveAway(rest);
    else this.#rest = rest;
  }

  #giveAway(rest: Buffer): void {
    const socket = this.#socket;
    this.#rest = null;
    socket.setTimeout(0);
    socket.off('data', this.#onData).off('end', this.#onEnd).off('timeout', this.#onTimeout).off('drain', this.#onDrain);
    socket.off('error', this.#onError);
    socket.unshift(rest);
    this.#house.giveAway(socket);
    socket.resume();
  }
}

function linesOf(headers: readonly string[]): string {
  let lines = '';
  for (let at = 0; at < headers.length; at += 2) lines += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return lines;
}

function firstLines(status: number): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${linesOf(ORIGIN_HEADERS)}`;
}

function encodeAnswer(headers: readonly string[], status: number, text: string, end: string): Answer {
  const bytes = Buffer.byteLength(text);
  let head = status === 200 ? OK_LINES : firstLines(status);
  head += linesOf(headers);
  head += `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${bytes}\r\nDate: ${httpDate(Date.now())}\r\n`;
  return { text: `${head}${end}${text}`, isAscii: bytes === text.length };
}
