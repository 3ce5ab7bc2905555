import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleOf } from '../../schemas/define.ts';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import type { Route, SignedRoute } from '../route.ts';
import { LATER_ROUTES } from './later-routes.ts';

const owner = client(1);
const REQUIRED: Record<string, Record<string, string>> = {
  '/api/v1/vaults/history': { interval: '1d' },
  '/api/v1/vault/redeems/pending': { vaultId: '1' },
  '/api/v1/stockIndicativeQuote': { stock: 'AAPL', side: 'Bid', quantity: '1' },
  '/api/v1/strategy': { symbol: 'SOL_USDC', strategyId: '5' },
};

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: LATER_ROUTES });
});
afterAll(() => gateway.stop());

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const isSigned = (route: Route): route is SignedRoute => route.access !== null;
const answerOf = async (route: Route) => {
  const query = REQUIRED[route.path] ?? {};
  const body = route.method === 'GET' ? {} : { body: Object(exampleOf(route.body)) };
  if (isSigned(route)) return gateway.ask(owner, nameOf(route), { query, ...body });
  return gateway.send(route.method, `${route.path}?${new URLSearchParams(query)}`);
};
const lists = LATER_ROUTES.filter(({ answer }) => answer.safeParse([]).success);
const others = LATER_ROUTES.filter((route) => !lists.includes(route));

describe('areas that come later', () => {
  it.each(lists.map((route) => [nameOf(route), route] as const))('answer an empty list to %s', async (_name, route) => {
    expect(await answerOf(route)).toMatchObject({ status: 200, json: [] });
  });

  it.each(others.map((route) => [nameOf(route), route] as const))('say that they are not offered yet to %s', async (_name, route) => {
    const { status, json } = await answerOf(route);
    expect([400, 404]).toContain(status);
    expect(json).toMatchObject({ message: expect.stringMatching(/does not offer .* yet/) });
  });

  it('page their empty lists like the others', async () => {
    const { headers } = await gateway.ask(owner, 'GET /wapi/v1/history/strategies', { query: { limit: '5' } });
    expect([headers.get('x-total'), headers.get('x-page-count'), headers.get('x-page-size')]).toEqual(['0', '0', '5']);
  });

  it('judge what they are sent before they refuse it', async () => {
    const bad = await gateway.ask(owner, 'POST /api/v1/rfq', { body: { symbol: 'SOL_USDC_RFQ', side: 'Bid', quantity: 5 } });
    expect(bad.json).toMatchObject({ code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('quantity is the number 5') });
  });
});
