/** One socket: what it listens to, what waits to be written to it, and whether it lives. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { KeyRecord } from '../auth/key-directory.ts';
import type { Channel, Subscriber } from './channel.ts';
import type { Flushable, FlushSchedule } from './flush-schedule.ts';
import type { WsMetrics } from './ws-metrics.ts';
import type { WsRules } from './ws-rules.ts';

/** Codes of Close frames. */
export const CLOSE_CODES = { goingAway: 1001, unsupportedData: 1003, policy: 1008, internalError: 1011, tryAgainLater: 1013 } as const;

/** Why the server closed a socket, for its counters. */
export type CloseReason = 'binary' | 'fault' | 'flood' | 'shutdown' | 'silent' | 'slow' | 'memory';

/** What a connection is made of. */
export type ConnectionParts = {
  readonly socket: WebSocket;
  /** The stream below: corked while frames are written, so that they leave together. */
  readonly raw: Duplex;
  readonly address: string;
  readonly rules: WsRules;
  readonly schedule: FlushSchedule;
  readonly metrics: WsMetrics;
};

const OPEN = 1;
const SLOW_GRACE_MS = 2_000;
let nextId = 1;

/** One socket of a client. Everything it holds is bounded. */
export class Connection implements Subscriber, Flushable {
  /** Distinguishes it from others of this process. */
  readonly id: string;
  readonly address: string;
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  readonly #rules: WsRules;
  readonly #schedule: FlushSchedule;
  readonly #metrics: WsMetrics;
  readonly #channels = new Map<string, Channel>();
  /** Latest frames of conflated streams while the client is slow. */
  readonly #conflated = new Map<Channel, Buffer>();
  #queue: Buffer[] = [];
  #isSlow = false;
  #pingedAtMs: number;
  /** When the oldest ping without a pong was sent; null when all were answered. */
  #unansweredSinceMs: number | null = null;
  #closingAtMs = 0;
  #graceMs: number;
  /** Whose private streams it carries; null before the first. */
  owner: KeyRecord | null = null;
  /** Frames refused because they were too many. */
  refusedFrames = 0;

  constructor({ socket, raw, address, rules, schedule, metrics }: ConnectionParts) {
    this.id = String(nextId++);
    this.#socket = socket;
    this.#raw = raw;
    this.address = address;
    this.#rules = rules;
    this.#schedule = schedule;
    this.#metrics = metrics;
    this.#pingedAtMs = performance.now();
    this.#graceMs = rules.closeGraceMs;
    socket.on('pong', () => {
      this.#unansweredSinceMs = null;
    });
    raw.on('drain', () => schedule.add(this));
  }

  get isOpen(): boolean {
    return this.#socket.readyState === OPEN && this.#closingAtMs === 0;
  }

  get streamCount(): number {
    return this.#channels.size;
  }

  /** Bytes that the client has not taken yet. */
  get unreadBytes(): number {
    return this.#socket.bufferedAmount;
  }

  has(name: string): boolean {
    return this.#channels.has(name);
  }

  /** Starts a stream. */
  subscribe(channel: Channel): void {
    this.#channels.set(channel.name, channel);
    channel.add(this);
  }

  /** Ends a stream. */
  unsubscribe(name: string): void {
    const channel = this.#channels.get(name);
    if (channel === undefined) return;
    this.#channels.delete(name);
    this.#conflated.delete(channel);
    channel.delete(this);
  }

  /** Names of its streams. */
  names(): string[] {
    return [...this.#channels.keys()];
  }

  enqueue(frame: Buffer, channel: Channel): void {
    if (this.#isSlow && channel.isConflated) this.#conflated.set(channel, frame);
    else this.#queue.push(frame);
    this.#schedule.add(this);
  }

  /** Sends a frame of its own, such as an acknowledgement. */
  sendOwn(frame: Buffer): void {
    this.#queue.push(frame);
    this.#schedule.add(this);
  }

  flush(): void {
    if (!this.isOpen) {
      this.#dropQueue();
      return;
    }
    if (this.unreadBytes > this.#rules.unreadBytesMax) {
      this.closeFor('slow', CLOSE_CODES.policy, `more than ${this.#rules.unreadBytesMax} bytes unread`);
      return;
    }
    this.#raw.cork();
    const frames = this.#queue;
    this.#queue = [];
    for (const frame of frames) this.#write(frame);
    this.#isSlow = this.unreadBytes > this.#rules.slowBytes;
    if (!this.#isSlow) this.#writeConflated();
    this.#raw.uncork();
  }

  /** Pings when it is time, and gives up what does not answer. */
  sweep(nowMs: number): void {
    const { pingEveryMs, pongWithinMs } = this.#rules;
    if (this.#closingAtMs > 0) {
      if (nowMs - this.#closingAtMs > this.#graceMs) this.#socket.terminate();
      return;
    }
    if (this.#unansweredSinceMs !== null && nowMs - this.#unansweredSinceMs > pongWithinMs) {
      this.closeFor('silent', CLOSE_CODES.policy, `no pong within ${pongWithinMs / 1_000} s`);
      this.#socket.terminate();
    } else if (nowMs - this.#pingedAtMs >= pingEveryMs) {
      this.#pingedAtMs = nowMs;
      this.#unansweredSinceMs ??= nowMs;
      this.#socket.ping();
    }
    if (this.unreadBytes > this.#rules.unreadBytesMax) this.#schedule.add(this);
  }

  /** Sends a Close frame; a client that does not answer it is cut off after the grace. */
  closeFor(reason: CloseReason, code: number, text: string): void {
    if (!this.isOpen) return;
    this.#metrics.closed.inc({ reason });
    this.#closingAtMs = performance.now();
    this.release();
    // What a slow client left unread stays in memory only shortly: long enough for one that wakes up to read why.
    if (reason === 'slow' || reason === 'memory') this.#graceMs = Math.min(this.#graceMs, SLOW_GRACE_MS);
    this.#socket.close(code, text);
  }

  /** Cuts the socket off. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** Takes it off all streams. */
  release(): void {
    for (const channel of this.#channels.values()) channel.delete(this);
    this.#channels.clear();
    this.#dropQueue();
  }

  #dropQueue(): void {
    this.#queue = [];
    this.#conflated.clear();
  }

  #writeConflated(): void {
    for (const frame of this.#conflated.values()) this.#write(frame);
    this.#conflated.clear();
  }

  #write(frame: Buffer): void {
    this.#metrics.framesSent.inc();
    this.#socket.send(frame, { binary: false, compress: frame.length >= this.#rules.compressedBytesMin });
  }
}
