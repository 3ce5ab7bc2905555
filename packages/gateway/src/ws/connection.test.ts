import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';
import { Channel } from './channel.ts';
import { Connection } from './connection.ts';
import { FlushSchedule } from './flush-schedule.ts';
import { createWsMetrics } from './ws-metrics.ts';
import { WS_RULES_DEFAULT } from './ws-rules.ts';

const PATIENCE_MS = 45_000;

let server: Server;
let sockets: WebSocketServer;
beforeAll(async () => {
  server = createServer();
  sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  sockets.close();
  server.close();
});

/** A connection, the socket that it writes to, and the client at its other end. */
type Pair = { readonly connection: Connection; readonly socket: WebSocket; readonly client: WebSocket };

async function pair(slowBytes: number, options: ClientOptions = {}): Promise<Pair> {
  const address = server.address();
  const { port }: Pick<AddressInfo, 'port'> = typeof address === 'object' && address !== null ? address : { port: 0 };
  const connected = new Promise<Omit<Pair, 'client'>>((resolve) => {
    server.once('upgrade', (request, raw, head) => {
      sockets.handleUpgrade(request, raw, head, (socket) => {
        const rules = { ...WS_RULES_DEFAULT, slowBytes, unreadBytesMax: 1_000_000_000 };
        const metrics = createWsMetrics(new Registry());
        resolve({ connection: new Connection({ socket, raw, address: 'test', rules, schedule: new FlushSchedule(), metrics }), socket });
      });
    });
  });
  const client = new WebSocket(`ws://127.0.0.1:${port}`, options);
  await new Promise((resolve) => client.once('open', resolve));
  return { ...(await connected), client };
}

describe('a client that is pinged', () => {
  it('stays for as long as it answers, and is closed once it has not for too long', async () => {
    const { pingEveryMs, pongWithinMs } = WS_RULES_DEFAULT;
    const alive = await pair(100_000);
    const silent = await pair(100_000, { autoPong: false });
    // Whole, so that the sums below are exact.
    const pingedAtMs = Math.ceil(performance.now()) + pingEveryMs;
    const answered = once(alive.socket, 'pong');
    for (const { connection } of [alive, silent]) connection.sweep(pingedAtMs);
    await answered;
    for (const { connection } of [alive, silent]) connection.sweep(pingedAtMs + pongWithinMs);
    expect(silent.connection.isOpen).toBe(true);
    const closed = once(silent.client, 'close');
    for (const { connection } of [alive, silent]) connection.sweep(pingedAtMs + pongWithinMs + 1);
    expect([alive.connection.isOpen, silent.connection.isOpen]).toEqual([true, false]);
    await closed;
    alive.client.terminate();
    alive.connection.terminate();
  });
});

describe('a slow reader', () => {
  it('gets every frame of a stream, and of a conflated one the last when it has caught up', async () => {
    const { connection, client } = await pair(100_000);
    const every = new Channel('every');
    const latest = new Channel('latest', { isConflated: true });
    connection.subscribe(every);
    connection.subscribe(latest);
    const got: { stream: string; data: { at: number } }[] = [];
    client.on('message', (data) => got.push(JSON.parse(String(data))));
    client.pause();
    const padding = 'x'.repeat(100_000);
    const rounds = 300;
    for (let at = 0; at < rounds; at += 1) {
      every.publish({ at, padding });
      latest.publish({ at });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connection.unreadBytes).toBeGreaterThan(100_000);
    client.resume();
    await expect.poll(() => got.filter(({ stream }) => stream === 'every').length, { timeout: PATIENCE_MS }).toBe(rounds);
    await expect.poll(() => got.findLast(({ stream }) => stream === 'latest')?.data.at, { timeout: PATIENCE_MS }).toBe(rounds - 1);
    expect(got.filter(({ stream }) => stream === 'latest').length).toBeLessThan(rounds);
    expect(got.filter(({ stream }) => stream === 'every').map(({ data }) => data.at)).toEqual(
      Array.from({ length: rounds }, (_, at) => at),
    );
    client.terminate();
    connection.terminate();
  });
});
