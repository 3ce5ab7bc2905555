import { connect } from 'node:net';
import { signRequest } from '@mochila/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flooder, NOW, ORDER, reader, signOrder, TestGateway, trader } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start({ requests: { general: { capacity: 200, refillMs: 60_000, keysMax: 100 } } });
  await gateway.addReader();
});
afterAll(() => gateway.stop());

/** A type that means the same and is not the usual one: such requests go the framework's way. */
const OTHER_TYPE = 'application/json; v=1';
/** A header that changes nothing and is not usual: Node's parser reads such requests. */
const OTHER_HEADER = { 'x-other': '1' };
/** What differs between two answers that are alike. */
const CHANGING = ['date', 'ratelimit-remaining', 'ratelimit-reset', 'keep-alive'];

function facesOf(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !CHANGING.includes(name)));
}

function rawRequest(body: string, headers: Record<string, string> = signOrder()): string {
  const all = { Host: 'x', 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /api/v1/order HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** Writes pieces one after the other, each in its own turn, and reads until so many answers came. */
function converse(pieces: readonly string[], answers: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(gateway.port, '127.0.0.1', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((next) => setTimeout(next, 20));
      }
    });
    socket.setNoDelay(true);
    socket.setTimeout(30_000, () => reject(new Error(`the server said only: ${text}`)));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      if (text.split('HTTP/1.1 ').length - 1 >= answers && text.endsWith('}')) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

describe('the short way of orders', () => {
  it('refuses who asks too often once the request is whole, as the other ways of orders do', async () => {
    const small = await TestGateway.start({ requests: { address: { capacity: 1, refillMs: 3_600_000, keysMax: 10 } } });
    const socket = connect(small.port, '127.0.0.1');
    let said = '';
    const answers = (count: number): Promise<void> =>
      new Promise((resolve) => {
        socket.on('data', () => said.split('HTTP/1.1 ').length > count && resolve());
      });
    socket.on('data', (chunk) => {
      said += chunk.toString('utf8');
    });
    const order = rawRequest(JSON.stringify(ORDER));
    const [first, second] = [answers(1), answers(2)];
    socket.write(`GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n${order.slice(0, -1)}`);
    await first;
    await small.fetch('/api/v1/ping');
    expect(said).not.toContain('429');
    socket.write(order.slice(-1));
    await second;
    expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 429']);
    socket.destroy();
    await small.stop();
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['a good order', JSON.stringify(ORDER), signOrder(), 200],
    ['an order in other letters', JSON.stringify({ ...ORDER, symbol: 'ä' }), signOrder(NOW, { ...ORDER, symbol: 'ä' }), 400],
    ['broken JSON', '{"symbol": ', signOrder(), 400],
    ['deep nesting', '['.repeat(100), signOrder(), 400],
    ['a list', '[1, 2]', signOrder(), 400],
    ['null', 'null', signOrder(), 400],
    ['an unknown field', JSON.stringify({ ...ORDER, colour: 'red' }), signOrder(), 400],
    ['no signature', JSON.stringify(ORDER), {}, 401],
    ['a signature of something else', JSON.stringify({ ...ORDER, price: '1' }), signOrder(), 400],
    ['a signature of yesterday', JSON.stringify(ORDER), signOrder(NOW - 86_400_000), 400],
    [
      'a key that may only read',
      JSON.stringify(ORDER),
      { ...signRequest(reader, { instruction: 'orderExecute', body: ORDER, timestampMs: NOW }) },
      403,
    ],
    ['an idempotency key of no use', JSON.stringify(ORDER), { ...signOrder(), 'X-Idempotency-Key': 'a b' }, 400],
  ])('answers %s as the framework does', async (_what, body, headers, status) => {
    const direct = await gateway.send('POST', '/api/v1/order', body, headers);
    const parsed = await gateway.send('POST', '/api/v1/order', body, { ...headers, ...OTHER_HEADER });
    const usual = await gateway.send('POST', '/api/v1/order', body, { ...headers, 'content-type': OTHER_TYPE });
    expect(usual.status).toBe(status);
    for (const short of [direct, parsed]) {
      expect({ ...short, headers: facesOf(short.headers) }).toEqual({ ...usual, headers: facesOf(usual.headers) });
      expect(short.headers.has('ratelimit-remaining')).toBe(usual.headers.has('ratelimit-remaining'));
    }
  });

  it('is taken by plain requests and by no others', async () => {
    const body = JSON.stringify(ORDER);
    expect(await gateway.talk(rawRequest(body))).toContain('Content-Type: application/json; charset=utf-8');
    const others = [
      rawRequest(body, { ...signOrder(), 'Content-Type': OTHER_TYPE }),
      rawRequest(body).replace('/order ', '/order? '),
      rawRequest(body).replace('HTTP/1.1', 'HTTP/1.0'),
      rawRequest(body)
        .replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked')
        .replace(/\r\n\r\n.*/s, `\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`),
    ];
    for (const request of others) {
      const answer = await gateway.talk(request);
      expect(answer).toContain(' 200 OK');
      expect(answer).toContain('content-type: application/json; charset=utf-8');
    }
  });

  it('answers pipelined requests in their order, wherever they are cut, and those that are not plain among them', async () => {
    const at = (position: number): string => {
      const body = { ...ORDER, clientId: position };
      return rawRequest(JSON.stringify(body), { ...signRequest(trader, { instruction: 'orderExecute', body, timestampMs: NOW }) });
    };
    const hashOf = async (position: number): Promise<string> => String(/"hash":\d+/.exec(await gateway.talk(at(position)))?.[0]);
    const expected = [await hashOf(1), await hashOf(2), await hashOf(3), await hashOf(4)];
    const ping = 'GET /api/v1/time HTTP/1.1\r\nHost: x\r\n\r\n';
    const bytes = at(1) + at(2) + ping + at(3) + at(4);
    for (const cut of [10, at(1).length - 5, at(1).length + 30, at(1).length * 2 + 8, bytes.length - 3]) {
      const text = await converse([bytes.slice(0, cut), bytes.slice(cut)], 5);
      expect(text.match(/"hash":\d+/g)).toEqual(expected);
      expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(Array.from({ length: 5 }, () => 'HTTP/1.1 200'));
      expect(text.indexOf(String(NOW))).toBeGreaterThan(text.indexOf(expected[1] ?? ''));
      expect(text.indexOf(String(NOW))).toBeLessThan(text.indexOf(expected[2] ?? ''));
    }
  });

  it('forgets a request whose body breaks off', async () => {
    const request = rawRequest(JSON.stringify(ORDER));
    await new Promise<void>((resolve) => {
      const socket = connect(gateway.port, '127.0.0.1', () => socket.end(request.slice(0, -5)));
      socket.on('close', () => resolve());
      socket.resume();
    });
    expect((await gateway.place(trader)).status).toBe(200);
  });

  it('keeps to the budget of an account', async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 210; count += 1) statuses.add((await gateway.place(flooder, { ...ORDER, clientId: count })).status);
    expect(statuses).toEqual(new Set([200, 429]));
    const refused = await gateway.place(flooder);
    expect(refused.json).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
