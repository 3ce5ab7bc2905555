/** The WebSocket side of a gateway, on the port of its HTTP side: public and private streams. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EventBatch } from '@mochila/protocol';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionLimits } from '../limits/connection-limits.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import { TokenBuckets } from '../limits/token-buckets.ts';
import { STREAM_ERROR_CODES } from '../schemas/stream-frames.ts';
import type { GatewayServices } from '../services.ts';
import { AccountStreams } from './account-streams.ts';
import { answerClientFrame, type FrameServices, refuse } from './answer-client-frame.ts';
import { CLOSE_CODES, Connection } from './connection.ts';
import { FlushSchedule } from './flush-schedule.ts';
import { isPrivateName } from './private-names.ts';
import { PublicStreams } from './public-streams.ts';
import { addressOf, judgePath, refuseUpgrade } from './upgrade.ts';
import { createWsMetrics, type WsMetrics } from './ws-metrics.ts';
import { WS_RULES_DEFAULT, type WsRules } from './ws-rules.ts';

/** What the WebSocket side is made with. */
export type WsParts = {
  /** The HTTP server whose upgrades are answered. */
  readonly server: Server;
  readonly services: Pick<GatewayServices, 'engine' | 'keys' | 'nowMs' | 'toVenueMs' | 'directory' | 'marketData'>;
  readonly limits: RequestLimits;
  readonly registry: Registry;
  readonly logger: FastifyBaseLogger;
  readonly rules?: Partial<WsRules>;
};

/** A running WebSocket side. */
export interface WsServer {
  /** Open sockets. */
  readonly size: number;
  /** Takes no more sockets, says goodbye to those there are, and waits until they are gone, at most `finishMsMax`. Close it before the HTTP server. */
  close(): Promise<void>;
}

/**
 * Begins to answer WebSocket upgrades at `/` and `/ws`.
 *
 * @param parts HTTP server, services, budgets, bounds
 */
export function createWsServer(parts: WsParts): WsServer {
  return new StreamServer(parts);
}

const FRAGMENTS_MAX = 128;
const FRAMES_WAITING_MAX = 64;
const FRAME_COST_BYTES = 4_096;
/** Of refusals for too many frames, one in so many is told. */
const FLOOD_TOLD_EVERY = 50;
const SNAPSHOT_COST = 5;
const CLOSE_POLL_MS = 10;

class StreamServer implements WsServer {
  readonly #parts: WsParts;
  readonly #rules: WsRules;
  readonly #metrics: WsMetrics;
  readonly #sockets: WebSocketServer;
  readonly #open = new Set<Connection>();
  readonly #limits: ConnectionLimits;
  readonly #schedule = new FlushSchedule();
  readonly #publicStreams: PublicStreams;
  readonly #accountStreams: AccountStreams;
  readonly #frames: FrameServices;
  readonly #sweeper: NodeJS.Timeout;
  readonly #stopListening: readonly (() => void)[];
  #isClosing = false;

  constructor(parts: WsParts) {
    this.#parts = parts;
    this.#rules = { ...WS_RULES_DEFAULT, ...parts.rules };
    this.#metrics = createWsMetrics(parts.registry);
    this.#limits = new ConnectionLimits(this.#rules.connections);
    this.#sockets = new WebSocketServer(socketOptions(this.#rules));
    this.#sockets.on('wsClientError', ({ message }, raw) => {
      refuseUpgrade(
        raw,
        new ApiError('INVALID_CLIENT_REQUEST', `This is no WebSocket handshake: ${message}; connect with a WebSocket client`),
      );
    });
    const { services } = parts;
    const nowMicros = (): number => Math.floor(services.toVenueMs(services.nowMs()) * 1_000);
    const onFault = (fault: unknown): void => parts.logger.warn({ err: fault }, 'a stream could not speak');
    const { directory, engine, marketData: feed } = services;
    this.#publicStreams = new PublicStreams({ directory, feed, nowMicros, periods: this.#rules.periods, onFault });
    this.#accountStreams = new AccountStreams({ engine, directory, feed, nowMicros, rules: this.#rules.accounts });
    this.#frames = this.#frameServices();
    const listeners = [
      ...this.#publicStreams.listeners,
      this.#accountStreams.listener,
      { batch: (batch: EventBatch) => this.#dropRevoked(batch) },
    ];
    this.#stopListening = listeners.map((listener) => feed.listen(listener));
    this.#sweeper = setInterval(() => this.#sweep(), this.#rules.sweepMs);
    parts.server.on('upgrade', this.#onUpgrade);
  }

  get size(): number {
    return this.#open.size;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#publicStreams.close();
    for (const stop of this.#stopListening) stop();
    for (const connection of this.#open) {
      connection.flush();
      connection.closeFor('shutdown', CLOSE_CODES.goingAway, 'the venue is stopping: connect again in a while');
    }
    const untilMs = performance.now() + this.#rules.finishMsMax;
    while (this.#open.size > 0 && performance.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, CLOSE_POLL_MS));
    for (const connection of this.#open) connection.terminate();
    clearInterval(this.#sweeper);
    this.#parts.server.off('upgrade', this.#onUpgrade);
    this.#sockets.close();
  }

  #frameServices(): FrameServices {
    const { services, limits } = this.#parts;
    const buckets = new TokenBuckets({ ...this.#rules.frames, keysMax: this.#rules.connections.total + 1 });
    return {
      keys: services.keys,
      limits,
      nowMs: services.nowMs,
      directory: services.directory,
      publicStreams: this.#publicStreams,
      accountStreams: this.#accountStreams,
      streamsMax: this.#rules.streamsMax,
      snapshotCost: SNAPSHOT_COST,
      metrics: this.#metrics,
      spend: (connection, cost) => buckets.spend(connection.id, cost, performance.now()).isAllowed,
    };
  }

  readonly #onUpgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    raw.on('error', () => raw.destroy());
    const address = addressOf(request, this.#rules.isBehindProxy);
    const refused = this.#judgeUpgrade(request, address);
    if (refused !== null) {
      refuseUpgrade(raw, refused);
      return;
    }
    const fault = this.#limits.admit(address);
    if (fault !== null) {
      this.#metrics.refused.inc({ reason: fault });
      const whose = fault === 'address' ? 'of your address' : 'of this venue';
      refuseUpgrade(raw, new ApiError('TOO_MANY_REQUESTS', `Too many WebSockets ${whose}: close some first.`, { retryAfterSeconds: 1 }));
      return;
    }
    raw.once('close', () => this.#limits.release(address));
    this.#sockets.handleUpgrade(request, raw, head, (socket) => this.#welcome(socket, raw, address));
  };

  #judgeUpgrade(request: IncomingMessage, address: string): ApiError | null {
    if (this.#isClosing) return new ApiError('MAINTENANCE', 'The venue is stopping: connect again in a while.');
    return judgePath(request) ?? this.#parts.limits.admitAddress(address, this.#parts.services.nowMs());
  }

  #welcome(socket: WebSocket, raw: Duplex, address: string): void {
    const connection = new Connection({ socket, raw, address, rules: this.#rules, schedule: this.#schedule, metrics: this.#metrics });
    this.#open.add(connection);
    this.#metrics.connections.set(this.#open.size);
    socket.on('close', () => {
      connection.release();
      this.#open.delete(connection);
      this.#metrics.connections.set(this.#open.size);
    });
    // The library closes with the fitting code, and SpeakingSocket says why.
    socket.on('error', (error) => this.#parts.logger.debug({ err: error, address }, 'a WebSocket failed'));
    let isBusy = Promise.resolve();
    let waiting = 0;
    socket.on('message', (data: RawData, isBinary: boolean) => {
      const text = this.#admitFrame(connection, data, isBinary, waiting);
      if (text === null) return;
      waiting += 1;
      // One frame after the other, since one that proves an account may have to wait for the engine.
      isBusy = isBusy
        .then(() => this.#answer(connection, text))
        .finally(() => {
          waiting -= 1;
        });
    });
  }

  /** The text of a frame; null for one that is not looked at. */
  #admitFrame(connection: Connection, data: RawData, isBinary: boolean, waiting: number): string | null {
    this.#metrics.framesReceived.inc();
    if (!connection.isOpen) return null;
    if (isBinary) {
      connection.closeFor('binary', CLOSE_CODES.unsupportedData, 'frames are JSON text');
      return null;
    }
    const text = textOf(data);
    const cost = 1 + Math.floor(text.length / FRAME_COST_BYTES);
    if (waiting < FRAMES_WAITING_MAX && this.#frames.spend(connection, cost)) return text;
    this.#refuseFlood(connection);
    return null;
  }

  #refuseFlood(connection: Connection): void {
    const { capacity, refillMs } = this.#rules.frames;
    connection.refusedFrames += 1;
    if (connection.refusedFrames > this.#rules.refusedFramesMax) {
      connection.flush();
      connection.closeFor('flood', CLOSE_CODES.policy, 'too many frames');
    } else if (connection.refusedFrames % FLOOD_TOLD_EVERY === 1) {
      const message = `Too many frames: ${capacity} in ${refillMs / 1_000} s are allowed; name several streams in one frame.`;
      refuse(connection, null, [{ code: STREAM_ERROR_CODES.tooManyFrames, message }], this.#metrics);
    }
  }

  async #answer(connection: Connection, text: string): Promise<void> {
    if (!connection.isOpen) return;
    try {
      await answerClientFrame(connection, text, this.#frames);
    } catch (error) {
      this.#parts.logger.error({ err: error }, 'a frame could not be answered');
      connection.closeFor('fault', CLOSE_CODES.internalError, 'the venue failed to answer a frame');
    }
  }

  /** A revoked key hears no more. */
  #dropRevoked(batch: EventBatch): void {
    for (const event of batch.events) {
      if (event.name !== 'keyRevoked') continue;
      for (const connection of this.#open) {
        if (connection.owner?.key !== event.fields.key) continue;
        connection.owner = null;
        for (const name of connection.names()) if (isPrivateName(name)) connection.unsubscribe(name);
        refuse(
          connection,
          null,
          [{ code: STREAM_ERROR_CODES.unauthorized, message: 'The key of the private streams was revoked.' }],
          this.#metrics,
        );
      }
    }
  }

  #sweep(): void {
    const nowMs = performance.now();
    this.#accountStreams.sweep(nowMs);
    let unread = 0;
    for (const connection of this.#open) {
      connection.sweep(nowMs);
      unread += connection.unreadBytes;
    }
    if (unread > this.#rules.unreadBytesTotalMax) this.#freeMemory(unread);
  }

  /** Closes the slowest until the rest fits. */
  #freeMemory(unread: number): void {
    const slowest = [...this.#open].sort((one, other) => other.unreadBytes - one.unreadBytes);
    let left = unread;
    for (const connection of slowest) {
      if (left <= this.#rules.unreadBytesTotalMax) return;
      left -= connection.unreadBytes;
      connection.closeFor('memory', CLOSE_CODES.tryAgainLater, 'too much unread by all: read faster or ask for less');
    }
  }
}

function socketOptions(rules: WsRules) {
  return {
    noServer: true,
    clientTracking: false,
    maxPayload: rules.frameBytesMax,
    maxFragments: FRAGMENTS_MAX,
    WebSocket: speakingSocketOf(rules.frameBytesMax),
    // Without memory between frames a compressed socket costs what a plain one does.
    perMessageDeflate: { threshold: rules.compressedBytesMin, serverNoContextTakeover: true, clientNoContextTakeover: true },
  };
}

/** The library's socket, which says why when it closes by itself: it knows the code alone. */
function speakingSocketOf(frameBytesMax: number): typeof WebSocket {
  const reasons: ReadonlyMap<number, string> = new Map([
    [1002, 'that was no frame of the WebSocket protocol'],
    [1007, 'frames are UTF-8 text'],
    [1009, `a frame has at most ${frameBytesMax} bytes: name fewer streams in one frame, and send several`],
  ]);
  return class SpeakingSocket extends WebSocket {
    override close(code?: number, reason?: string | Buffer): void {
      super.close(code, reason ?? reasons.get(code ?? 0));
    }
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
