/** A proxy between a client's stream connection and the venue that loses frames and cuts connections when told. */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** A proxy that listens on a free local port. */
export class LossyProxy {
  /** Decides which frames of the venue never arrive. */
  isLost: (text: string) => boolean = () => false;
  lostFrames = 0;
  connections = 0;
  readonly #server: WebSocketServer;

  private constructor(server: WebSocketServer, upstreamUrl: string) {
    this.#server = server;
    server.on('connection', (socket) => this.#join(socket, new WebSocket(upstreamUrl)));
  }

  /** @param upstreamUrl address of the venue, `ws:` */
  static async start(upstreamUrl: string): Promise<LossyProxy> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise<void>((resolve) => server.once('listening', resolve));
    return new LossyProxy(server, upstreamUrl);
  }

  get url(): string {
    const address = this.#server.address();
    if (!isAddress(address)) throw new Error('the proxy does not listen');
    return `ws://127.0.0.1:${address.port}/`;
  }

  /** Cuts every connection, without a word. */
  cut(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(client: WebSocket, venue: WebSocket): void {
    this.connections += 1;
    const early: string[] = [];
    client.on('message', (data) => {
      if (venue.readyState === WebSocket.OPEN) venue.send(String(data));
      else early.push(String(data));
    });
    venue.on('open', () => {
      for (const text of early) venue.send(text);
    });
    venue.on('message', (data) => {
      const text = String(data);
      if (this.isLost(text)) this.lostFrames += 1;
      else if (client.readyState === WebSocket.OPEN) client.send(text);
    });
    client.on('close', () => venue.terminate());
    venue.on('close', () => client.terminate());
    for (const socket of [client, venue]) socket.on('error', () => socket.terminate());
  }
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
