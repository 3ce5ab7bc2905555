import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flooder, NOW, ORDER, reader, signOrder, stranger, type TestAnswer, TestGateway, trader } from './testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start({ requests: { general: { capacity: 200, refillMs: 60_000, keysMax: 1_000 } } });
  await gateway.addReader();
});
afterAll(() => gateway.stop());

describe('public routes', () => {
  it('answer ping and time as plain text', async () => {
    const pong = await gateway.fetch(`/api/v1/ping`);
    expect([pong.status, pong.headers.get('content-type'), await pong.text()]).toEqual([200, 'text/plain; charset=utf-8', 'pong']);
    const clock = await gateway.fetch(`/api/v1/time`);
    expect([clock.headers.get('content-type'), await clock.text()]).toEqual(['text/plain; charset=utf-8', String(NOW)]);
  });

  it('tell the budget, and refuse beyond it', async () => {
    const answers = [];
    for (let index = 0; index < 31; index += 1) answers.push(await gateway.send('GET', '/api/v1/trades/history'));
    expect(answers[0]?.headers.get('ratelimit-limit')).toBe('30');
    expect(answers[0]?.headers.get('ratelimit-remaining')).toBe('29');
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 200), 429]);
    expect(answers[30]?.headers.get('retry-after')).toBe('2');
    expect(answers[30]?.json).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});

describe('signed routes', () => {
  it('carry out what a key may do', async () => {
    const { status, json, headers } = await gateway.place(trader);
    expect(status).toBe(200);
    expect(json).toMatchObject({ account: gateway.keys.find(trader.apiKey)?.account, symbol: 'SOL_USDC_PERP' });
    expect(headers.get('ratelimit-limit')).toBe('200');
  });

  it('carry out batches, and bodies with nulls', async () => {
    const batch = await gateway.sendSigned(trader, 'POST', '/api/v1/orders', {
      instruction: 'orderExecute',
      body: [ORDER, { ...ORDER, symbol: 'BTC_USDC' }],
    });
    expect(batch.json).toEqual(['SOL_USDC_PERP', 'BTC_USDC']);
    expect((await gateway.place(trader, { ...ORDER, triggerPrice: null })).status).toBe(200);
  });

  it('take JSON whatever the Content-Type says', async () => {
    const headers = signOrder();
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-8']) {
      expect((await gateway.send('POST', '/api/v1/order', ORDER, { ...headers, 'content-type': type })).status).toBe(200);
    }
  });

  it('answer nothing where there is nothing to say', async () => {
    const { status, json } = await gateway.sendSigned(reader, 'PATCH', '/api/v1/account', { instruction: 'accountUpdate', body: {} });
    expect([status, json]).toEqual([200, null]);
  });

  it.each<[string, () => Promise<TestAnswer>, number, string, string]>([
    ['no signature', () => gateway.send('POST', '/api/v1/order', ORDER), 401, 'UNAUTHORIZED', 'POST /api/v1/order must be signed'],
    ['a key without permission', () => gateway.place(reader), 403, 'FORBIDDEN', 'This key may read; the request needs trade'],
    ['a bad shape', () => gateway.place(trader, { ...ORDER, quantity: 2.5 }), 400, 'INVALID_CLIENT_REQUEST', 'quantity is the number 2.5'],
    [
      'another body than the signed one',
      () => gateway.send('POST', '/api/v1/order', { ...ORDER, price: '1' }, signOrder()),
      400,
      'INVALID_SIGNATURE',
      'must sign exactly this text',
    ],
    [
      'a stale signature',
      () =>
        gateway.send('POST', '/api/v1/order', ORDER, {
          ...signOrder(NOW - 5_001),
        }),
      400,
      'INVALID_CLIENT_REQUEST',
      'Request has expired',
    ],
    [
      'a broken idempotency key',
      () =>
        gateway.send('POST', '/api/v1/order', ORDER, {
          ...signOrder(),
          'x-idempotency-key': 'a b',
        }),
      400,
      'INVALID_CLIENT_REQUEST',
      'X-Idempotency-Key is the string "a b"',
    ],
  ])('refuse %s', async (_what, ask, status, code, words) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('make an account for a stranger in a sandbox, once', async () => {
    const before = (await gateway.engine.ask('status', { withHash: false })).accounts;
    const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.place(stranger)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await gateway.engine.ask('status', { withHash: false })).accounts).toBe(before + 1);
  });

  it('keep a lane for reduce-only orders and other accounts when one key floods', async () => {
    for (let index = 0; index < 200; index += 1) await gateway.place(flooder);
    expect((await gateway.place(flooder)).json).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect((await gateway.place(flooder, { ...ORDER, reduceOnly: true })).status).toBe(200);
    expect((await gateway.place(trader)).status).toBe(200);
  });
});
describe('web pages of other origins', () => {
  it('may ask what any client may', async () => {
    const preflight = await gateway.fetch(`/api/v1/order`, { method: 'OPTIONS', headers: { origin: 'http://example.org' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('X-Idempotency-Key');
    expect((await gateway.send('GET', '/api/v1/nothing')).headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('health and readiness', () => {
  it('tell that the process answers and that the engine takes commands', async () => {
    expect(await gateway.send('GET', '/health')).toMatchObject({ status: 200, json: { status: 'ok' } });
    expect(await gateway.send('GET', '/ready')).toMatchObject({ status: 200, json: { status: 'running' } });
  });
});

describe('metrics', () => {
  it('count requests by route and errors by code', async () => {
    await gateway.send('GET', '/api/v1/ping').catch(() => null);
    const text = await (await gateway.fetch(`/metrics`)).text();
    expect(text).toMatch(/mochila_http_requests_total\{method="GET",route="\/api\/v1\/ping",status="200"\} [1-9]/);
    expect(text).toMatch(/mochila_http_errors_total\{code="INVALID_SIGNATURE"\} [1-9]/);
  });
});
