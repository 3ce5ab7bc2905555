/** An exchange on the loopback interface: takes subscriptions, says what a test wants, and can be cut off. */
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const POLL_MS = 5;
const WAIT_MS_MAX = 30_000;

/** One server. */
export class StreamServer {
  readonly #server: WebSocketServer;
  /** What clients sent, in order, of all connections. */
  readonly received: string[] = [];
  /** Connections that were ever opened. */
  connections = 0;
  /** Called with every new connection. */
  onConnection: (socket: WebSocket) => void = () => undefined;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.connections += 1;
      socket.on('message', (data) => this.received.push(String(data)));
      socket.on('error', () => undefined);
      this.onConnection(socket);
    });
  }

  /** Listens on a port that the system chooses, of this machine only. */
  static async listen(): Promise<StreamServer> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, autoPong: false });
    await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
    return new StreamServer(server);
  }

  get url(): string {
    const address = this.#server.address();
    return `ws://127.0.0.1:${isAddress(address) ? address.port : 0}/`;
  }

  /** Sockets that are open now. */
  get open(): number {
    return this.#server.clients.size;
  }

  /** Says something to everybody. */
  say(...frames: readonly (string | Uint8Array)[]): void {
    for (const socket of this.#server.clients) for (const frame of frames) socket.send(frame);
  }

  /** Cuts every connection without a goodbye. */
  cut(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

/** Waits until something holds. @throws Error after half a minute, with what was waited for */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const untilMs = performance.now() + WAIT_MS_MAX;
  while (!holds()) {
    if (performance.now() > untilMs) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
