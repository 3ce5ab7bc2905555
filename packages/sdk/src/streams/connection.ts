/** One socket at a time, kept alive: opens it, notices when it is dead, opens the next. Knows frames, not streams. */
import type { Client } from '../client.ts';
import { NetworkFault, StreamFault, wordsOf } from '../faults.ts';
import { backoffMs } from '../retry.ts';
import { readFrame, type ServerFrame } from './frame.ts';
import type { SocketLike } from './socket.ts';

/** Life of a stream connection. */
export type StreamState = 'connecting' | 'open' | 'waiting' | 'closed';

/** What the owner of a connection is told. */
export type ConnectionEvents = {
  readonly onOpen: () => void;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onState: (state: StreamState, reason: string) => void;
};

/** Bounds of a connection in milliseconds. */
export type ConnectionRules = {
  /** Quiet time after which the venue is asked whether it is still there. */
  readonly pingAfterMs: number;
  /** Quiet time after which the connection counts as dead. */
  readonly deadAfterMs: number;
  /** How long opening, and the answer to a request, may take. */
  readonly answerMs: number;
};

/** What is used unless told otherwise. */
export const CONNECTION_RULES: ConnectionRules = { pingAfterMs: 10_000, deadAfterMs: 25_000, answerMs: 10_000 };

type Waiting = { readonly resolve: () => void; readonly reject: (error: Error) => void; readonly timer: ReturnType<typeof setTimeout> };

/** A connection that comes back. */
export class Connection {
  readonly #client: Client;
  readonly #events: ConnectionEvents;
  readonly #rules: ConnectionRules;
  readonly #waiting = new Map<number, Waiting>();
  #socket: SocketLike | null = null;
  #state: StreamState = 'waiting';
  #failures = 0;
  #lastId = 0;
  #heardAtMs = 0;
  #isPinged = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: Client, events: ConnectionEvents, rules: ConnectionRules) {
    this.#client = client;
    this.#events = events;
    this.#rules = rules;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Opens the socket. Later ones follow by themselves. */
  open(): void {
    if (this.#socket !== null || this.#state === 'closed') return;
    this.#setState('connecting', '');
    const socket = this.#client.webSocket(this.#client.url.replace(/^http/, 'ws'));
    this.#socket = socket;
    this.#arm(this.#rules.answerMs, () => this.#drop(socket, `it did not open within ${this.#rules.answerMs} ms`));
    socket.addEventListener('open', () => this.#opened(socket));
    socket.addEventListener('message', ({ data }) => this.#heard(socket, data));
    // The close that follows says the rest.
    socket.addEventListener('error', () => this.#drop(socket, 'it failed'));
    socket.addEventListener('close', ({ code, reason }) =>
      this.#drop(socket, `it was closed (${code ?? 'no code'}${reason ? ` ${reason}` : ''})`),
    );
  }

  /**
   * Sends a request and waits until it is acknowledged.
   *
   * @throws StreamFault when it is refused, NetworkFault when the connection breaks or nothing is answered
   */
  request(frame: object): Promise<void> {
    const socket = this.#socket;
    if (socket === null || this.#state !== 'open')
      return Promise.reject(new NetworkFault(`There is no connection to ${this.#client.url}.`));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const late = new NetworkFault(`${this.#client.url} did not answer a request within ${this.#rules.answerMs} ms.`);
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(late);
      }, this.#rules.answerMs);
      this.#waiting.set(id, { resolve, reject, timer });
      socket.send(JSON.stringify({ ...frame, id }));
    });
  }

  /** Gives the socket up and opens another one. */
  restart(reason: string): void {
    if (this.#socket !== null) this.#drop(this.#socket, reason);
  }

  /** Ends the connection for good. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#setState('closed', 'it was closed here');
    this.#disarm();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#failWaiting('it was closed here');
  }

  #opened(socket: SocketLike): void {
    if (socket !== this.#socket) return;
    this.#heardAtMs = this.#client.stamps.localMs();
    this.#isPinged = false;
    this.#setState('open', '');
    this.#watch(socket);
    this.#events.onOpen();
  }

  #heard(socket: SocketLike, data: unknown): void {
    if (socket !== this.#socket || typeof data !== 'string') return;
    this.#heardAtMs = this.#client.stamps.localMs();
    this.#isPinged = false;
    this.#failures = 0;
    const frame = readFrame(data);
    if (frame.kind === 'answer')
      this.#answered(frame.id, frame.error === null ? null : new StreamFault(frame.error.code, frame.error.message));
    else this.#events.onFrame(frame);
  }

  #answered(id: number, error: StreamFault | null): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (error === null) waiting.resolve();
    else waiting.reject(error);
  }

  /** Looks now and then whether the venue was heard lately. */
  #watch(socket: SocketLike): void {
    const { pingAfterMs, deadAfterMs } = this.#rules;
    this.#arm(Math.ceil(pingAfterMs / 4), () => {
      if (socket !== this.#socket) return;
      const quietMs = this.#client.stamps.localMs() - this.#heardAtMs;
      if (quietMs >= deadAfterMs) return this.#drop(socket, `nothing was heard for ${quietMs} ms`);
      if (quietMs >= pingAfterMs && !this.#isPinged) {
        this.#isPinged = true;
        this.#lastId += 1;
        socket.send(JSON.stringify({ method: 'PING', id: this.#lastId }));
      }
      this.#watch(socket);
    });
  }

  #drop(socket: SocketLike, reason: string): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    closeQuietly(socket);
    this.#failWaiting(reason);
    this.#setState('waiting', reason);
    this.#arm(backoffMs(this.#failures), () => this.#reopen());
    this.#failures += 1;
  }

  #reopen(): void {
    try {
      this.open();
    } catch (error) {
      // An address that no socket can be made for; told, and tried again like any other failure.
      this.#setState('waiting', wordsOf(error));
      this.#arm(backoffMs(this.#failures), () => this.#reopen());
      this.#failures += 1;
    }
  }

  #failWaiting(reason: string): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new NetworkFault(`The connection to ${this.#client.url} broke: ${reason}.`));
    }
    this.#waiting.clear();
  }

  #setState(state: StreamState, reason: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#events.onState(state, reason);
  }

  #arm(delayMs: number, act: () => void): void {
    this.#disarm();
    this.#timer = setTimeout(act, delayMs);
  }

  #disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** Some sockets refuse to be closed while they open: they are forgotten either way. */
function closeQuietly(socket: SocketLike): void {
  try {
    socket.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}
