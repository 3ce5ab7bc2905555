import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Channel } from './channel.ts';
import { Connection } from './connection.ts';
import { FlushSchedule } from './flush-schedule.ts';
import { createWsMetrics } from './ws-metrics.ts';
import { WS_RULES_DEFAULT } from './ws-rules.ts';

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

/** A connection and the client at its other end. */
async function pair(slowBytes: number): Promise<{ connection: Connection; client: WebSocket }> {
  const address = server.address();
  const { port }: Pick<AddressInfo, 'port'> = typeof address === 'object' && address !== null ? address : { port: 0 };
  const connected = new Promise<Connection>((resolve) => {
    server.once('upgrade', (request, raw, head) => {
      sockets.handleUpgrade(request, raw, head, (socket) => {
        const rules = { ...WS_RULES_DEFAULT, slowBytes, unreadBytesMax: 1_000_000_000 };
        resolve(
          new Connection({ socket, raw, address: 'test', rules, schedule: new FlushSchedule(), metrics: createWsMetrics(new Registry()) }),
        );
      });
    });
  });
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve) => client.once('open', resolve));
  return { connection: await connected, client };
}

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
    await expect.poll(() => got.filter(({ stream }) => stream === 'every').length, { timeout: 10_000 }).toBe(rounds);
    await expect.poll(() => got.findLast(({ stream }) => stream === 'latest')?.data.at, { timeout: 5_000 }).toBe(rounds - 1);
    expect(got.filter(({ stream }) => stream === 'latest').length).toBeLessThan(rounds);
    expect(got.filter(({ stream }) => stream === 'every').map(({ data }) => data.at)).toEqual(
      Array.from({ length: rounds }, (_, at) => at),
    );
    client.terminate();
    connection.terminate();
  });
});
