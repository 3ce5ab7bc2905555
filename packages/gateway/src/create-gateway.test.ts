import { connect } from 'node:net';
import { smallGenesis } from '@mochila/core';
import {
  commands,
  createSigner,
  decodeBase64,
  encodeBase64,
  Permission,
  type Signer,
  signRequest,
  type UnsignedRequest,
} from '@mochila/protocol';
import { createInlineLink } from '@mochila/runtime';
import { createSimulatedClock } from '@mochila/testkit';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EngineKeyDirectory } from './auth/engine-key-directory.ts';
import { createGateway, type GatewayParts, listenOn } from './create-gateway.ts';
import { HTTP_RULES_DEFAULT } from './http/create-app.ts';
import { REQUEST_RULES_DEFAULT, RequestLimits, type RequestRules } from './limits/request-limits.ts';
import { createGatewayMetrics } from './metrics.ts';
import { definePublicRoute, defineSignedRoute, NO_ANSWER, NO_BODY, NO_QUERY } from './rest/route.ts';
import { ping } from './rest/system/ping.ts';
import { time } from './rest/system/time.ts';
import { OrderExecuteBatch, OrderExecutePayload } from './schemas/order-requests.ts';

const NOW = 1_750_793_021_519;
const LOCAL = { host: '127.0.0.1', port: 0 };
const trader = createSigner(encodeBase64(new Uint8Array(32).fill(1)));
const reader = createSigner(encodeBase64(new Uint8Array(32).fill(2)));
const flooder = createSigner(encodeBase64(new Uint8Array(32).fill(3)));
const stranger = createSigner(encodeBase64(new Uint8Array(32).fill(4)));

const genesis = smallGenesis();
const engine = createInlineLink({ genesis, clock: createSimulatedClock(genesis.createdAtMicros) });
let keys: EngineKeyDirectory;

/** Adds a key that may only read to the account of the trader. */
async function addReader(): Promise<void> {
  await place(trader);
  const owner = keys.find(trader.apiKey);
  if (owner === undefined) throw new Error('the trader has no account');
  const fields = {
    ...commands.createKey.defaults,
    account: owner.account,
    key: owner.key,
    keyGeneration: owner.generation,
    signedAtMs: genesis.createdAtMicros / 1_000,
    windowMs: 60_000,
    signLo: 1,
    forAccount: owner.account,
    permissions: Permission.Read,
    publicKey: decodeBase64(reader.apiKey) ?? new Uint8Array(0),
  };
  const { reject } = await engine.submit({ name: 'createKey', fields }, new Uint8Array(0));
  expect(reject).toBeNull();
}

const Echo = z.strictObject({ account: z.int(), symbol: z.string(), hash: z.int() });
const routes = [
  ping,
  time,
  defineSignedRoute({
    route: 'POST /api/v1/order',
    area: 'Order',
    summary: 'Places an order.',
    permission: 'trade',
    lane: (body) => (body.reduceOnly === true ? 'priority' : 'general'),
    query: NO_QUERY,
    body: OrderExecutePayload,
    answer: Echo,
    handle: ({ body, caller }) => ({ account: caller.account, symbol: body.symbol, hash: caller.request.hash.lo }),
  }),
  defineSignedRoute({
    route: 'POST /api/v1/orders',
    area: 'Order',
    summary: 'Places orders.',
    permission: 'trade',
    query: NO_QUERY,
    body: OrderExecuteBatch,
    answer: z.array(z.string()),
    handle: ({ body }) => body.map((order) => order.symbol),
  }),
  defineSignedRoute({
    route: 'PATCH /api/v1/account',
    area: 'Account',
    summary: 'Changes nothing.',
    permission: 'read',
    query: NO_QUERY,
    body: NO_BODY,
    answer: NO_ANSWER,
    format: 'empty',
    handle: () => undefined,
  }),
  definePublicRoute({
    route: 'GET /api/v1/trades/history',
    area: 'Trades',
    summary: 'Counts against its own budget.',
    lane: 'history',
    query: NO_QUERY,
    body: NO_BODY,
    answer: z.array(z.string()),
    handle: () => [],
  }),
  definePublicRoute({
    route: 'GET /test/throws',
    area: 'System',
    summary: 'Fails.',
    query: NO_QUERY,
    body: NO_BODY,
    answer: z.string(),
    handle: () => {
      throw new Error('a secret detail');
    },
  }),
  definePublicRoute({
    route: 'GET /test/wrong',
    area: 'System',
    summary: 'Answers what its schema does not allow.',
    query: NO_QUERY,
    body: NO_BODY,
    answer: z.literal('right'),
    handle: () => JSON.parse('"wrong"'),
  }),
];

const registry = new Registry();
const logger = pino({ level: 'silent' });
let app: FastifyInstance;
let origin = '';
const nowMs = NOW;

const partsWith = (rules: RequestRules, http: Partial<GatewayParts['rules']> = {}, counted = new Registry()): GatewayParts => ({
  rules: { ...HTTP_RULES_DEFAULT, ...http },
  limits: new RequestLimits(rules),
  metrics: createGatewayMetrics(counted),
  registry: counted,
  logger,
  nowMs: () => nowMs,
  services: { engine, keys, nowMs: () => nowMs },
  areAnswersChecked: true,
  routes,
  facts: { title: 'Mochila', version: '0.1.0' },
});

beforeAll(async () => {
  keys = await EngineKeyDirectory.open(engine, { isSandbox: true, isBoundedByAddress: false });
  app = await createGateway(
    partsWith({ ...REQUEST_RULES_DEFAULT, general: { capacity: 200, refillMs: 60_000, keysMax: 1_000 } }, {}, registry),
  );
  origin = await listenOn(app, LOCAL);
  await addReader();
});
afterAll(async () => {
  await app.close();
  keys.close();
  engine.close();
});

const order = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '141.25', quantity: '2.5' };
const limit = () => ({ signal: AbortSignal.timeout(10_000) });

async function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; json: unknown; headers: Headers }> {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(origin + path, { method, headers: { 'content-type': 'application/json', ...headers }, ...init, ...limit() });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text), headers: response.headers };
}

function sendSigned(signer: Signer, method: string, path: string, request: Omit<UnsignedRequest, 'timestampMs'>) {
  return send(method, path, request.body, { ...signRequest(signer, { ...request, timestampMs: nowMs }) });
}
const place = (signer: Signer, body: object = order) => sendSigned(signer, 'POST', '/api/v1/order', { instruction: 'orderExecute', body });

describe('public routes', () => {
  it('answer ping and time as plain text', async () => {
    const pong = await fetch(`${origin}/api/v1/ping`, limit());
    expect([pong.status, pong.headers.get('content-type'), await pong.text()]).toEqual([200, 'text/plain; charset=utf-8', 'pong']);
    const clock = await fetch(`${origin}/api/v1/time`, limit());
    expect([clock.headers.get('content-type'), await clock.text()]).toEqual(['text/plain; charset=utf-8', String(NOW)]);
  });

  it('tell the budget, and refuse beyond it', async () => {
    const answers = [];
    for (let index = 0; index < 31; index += 1) answers.push(await send('GET', '/api/v1/trades/history'));
    expect(answers[0]?.headers.get('ratelimit-limit')).toBe('30');
    expect(answers[0]?.headers.get('ratelimit-remaining')).toBe('29');
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 200), 429]);
    expect(answers[30]?.headers.get('retry-after')).toBe('2');
    expect(answers[30]?.json).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});

describe('signed routes', () => {
  it('carry out what a key may do', async () => {
    const { status, json, headers } = await place(trader);
    expect(status).toBe(200);
    expect(json).toMatchObject({ account: keys.find(trader.apiKey)?.account, symbol: 'SOL_USDC_PERP' });
    expect(headers.get('ratelimit-limit')).toBe('200');
  });

  it('carry out batches, and bodies with nulls', async () => {
    const batch = await sendSigned(trader, 'POST', '/api/v1/orders', {
      instruction: 'orderExecute',
      body: [order, { ...order, symbol: 'BTC_USDC' }],
    });
    expect(batch.json).toEqual(['SOL_USDC_PERP', 'BTC_USDC']);
    expect((await place(trader, { ...order, triggerPrice: null })).status).toBe(200);
  });

  it('take JSON whatever the Content-Type says', async () => {
    const headers = { ...signRequest(trader, { instruction: 'orderExecute', body: order, timestampMs: NOW }) };
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-8']) {
      expect((await send('POST', '/api/v1/order', order, { ...headers, 'content-type': type })).status).toBe(200);
    }
  });

  it('answer nothing where there is nothing to say', async () => {
    const { status, json } = await sendSigned(reader, 'PATCH', '/api/v1/account', { instruction: 'accountUpdate', body: {} });
    expect([status, json]).toEqual([200, null]);
  });

  it.each<[string, () => ReturnType<typeof send>, number, string, string]>([
    ['no signature', () => send('POST', '/api/v1/order', order), 401, 'UNAUTHORIZED', 'POST /api/v1/order must be signed'],
    ['a key without permission', () => place(reader), 403, 'FORBIDDEN', 'This key may read; the request needs trade'],
    ['a bad shape', () => place(trader, { ...order, quantity: 2.5 }), 400, 'INVALID_CLIENT_REQUEST', 'quantity is the number 2.5'],
    [
      'another body than the signed one',
      () =>
        send(
          'POST',
          '/api/v1/order',
          { ...order, price: '1' },
          { ...signRequest(trader, { instruction: 'orderExecute', body: order, timestampMs: NOW }) },
        ),
      400,
      'INVALID_SIGNATURE',
      'must sign exactly this text',
    ],
    [
      'a stale signature',
      () =>
        send('POST', '/api/v1/order', order, {
          ...signRequest(trader, { instruction: 'orderExecute', body: order, timestampMs: NOW - 5_001 }),
        }),
      400,
      'INVALID_CLIENT_REQUEST',
      'Request has expired',
    ],
    [
      'a broken idempotency key',
      () =>
        send('POST', '/api/v1/order', order, {
          ...signRequest(trader, { instruction: 'orderExecute', body: order, timestampMs: NOW }),
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
    const before = (await engine.ask('status', { withHash: false })).accounts;
    const answers = await Promise.all(Array.from({ length: 10 }, () => place(stranger)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await engine.ask('status', { withHash: false })).accounts).toBe(before + 1);
  });

  it('keep a lane for reduce-only orders and other accounts when one key floods', async () => {
    for (let index = 0; index < 200; index += 1) await place(flooder);
    expect((await place(flooder)).json).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect((await place(flooder, { ...order, reduceOnly: true })).status).toBe(200);
    expect((await place(trader)).status).toBe(200);
  });
});

describe('hostile input', () => {
  it.each<[string, string, string, string | undefined, number, string, string]>([
    ['broken JSON', 'POST', '/api/v1/order', '{"a": abc}', 400, 'INVALID_CLIENT_REQUEST', 'it must be JSON'],
    ['half a JSON', 'POST', '/api/v1/order', '{"a": [', 400, 'INVALID_CLIENT_REQUEST', 'it must be JSON'],
    ['deep nesting', 'POST', '/api/v1/order', '['.repeat(50_000), 400, 'INVALID_CLIENT_REQUEST', 'nested deeper than 16 levels'],
    [
      'deep nesting that closes',
      'POST',
      '/api/v1/order',
      `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
      400,
      'INVALID_CLIENT_REQUEST',
      'nested deeper',
    ],
    [
      'a body beyond the bound',
      'POST',
      '/api/v1/order',
      `"${'x'.repeat(10_000_000)}"`,
      413,
      'INVALID_CLIENT_REQUEST',
      'larger than 131072 bytes',
    ],
    ['an unknown path', 'GET', '/api/v1/nothing', undefined, 404, 'RESOURCE_NOT_FOUND', 'Not Found: GET "/api/v1/nothing"'],
    ['an unknown method', 'DELETE', '/api/v1/time', undefined, 404, 'RESOURCE_NOT_FOUND', 'this path takes GET'],
    ['a broken percent-encoding', 'GET', '/api/v1/%zz', undefined, 400, 'INVALID_CLIENT_REQUEST', 'broken percent-encoding'],
    ['a path that climbs', 'GET', '/docs/js/..%2f..%2fpackage.json', undefined, 404, 'RESOURCE_NOT_FOUND', 'Not Found'],
    ['a fault of ours', 'GET', '/test/throws', undefined, 500, 'SERVER_ERROR', 'The venue failed to answer'],
    ['an answer that breaks its schema', 'GET', '/test/wrong', undefined, 500, 'SERVER_ERROR', 'The venue failed to answer'],
  ])('%s is answered in JSON', async (_what, method, path, body, status, code, words) => {
    const answer = await send(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ code, message: expect.stringContaining(words) });
    expect(JSON.stringify(answer.json)).not.toContain('secret');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('a number beyond all bounds names its field', async () => {
    const text = JSON.stringify(order).replace('"2.5"', '1e400');
    const headers = { ...signRequest(trader, { instruction: 'orderExecute', body: order, timestampMs: NOW }) };
    expect((await send('POST', '/api/v1/order', text, headers)).json).toMatchObject({
      message: expect.stringContaining('quantity is a number too large'),
    });
  });

  it('bytes that are no HTTP are answered in JSON and cut off', async () => {
    const answer = await talk('GARBAGE\r\n\r\n');
    expect(answer).toContain('HTTP/1.1 400 Bad Request');
    expect(answer).toContain('{"code":"INVALID_CLIENT_REQUEST","message":"The request is not valid HTTP/1.1"}');
  });

  it('a body without a Content-Type is read as JSON', async () => {
    const body = JSON.stringify({ ...order, quantity: -1 });
    const headers = Object.entries(signRequest(trader, { instruction: 'orderExecute', body: order, timestampMs: NOW }));
    const lines = [...headers, ['Host', 'x'], ['Content-Length', String(body.length)]].map(([name, value]) => `${name}: ${value}\r\n`);
    expect(await talk(`POST /api/v1/order HTTP/1.1\r\n${lines.join('')}\r\n${body}`)).toContain('quantity is the number -1');
  });

  it('headers beyond the bound are refused', async () => {
    expect(await talk(`GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(40_000)}\r\n\r\n`)).toContain('431');
  });
});

describe('slow and many connections', () => {
  it('are bounded', async () => {
    const parts = partsWith(REQUEST_RULES_DEFAULT, {
      headersTimeoutMs: 300,
      requestTimeoutMs: 600,
      checkIntervalMs: 100,
      connections: { total: 2, perAddress: 2 },
    });
    const small = await createGateway(parts);
    const { port } = new URL(await listenOn(small, LOCAL));
    const began = performance.now();
    const [slow, slower] = await Promise.all([
      talk('GET /api/v1/ping HT', Number(port)),
      talk('POST /api/v1/order HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{', Number(port)),
    ]);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(slow).toContain('408');
    expect(slower).toContain('408');

    const held = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
    await Promise.all(held.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    expect(await talk('GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n', Number(port))).toBe('');
    for (const socket of held) socket.destroy();
    await small.close();
  });

  it('are cut off before authentication when an address asks too often', async () => {
    const rules = { ...REQUEST_RULES_DEFAULT, address: { capacity: 3, refillMs: 60_000, keysMax: 10 } };
    const small = await createGateway({ ...partsWith(REQUEST_RULES_DEFAULT), limits: new RequestLimits(rules) });
    const there = await listenOn(small, LOCAL);
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await fetch(`${there}/api/v1/ping`, limit())).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    await small.close();
  });
});

describe('documents', () => {
  it('describe the routes that are served, and nothing that is not used', async () => {
    const { json } = await send('GET', '/openapi.json');
    const document = z
      .looseObject({
        openapi: z.literal('3.1.0'),
        paths: z.record(z.string(), z.record(z.string(), z.looseObject({ summary: z.string(), operationId: z.string() }))),
        components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
      })
      .parse(json);
    expect(Object.keys(document.paths)).toEqual([
      '/api/v1/ping',
      '/api/v1/time',
      '/api/v1/order',
      '/api/v1/orders',
      '/api/v1/account',
      '/api/v1/trades/history',
      '/test/throws',
      '/test/wrong',
    ]);
    expect(Object.keys(document.components.schemas)).toContain('ApiErrorResponse');
    expect(Object.keys(document.components.schemas)).not.toContain('DepthEvent');
    const text = JSON.stringify(json);
    const references = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? '');
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(document.paths['/api/v1/order']?.post).toMatchObject({
      security: [{ apiKey: [], timestamp: [], window: [], signature: [] }],
      description: 'Signed with the instruction `orderExecute`; the key needs the permission `trade`.',
    });
  });

  it('are shown by a page that asks nothing of the internet', async () => {
    const page = await fetch(`${origin}/docs/`, limit());
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const outside = [...html.matchAll(/(?:src|href)="(https?:)?\/\/[^"]+"/g)];
    expect(outside).toEqual([]);
    const [, script = ''] = /<script[^>]+src="([^"]+)"/.exec(html) ?? [];
    const code = await fetch(new URL(script, `${origin}/docs/`), limit());
    expect([code.status, code.headers.get('content-type')]).toEqual([200, 'application/javascript; charset=utf-8']);
    expect((await code.text()).length).toBeGreaterThan(1_000_000);
  });

  it('describe every stream, in JSON and readably', async () => {
    const { json } = await send('GET', '/asyncapi.json');
    expect(json).toMatchObject({
      asyncapi: '3.0.0',
      channels: {
        'depth.window.symbol': { address: 'depth.{window}.{symbol}', parameters: { window: { enum: ['200ms', '600ms', '1000ms'] } } },
      },
      components: { schemas: { OrderUpdateEvent: { type: 'object' }, SubscribeFrame: { type: 'object' } } },
    });
    const text = JSON.stringify(json);
    const schemas = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) }).parse(json).components.schemas;
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(references.filter((name) => !(name in schemas))).toEqual([]);
    const page = await fetch(`${origin}/docs/streams`, limit());
    expect(await page.text()).toContain('account.positionUpdate.{symbol}');
  });
});

describe('web pages of other origins', () => {
  it('may ask what any client may', async () => {
    const preflight = await fetch(`${origin}/api/v1/order`, { method: 'OPTIONS', headers: { origin: 'http://example.org' }, ...limit() });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('X-Idempotency-Key');
    expect((await send('GET', '/api/v1/nothing')).headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('health and readiness', () => {
  it('tell that the process answers and that the engine takes commands', async () => {
    expect(await send('GET', '/health')).toMatchObject({ status: 200, json: { status: 'ok' } });
    expect(await send('GET', '/ready')).toMatchObject({ status: 200, json: { status: 'running' } });
  });
});

describe('metrics', () => {
  it('count requests by route and errors by code', async () => {
    await send('GET', '/api/v1/ping').catch(() => null);
    const text = await (await fetch(`${origin}/metrics`, limit())).text();
    expect(text).toMatch(/mochila_http_requests_total\{method="GET",route="\/api\/v1\/ping",status="200"\} [1-9]/);
    expect(text).toMatch(/mochila_http_errors_total\{code="INVALID_SIGNATURE"\} [1-9]/);
  });
});

/** Writes raw bytes and reads until the server closes, at most 5 s. */
function talk(bytes: string, port = Number(new URL(origin).port)): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setTimeout(5_000, () => reject(new Error('the server neither answered nor closed')));
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
      if (answer.includes('}')) socket.end();
    });
    socket.on('error', () => resolve(answer));
    socket.on('close', () => {
      socket.setTimeout(0);
      resolve(answer);
    });
  });
}
