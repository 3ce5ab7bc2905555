/** A client of the streams that keeps what it was sent, for tests. */
import { WebSocket } from 'ws';
import { z } from 'zod';

const WAIT_MS = 30_000;
const Message = z.object({
  stream: z.string().optional(),
  data: z.record(z.string(), z.unknown()).default({}),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  result: z.null().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});
/** A frame of the server. */
export type StreamMessage = z.infer<typeof Message>;

/** One socket. */
export class StreamClient {
  readonly socket: WebSocket;
  readonly messages: StreamMessage[] = [];
  /** Code and reason of its end. */
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly #listeners = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.messages.push(Message.parse(JSON.parse(String(data))));
      this.#tell();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString('utf8') };
      this.#tell();
    });
    socket.on('error', () => this.#tell());
  }

  static async open(url: string, options: object = {}): Promise<StreamClient> {
    const client = new StreamClient(new WebSocket(url, options));
    await new Promise<void>((resolve, reject) => {
      client.socket.once('open', resolve);
      client.socket.once('error', reject);
    });
    return client;
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Subscribes and waits for the acknowledgement. */
  async subscribe(params: readonly string[], more: object = {}): Promise<void> {
    const id = `s${this.messages.length}-${Math.floor(performance.now() * 1e3)}`;
    this.send({ method: 'SUBSCRIBE', params, id, ...more });
    await this.until(() => this.messages.some((message) => message.id === id), `the answer to ${params.join(', ')}`);
    const answer = this.messages.find((message) => message.id === id);
    if (answer?.error !== undefined) throw new Error(`${answer.error.code} ${answer.error.message}`);
  }

  /** Payloads of a stream, in order. */
  of(stream: string): Record<string, unknown>[] {
    return this.messages.filter((message) => message.stream === stream).map(({ data }) => data);
  }

  /** Errors, in order. */
  errors(): { code: number; message: string }[] {
    return this.messages.flatMap(({ error }) => (error === undefined ? [] : [error]));
  }

  /** Waits until something holds, at most 30 s. */
  async until(holds: () => boolean, what: string, withinMs: number = WAIT_MS): Promise<void> {
    const untilMs = performance.now() + withinMs;
    while (!holds()) {
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0) throw new Error(`waited ${withinMs} ms for ${what}; got ${JSON.stringify(this.messages.slice(-5))}`);
      await this.#change(Math.min(leftMs, 20));
    }
  }

  /** Waits for so many payloads of a stream. */
  async take(stream: string, count: number): Promise<Record<string, unknown>[]> {
    await this.until(() => this.of(stream).length >= count, `${count} frames of ${stream}`);
    return this.of(stream);
  }

  /** Waits until all that was asked before is answered. */
  async settle(): Promise<void> {
    const id = `p${this.messages.length}-${Math.floor(performance.now() * 1e3)}`;
    this.send({ method: 'PING', id });
    await this.until(() => this.messages.some((message) => message.id === id), 'the answer to a ping');
  }

  close(): void {
    this.socket.terminate();
  }

  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#listeners.add(done);
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
