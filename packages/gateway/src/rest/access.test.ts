import { encodeBase64, instructionOf, signRequest } from '@mochila/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, VenueGateway } from '../testing/venue-gateway.ts';
import { ACCOUNT_AREA_ROUTES } from './account-area-routes.ts';
import type { Route, SignedRoute } from './route.ts';

const [owner, keyless] = [client(1), client(2)];
let gateway: VenueGateway;
let nowMs = 0;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: ACCOUNT_AREA_ROUTES });
  await gateway.ask(owner, 'GET /api/v1/account');
  nowMs = Math.floor(gateway.clock.nowMicros() / 1_000);
});
afterAll(() => gateway.stop());

const signedRoutes = ACCOUNT_AREA_ROUTES.filter((route: Route): route is SignedRoute => route.access !== null);
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const named = signedRoutes.map((route) => [nameOf(route), route] as const);

describe('every route of an account', () => {
  it('has a path and method of its own, and the instruction of its path', () => {
    const names = ACCOUNT_AREA_ROUTES.map(nameOf);
    expect(new Set(names).size).toBe(names.length);
    for (const route of signedRoutes) expect(route.access.instruction).toBe(instructionOf(route.method, route.path));
  });

  it.each(named)('wants a signature: %s', async (_name, route) => {
    expect(await gateway.send(route.method, route.path)).toMatchObject({ status: 401, json: { code: 'UNAUTHORIZED' } });
  });

  it('needs more than reading for whatever changes something', () => {
    for (const route of signedRoutes)
      expect([nameOf(route), route.access.permission !== 'read']).toEqual([nameOf(route), route.method !== 'GET']);
  });
});

describe('a signature', () => {
  const route = '/api/v1/capital';
  const sign = (change: object = {}) => ({ ...signRequest(owner, { instruction: 'balanceQuery', timestampMs: nowMs, ...change }) });
  const answer = async (headers: Record<string, string>) => {
    const { status, json } = await gateway.send('GET', route, undefined, headers);
    return { status, json };
  };

  it.each<[string, () => Record<string, string>, number, string, string]>([
    ['of another action', () => sign({ instruction: 'orderExecute' }), 400, 'INVALID_SIGNATURE', 'Invalid signature'],
    ['that is stale', () => sign({ timestampMs: nowMs - 60_000 }), 400, 'INVALID_CLIENT_REQUEST', 'Request has expired'],
    ['from the future', () => sign({ timestampMs: nowMs + 60_000 }), 400, 'INVALID_CLIENT_REQUEST', 'ahead of'],
    ['with too wide a window', () => sign({ windowMs: 60_001 }), 400, 'INVALID_CLIENT_REQUEST', 'from 1 to 60000'],
    ['of zeros', () => ({ ...sign(), 'X-Signature': encodeBase64(new Uint8Array(64)) }), 400, 'INVALID_SIGNATURE', 'Invalid signature'],
    ['of another key', () => ({ ...sign(), 'X-API-Key': keyless.apiKey }), 400, 'INVALID_SIGNATURE', 'Invalid signature'],
  ])('is refused: %s', async (_what, headers, status, code, words) => {
    expect(await answer(headers())).toMatchObject({ status, json: { code, message: expect.stringContaining(words) } });
  });

  it('may be sent again with a question, which changes nothing', async () => {
    const headers = sign();
    expect([(await answer(headers)).status, (await answer(headers)).status]).toEqual([200, 200]);
  });
});

describe('a venue that runs faster than the world', () => {
  it('judges windows by the clock of its clients', async () => {
    const body = { symbol: 'SOL_USDC' };
    const fast = await VenueGateway.start({ routes: ACCOUNT_AREA_ROUTES, speed: 60 });
    const headers = { ...signRequest(owner, { instruction: 'orderCancelAll', body, timestampMs: fast.nowMs() }) };
    const send = async () => (await fast.send('DELETE', '/api/v1/orders', body, headers)).json;
    fast.clock.advance(4 * 60 * 1_000_000);
    expect(await send()).toEqual([]);
    expect(await send()).toMatchObject({ code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('already received') });
    fast.clock.advance(2 * 60 * 1_000_000);
    expect(await send()).toMatchObject({ code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('Request has expired') });
    await fast.stop();
  });
});

describe('a venue whose time takes another course since it started', () => {
  it('takes no signature from before, which its engine may have taken and forgotten', async () => {
    const later = await VenueGateway.start({ routes: ACCOUNT_AREA_ROUTES, signedSinceMs: (startMs) => startMs + 1_500 });
    const sent = async (timestampMs: number) => {
      const headers = { ...signRequest(owner, { instruction: 'balanceQuery', timestampMs }) };
      return later.send('GET', '/api/v1/capital', undefined, headers);
    };
    const before = await sent(later.nowMs() - 600);
    expect(before).toMatchObject({
      status: 400,
      json: { code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('Request has expired') },
    });
    expect(await sent(later.nowMs() - 500)).toMatchObject({ status: 200 });
    await later.stop();
  });
});

describe('a body', () => {
  it('of ten megabytes is refused before it is read', async () => {
    const body = JSON.stringify({ symbol: 'x'.repeat(10_000_000) });
    const answer = await gateway.send('POST', '/api/v1/order', body, { 'x-api-key': owner.apiKey });
    expect(answer).toMatchObject({ status: 413, json: { code: 'INVALID_CLIENT_REQUEST' } });
    expect((await gateway.ask(owner, 'GET /api/v1/account')).status).toBe(200);
  });

  it.each(['{', '{"a":1,}', '[1,2', 'NaN', '{"quantity":1e400}', '"text"', '5', 'null'])('%s is refused with a sentence', async (text) => {
    const { status, json } = await gateway.send('POST', '/api/v1/order', text, { 'x-api-key': owner.apiKey });
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'INVALID_CLIENT_REQUEST', message: expect.stringMatching(/.{20}/) });
  });
});
