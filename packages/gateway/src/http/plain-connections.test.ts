import { connect, type Socket } from 'node:net';
import { signRequest } from '@mochila/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, ORDER, signOrder, TestGateway, trader } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start();
});
afterAll(() => gateway.stop());

function rawOrder(clientId: number, more: Record<string, string> = {}): string {
  const body = { ...ORDER, clientId };
  const text = JSON.stringify(body);
  const signed = signRequest(trader, { instruction: 'orderExecute', body, timestampMs: NOW });
  const all = { Host: 'x', 'Content-Type': 'application/json', 'Content-Length': String(text.length), ...signed, ...more };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /api/v1/order HTTP/1.1\r\n${lines.join('')}\r\n${text}`;
}

/** Opens a connection that collects what comes. */
function open(port = gateway.port): Promise<{ socket: Socket; said: () => string; closed: Promise<void> }> {
  return new Promise((resolve, reject) => {
    let text = '';
    // The test may close before the gateway does, or after.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => resolve({ socket, said: () => text, closed }));
    const closed = new Promise<void>((end) => socket.once('close', () => end()));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
    socket.on('end', () => socket.end());
    socket.on('error', reject);
  });
}

const statusesIn = (text: string): string[] => text.match(/HTTP\/1\.1 \d+/g) ?? [];

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a connection of plain requests', () => {
  it('stays open, tells how long, and takes the next request', async () => {
    const { socket, said, closed } = await open();
    socket.write(rawOrder(1));
    await until(() => said().endsWith('}'));
    expect(said()).toContain('\r\nConnection: keep-alive\r\nKeep-Alive: timeout=75\r\n\r\n{');
    expect(said()).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/);
    socket.end(rawOrder(2));
    await closed;
    expect(statusesIn(said())).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  });

  it('answers a client that says no more and still listens', async () => {
    const { socket, said, closed } = await open();
    socket.end(rawOrder(1) + rawOrder(2));
    await closed;
    expect(statusesIn(said())).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  });

  it('answers many requests at once, in their order', async () => {
    const { socket, said, closed } = await open();
    const count = 150;
    const unsigned = rawOrder(0, { 'X-API-Key': 'x' });
    socket.end(Array.from({ length: count }, (_, at) => (at % 3 === 1 ? unsigned : rawOrder(at))).join(''));
    await closed;
    expect(statusesIn(said())).toEqual(Array.from({ length: count }, (_, at) => (at % 3 === 1 ? 'HTTP/1.1 401' : 'HTTP/1.1 200')));
  });

  it('writes letters beyond ASCII as UTF-8, and their length in bytes', async () => {
    const { socket, said, closed } = await open();
    const body = JSON.stringify({ ...ORDER, symbol: 'ä€' });
    const bytes = Buffer.from(rawOrder(1, { 'Content-Length': String(Buffer.byteLength(body)) }).replace(/\{.*/, body));
    socket.end(Buffer.concat([bytes, Buffer.from(rawOrder(2))]));
    await closed;
    const [, first = ''] = said().split(/\r\n\r\n|HTTP\/1\.1 200/);
    expect(first).toContain('ä€');
    expect(said()).toContain(`Content-Length: ${Buffer.byteLength(first)}\r\n`);
    expect(statusesIn(said())).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200']);
  });

  it.each([
    ['first', [false, true]],
    ['behind others', [true, true, false, true]],
    ['last', [true, false]],
  ])('refuses JSON that is broken, %s, and answers what is asked behind it, like the framework', async (_where, areWhole) => {
    const bytes = areWhole.map((isWhole, at) => (isWhole ? rawOrder(at) : rawOrder(at).replace('{', '[')));
    const unusual = bytes.map((request) => request.replace('X-API-Key', 'X-Other: 1\r\nX-API-Key').replace('order HTTP', 'order? HTTP'));
    for (const requests of [bytes, unusual]) {
      const { socket, said, closed } = await open();
      socket.end(requests.join(''));
      await closed;
      expect(statusesIn(said())).toEqual(areWhole.map((isWhole) => `HTTP/1.1 ${isWhole ? 200 : 400}`));
      expect(said()).toContain('"code":"INVALID_CLIENT_REQUEST"');
    }
  });

  it.each<[string, string, RegExp]>([
    ['two lengths', rawOrder(1).replace('Content-Length', 'Content-Length: 1\r\nContent-Length'), /^HTTP\/1\.1 400 /],
    ['a length and chunks', rawOrder(1, { 'Transfer-Encoding': 'chunked' }), /^HTTP\/1\.1 400 /],
    ['a folded header', rawOrder(1, { 'X-Window': '1\r\n 2' }), /^HTTP\/1\.1 400 /],
    ['a lone LF', rawOrder(1, { Accept: 'a\nX-Window: 1' }), /^HTTP\/1\.1 400 /],
    ['a flood of headers', rawOrder(1, { 'X-Flood': 'x'.repeat(40_000) }), /^HTTP\/1\.1 431 /],
    ['a body that never ends', rawOrder(1, { 'Content-Length': '9'.repeat(20) }), /^HTTP\/1\.1 4(00|13) /],
  ])('refuses %s as Node does, first or behind another', async (_what, bytes, refusal) => {
    for (const before of ['', rawOrder(7)]) {
      const { socket, said, closed } = await open();
      socket.write(before + bytes);
      await closed;
      const answers = said().split(/(?=HTTP\/1\.1 )/);
      expect(answers).toHaveLength(before === '' ? 1 : 2);
      expect(answers.at(-1)).toMatch(refusal);
    }
  });

  it('ends when nothing comes, with or without a first request', async () => {
    const hasty = await TestGateway.start({ http: { headersTimeoutMs: 200 } });
    const brief = await TestGateway.start({ http: { idleTimeoutMs: 100 } });
    const [silent, idle] = await Promise.all([open(hasty.port), open(brief.port)]);
    idle.socket.write(rawOrder(1));
    await Promise.all([silent.closed, idle.closed]);
    expect(silent.said()).toMatch(/^HTTP\/1\.1 408 /);
    expect(statusesIn(idle.said())).toEqual(['HTTP/1.1 200']);
    for (const one of [hasty, brief]) await one.stop();
  });

  it('is closed with the gateway when nothing is asked', async () => {
    const small = await TestGateway.start();
    const [silent, busy] = await Promise.all([open(small.port), open(small.port)]);
    busy.socket.write(rawOrder(1));
    await until(() => busy.said().endsWith('}'));
    await small.stop();
    await Promise.all([silent.closed, busy.closed]);
  });

  it('is read no further while its client does not read', async () => {
    const { socket, closed } = await open();
    socket.pause();
    const bytes = Buffer.from(rawOrder(1, { 'X-API-Key': 'x'.repeat(200) }).repeat(100));
    const before = socket.bytesWritten;
    // The gateway stops reading, the buffers of both sides fill, and what is written stays here.
    for (let sent = 0; sent < 64_000_000 && socket.writableLength < 2_000_000; sent += bytes.length) {
      socket.write(bytes);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(socket.writableLength).toBeGreaterThanOrEqual(2_000_000);
    expect(socket.bytesWritten).toBeGreaterThan(before);
    expect((await gateway.place(trader)).status).toBe(200);
    socket.destroy();
    await closed;
  });

  it('does not count what a client that left had asked', async () => {
    const { socket } = await open();
    socket.write(rawOrder(1) + rawOrder(2));
    socket.destroy();
    expect((await gateway.send('POST', '/api/v1/order', ORDER, signOrder())).status).toBe(200);
  });
});
