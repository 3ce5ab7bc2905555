/** One connection to one exchange, kept up: it subscribes, listens, asks for signs of life, and comes back after every loss. */
import { type RawData, WebSocket } from 'ws';
import { backoffMs } from './backoff.ts';
import type { ExchangeReader, Observation } from './exchange-reader.ts';
import type { ConnectionRules } from './feed-rules.ts';
import { FrameFault } from './read-fields.ts';
import type { Wall } from './wall.ts';

/** Why a frame was refused before anybody looked at its prices. */
export type FrameRefusal = 'malformed' | 'binary' | 'tooLarge';

/** Who hears of what comes. */
export type ConnectionListener = {
  onObservation(observation: Observation): void;
  /** A whole frame was refused; `reason` is for people. */
  onRefusedFrame(refusal: FrameRefusal, reason: string): void;
  onFrame(): void;
  onOpen(): void;
  /** The connection is gone; it comes back after `waitMs`. */
  onLost(reason: string, waitMs: number): void;
  /** The exchange refused something, in its words. */
  onError(message: string): void;
};

/** What a connection is made of. */
export type ConnectionSettings = {
  readonly url: string;
  readonly reader: ExchangeReader;
  readonly symbols: readonly string[];
  readonly rules: ConnectionRules;
  readonly wall: Wall;
  readonly listener: ConnectionListener;
};

const MESSAGE_MAX = 200;

/** Keeps a connection from `start` to `stop`. */
export class Connection {
  readonly #settings: ConnectionSettings;
  #socket: WebSocket | null = null;
  #cancels = new Set<() => void>();
  #failures = 0;
  #openedAtMs = 0;
  #frameAtMs = 0;
  #priceAtMs = 0;
  #pingAtMs = 0;
  #framesInWatch = 0;
  #isRunning = false;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  /** Begins to connect; what happens is told to the listener. */
  start(): void {
    this.#isRunning = true;
    this.#failures = 0;
    this.#connect();
  }

  /** Ends it: nothing is told afterwards. Ending twice does nothing. */
  stop(): void {
    this.#isRunning = false;
    this.#cancelAll();
    this.#drop();
  }

  #connect(): void {
    const { url, rules } = this.#settings;
    const socket = new WebSocket(url, {
      handshakeTimeout: rules.handshakeMsMax,
      maxPayload: rules.frameBytesMax,
      perMessageDeflate: false,
      followRedirects: false,
    });
    this.#socket = socket;
    socket.on('open', () => this.#isCurrent(socket) && this.#open(socket));
    socket.on('message', (data, isBinary) => this.#isCurrent(socket) && this.#hear(data, isBinary));
    socket.on('pong', () => this.#isCurrent(socket) && this.#live());
    socket.on('ping', () => this.#isCurrent(socket) && this.#live());
    // `close` follows every error; the first reason is the one that says something.
    socket.on('error', (error) => this.#isCurrent(socket) && this.#lose(reasonOf(error), error));
    socket.on('close', (code) => this.#isCurrent(socket) && this.#lose(`the exchange closed the connection (${code})`));
  }

  #isCurrent(socket: WebSocket): boolean {
    return this.#isRunning && this.#socket === socket;
  }

  #open(socket: WebSocket): void {
    const { wall, listener, reader, symbols } = this.#settings;
    this.#openedAtMs = wall.nowMs();
    this.#frameAtMs = this.#openedAtMs;
    this.#priceAtMs = this.#openedAtMs;
    this.#pingAtMs = this.#openedAtMs;
    this.#framesInWatch = 0;
    listener.onOpen();
    this.#sendNext(socket, reader.subscribe(symbols), 0);
    this.#after(this.#settings.rules.watchEveryMs, () => this.#watch(socket));
  }

  /** Subscribes message by message: exchanges bound how many they take in a second. */
  #sendNext(socket: WebSocket, messages: readonly string[], at: number): void {
    const message = messages[at];
    if (message === undefined) return;
    this.#send(socket, message);
    this.#after(this.#settings.rules.sendEveryMs, () => this.#sendNext(socket, messages, at + 1));
  }

  #send(socket: WebSocket, message: string): void {
    // A failed write closes the socket, and that is told.
    if (socket.readyState === WebSocket.OPEN) socket.send(message, () => undefined);
  }

  #live(): void {
    this.#frameAtMs = this.#settings.wall.nowMs();
  }

  #hear(data: RawData, isBinary: boolean): void {
    const { reader, listener } = this.#settings;
    this.#live();
    this.#framesInWatch += 1;
    listener.onFrame();
    if (isBinary || !Buffer.isBuffer(data)) {
      listener.onRefusedFrame('binary', 'is not text');
      return;
    }
    try {
      const reading = reader.read(data.toString('utf8'));
      if (reading.kind === 'error') listener.onError(reading.message.slice(0, MESSAGE_MAX));
      if (reading.kind !== 'prices') return;
      this.#priceAtMs = this.#frameAtMs;
      for (const observation of reading.observations) listener.onObservation(observation);
    } catch (error) {
      if (!(error instanceof FrameFault)) throw error;
      listener.onRefusedFrame('malformed', error.message);
    }
  }

  #watch(socket: WebSocket): void {
    const { rules, wall } = this.#settings;
    const nowMs = wall.nowMs();
    const trouble = this.#findTrouble(nowMs);
    this.#framesInWatch = 0;
    if (trouble !== null) {
      this.#lose(trouble);
      return;
    }
    if (nowMs - this.#openedAtMs >= rules.goodAfterMs) this.#failures = 0;
    if (nowMs - this.#pingAtMs >= rules.pingEveryMs) this.#ping(socket, nowMs);
    this.#after(rules.watchEveryMs, () => this.#watch(socket));
  }

  #findTrouble(nowMs: number): string | null {
    const { framesPerSecondMax, watchEveryMs, silenceMsMax, priceSilenceMsMax } = this.#settings.rules;
    if (this.#framesInWatch > (framesPerSecondMax * watchEveryMs) / 1_000) return `${this.#framesInWatch} frames in ${watchEveryMs} ms`;
    if (nowMs - this.#frameAtMs > silenceMsMax) return `nothing was heard for ${nowMs - this.#frameAtMs} ms`;
    return nowMs - this.#priceAtMs > priceSilenceMsMax ? `no price was heard for ${nowMs - this.#priceAtMs} ms` : null;
  }

  #ping(socket: WebSocket, nowMs: number): void {
    const { ping } = this.#settings.reader;
    this.#pingAtMs = nowMs;
    if (ping !== null) this.#send(socket, ping);
    else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }

  #lose(reason: string, error?: Error): void {
    const { rules, wall, listener } = this.#settings;
    if (error !== undefined && 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
      listener.onRefusedFrame('tooLarge', `has more than ${rules.frameBytesMax} bytes`);
    this.#cancelAll();
    this.#drop();
    this.#failures += 1;
    const waitMs = Math.round(backoffMs(rules, this.#failures, wall.random()));
    listener.onLost(reason, waitMs);
    this.#after(waitMs, () => this.#connect());
  }

  /** Lets go of the socket at once: what is half open would never say goodbye. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.removeAllListeners();
    // A socket that was still connecting says so once more.
    socket.on('error', () => undefined);
    socket.terminate();
  }

  #after(ms: number, call: () => void): void {
    const cancel = this.#settings.wall.after(ms, () => {
      this.#cancels.delete(cancel);
      call();
    });
    this.#cancels.add(cancel);
  }

  #cancelAll(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}

function reasonOf(error: Error): string {
  return error.message === '' ? error.name : error.message.slice(0, MESSAGE_MAX);
}
