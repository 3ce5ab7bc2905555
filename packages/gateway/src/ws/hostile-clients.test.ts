import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Side } from '@mochila/protocol';
import type { TestPerson } from '@mochila/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { StreamClient } from '../testing/stream-client.ts';
import { StreamGateway, type StreamGatewayOptions } from '../testing/stream-gateway.ts';

const PERP = 'SOL_USDC_PERP';
const TALK_MS = 30_000;

let gateway: StreamGateway | null = null;
const clients: StreamClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await gateway?.stop();
  gateway = null;
});

async function start(rules: StreamGatewayOptions['rules'] = {}): Promise<StreamGateway> {
  gateway = await StreamGateway.start({ rules });
  return gateway;
}

async function open(venue: StreamGateway, options: object = {}): Promise<StreamClient> {
  const client = await StreamClient.open(venue.wsUrl, options);
  clients.push(client);
  return client;
}

async function quoteMany(venue: StreamGateway, person: TestPerson, count: number, ticksBase = 14_000): Promise<void> {
  const market = venue.venue.market(PERP);
  for (let round = 0; round < count; round += 1) {
    await venue.venue.place(person, { market: PERP, side: Side.Bid, lots: 1, ticks: ticksBase + (round % 200) });
    if (round % 100 === 99) await venue.venue.as(person, 'cancelAllOrders', { market });
    // The engine of a test answers without waiting: sockets need their turn too.
    if (round % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('hostile clients', () => {
  it('10,000 names on one socket are bounded, and others are served as fast as before', async () => {
    const venue = await start({ streamsMax: 50 });
    const person = await venue.venue.person();
    const quiet = await open(venue);
    await quiet.subscribe([`depth.${PERP}`]);
    const greedy = await open(venue);
    const kinds = ['1s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w', '1month'];
    const good = venue.venue.genesis.markets.flatMap(({ symbol }) => kinds.map((kind) => `kline.${kind}.${symbol}`));
    const names = Array.from({ length: 10_000 }, (_, at) => good[at] ?? `trade.NO_SUCH_${at}`);
    for (let from = 0; from < names.length; from += 1_000) greedy.send({ method: 'SUBSCRIBE', params: names.slice(from, from + 1_000) });
    const before = process.cpuUsage();
    await venue.venue.place(person, { market: PERP, side: Side.Bid, lots: 1, ticks: 14_000 });
    await quiet.take(`depth.${PERP}`, 1);
    // Work, not time: a machine that is busy with others makes nobody wait for the greedy one.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
    await greedy.settle();
    expect(greedy.errors().some(({ code, message }) => code === 4009 && message.includes('one socket carries 50'))).toBe(true);
    expect(greedy.errors().length).toBeLessThanOrEqual(100);
    expect(greedy.errors().at(-1)?.message).toContain('more names were refused');
  });

  it('a client that never reads is closed, and memory stays bounded', async () => {
    const unreadBytesMax = 1_000_000;
    const venue = await start({ unreadBytesMax, slowBytes: 16 * 1_024, frames: { capacity: 1_000_000, refillMs: 60_000 } });
    const person = await venue.venue.person();
    await quoteMany(venue, person, 99);
    const deaf = await open(venue, { perMessageDeflate: false });
    await deaf.subscribe([`depth.${PERP}`, `bookTicker.${PERP}`]);
    const quiet = await open(venue);
    await quiet.subscribe([`bookTicker.${PERP}`]);
    deaf.socket.pause();
    // The kernel takes megabytes before anything waits here: whole books are large and quick to make.
    const frame = JSON.stringify({ method: 'SUBSCRIBE', params: [`depth.${PERP}`], snapshot: true });
    for (let round = 0; round < 2_000 && venue.ws.size > 1; round += 1) {
      for (let asked = 0; asked < 50; asked += 1) deaf.socket.send(frame);
      await quoteMany(venue, person, 10, 14_100 + (round % 50));
    }
    await quiet.until(() => venue.ws.size === 1, 'the end of the deaf client');
    expect(await venue.registry.getSingleMetricAsString('mochila_ws_closed_total')).toContain('reason="slow"} 1');
    await quiet.settle();
    expect(quiet.closed).toBeNull();
  }, 60_000);

  it('a flood of frames is refused, told now and then, and ended', async () => {
    const venue = await start({ frames: { capacity: 20, refillMs: 3_600_000 }, refusedFramesMax: 200 });
    const client = await open(venue);
    // One answer comes before the flood; those to the flood itself may be lost with the socket.
    client.send({ method: 'PING', id: 300 });
    await client.until(() => client.messages.length > 0, 'an answer before the flood');
    for (let round = 0; round < 300; round += 1) client.send({ method: 'PING', id: round });
    await client.until(() => client.closed !== null, 'the end of the flooder');
    expect(client.closed).toEqual({ code: 1008, reason: 'too many frames' });
    const answered = client.messages.filter(({ result }) => result === null).length;
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThanOrEqual(20);
    expect(client.errors().every(({ code }) => code === 4029)).toBe(true);
    expect(client.errors().length).toBeLessThanOrEqual(5);
    const other = await open(venue);
    await other.settle();
  });

  it.each([
    ['binary frames', (socket: WebSocket) => socket.send(Buffer.from([1, 2, 3])), 1003, 'frames are JSON text'],
    [
      'frames too large',
      (socket: WebSocket) => socket.send('x'.repeat(200_000)),
      1009,
      'at most 131072 bytes: name fewer streams in one frame',
    ],
  ])('%s end the socket with their code', async (_what, act, code, reason) => {
    const venue = await start();
    const client = await open(venue);
    act(client.socket);
    await client.until(() => client.closed !== null, 'the end');
    expect(client.closed).toEqual({ code, reason: expect.stringContaining(reason) });
  });

  it('a client that answers no ping is closed', async () => {
    const venue = await start({ pingEveryMs: 100, pongWithinMs: 300 });
    const silent = await open(venue, { autoPong: false });
    await silent.until(() => silent.closed !== null, 'the end of the silent client');
    await silent.until(() => venue.ws.size === 0, 'its place to be free');
  });

  it('a frame that never ends is cut off like silence', async () => {
    const venue = await start({ pingEveryMs: 100, pongWithinMs: 300 });
    const text = await talk(venue.port, (write) => {
      write(upgradeText('/'));
      // A masked text frame of 1,000 bytes of which one comes now and then.
      setTimeout(() => write(Buffer.from([0x81, 0xfe, 0x03, 0xe8, 0, 0, 0, 0])), 50);
    });
    expect(text).toContain('101 Switching Protocols');
    expect(venue.ws.size).toBe(0);
  });

  it('too many sockets of one address, other paths and odd handshakes are refused in words', async () => {
    const venue = await start({ connections: { total: 10, perAddress: 2 } });
    const first = await open(venue);
    await open(venue);
    await expect(open(venue)).rejects.toThrow('429');
    expect(await talk(venue.port, (write) => write(upgradeText('/elsewhere')))).toContain('WebSockets are opened at / or /ws');
    first.close();
    await first.until(() => venue.ws.size === 1, 'room');
    const odd = upgradeText('/').replace(/Sec-WebSocket-Key: .*\r\n/, 'Sec-WebSocket-Key: short\r\n');
    expect(await talk(venue.port, (write) => write(odd))).toMatch(
      /400[\s\S]*"code":"INVALID_CLIENT_REQUEST","message":"This is no WebSocket handshake: .*Sec-WebSocket-Key/,
    );
    await open(venue);
  });

  it('a stopping venue says goodbye and takes no more', async () => {
    const venue = await start();
    const client = await open(venue);
    const stopped = venue.ws.close();
    await client.until(() => client.closed !== null, 'goodbye');
    expect(client.closed?.code).toBe(1001);
    await stopped;
    expect(venue.ws.size).toBe(0);
  });

  it('a stopping venue waits neither for one who says no goodbye nor for one who was refused and holds on', async () => {
    const venue = await start({ finishMsMax: 200, closeGraceMs: 600_000 });
    const [silent, refused] = await Promise.all([hold(venue.port, upgradeText('/')), hold(venue.port, upgradeText('/elsewhere'))]);
    const startedMs = performance.now();
    await venue.stop();
    gateway = null;
    expect(performance.now() - startedMs).toBeLessThan(TALK_MS);
    for (const socket of [silent, refused]) socket.destroy();
  });

  it('compresses large frames for those who can, and leaves small ones as they are', async () => {
    const venue = await start();
    const person = await venue.venue.person();
    await quoteMany(venue, person, 90);
    const client = await open(venue);
    expect(client.socket.extensions).toContain('permessage-deflate');
    await client.subscribe([`depth.${PERP}`], { snapshot: true });
    expect(client.of(`depth.${PERP}`)[0]).toMatchObject({ snapshot: true });
    expect(client.of(`depth.${PERP}`)).toHaveLength(1);
  });
});

function upgradeText(path: string): string {
  const headers = [
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${'A'.repeat(22)}==`,
  ];
  return `GET ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`;
}

/** Says something, hears an answer, and neither says more nor closes. */
async function hold(port: number, text: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(text));
  socket.on('error', () => undefined);
  await once(socket, 'data');
  return socket;
}

/** Writes to a raw socket and reads until the server closes. */
function talk(port: number, act: (write: (data: string | Buffer) => void) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => act((data) => void socket.write(data)));
    const timer = setTimeout(() => reject(new Error('the server did not close')), TALK_MS);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}
