import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountStress } from '../../schemas/stress-answers.ts';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { ORDER_ROUTES } from '../order/order-routes.ts';
import { ACCOUNT_ROUTES } from './account-routes.ts';

const [owner, maker] = [client(1), client(2)];
const PERP = { symbol: 'BTC_USDC_PERP', orderType: 'Limit' };

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: [...ACCOUNT_ROUTES, ...ORDER_ROUTES] });
  for (const [signer, side] of [
    [owner, 'Bid'],
    [maker, 'Ask'],
  ] as const) {
    const { status } = await gateway.ask(signer, 'POST /api/v1/order', { body: { ...PERP, side, price: '60000', quantity: '4' } });
    expect(status).toBe(200);
  }
  await gateway.ask(maker, 'POST /api/v1/order', { body: { ...PERP, side: 'Bid', price: '59900', quantity: '3' } });
}, 60_000);
afterAll(() => gateway.stop());

const ask = (query: Record<string, string>) => gateway.ask(owner, 'GET /api/v1/account/stress', { query });

describe('GET /api/v1/account/stress', () => {
  it('says what a small move does: equity falls by what the coins and the position lose', async () => {
    const { status, json } = await ask({ shocks: 'BTC:-0.01' });
    expect(status).toBe(200);
    const { before, after, firstLiquidationSecond, steps } = AccountStress.parse(json);
    expect([firstLiquidationSecond, steps]).toEqual([null, []]);
    // 4 BTC long and 2 BTC of the faucet at a weight below 1.
    const lost = Number(before.netEquity) - Number(after.netEquity);
    expect(lost).toBeGreaterThan(4 * 600);
    expect(lost).toBeLessThan(6 * 600 + 1);
  });

  it('says what is liquidated in which order, at which prices and cost, when a move is too large', async () => {
    const { json } = await ask({ shocks: 'BTC:-0.9,ETH:-0.9,SOL:-0.9', seconds: '20' });
    const { firstLiquidationSecond, steps, lowest, cost } = AccountStress.parse(json);
    expect(firstLiquidationSecond).toBeGreaterThan(1);
    expect(steps[0]).toMatchObject({ kind: 'OrderCancel', stage: 0 });
    expect(steps.some(({ symbol, quantity }) => symbol === 'BTC_USDC_PERP' && quantity?.startsWith('-') === true)).toBe(true);
    expect(Number(lowest.netEquity)).toBeLessThan(Number(lowest.maintenanceMargin));
    expect(Number(cost)).toBeGreaterThanOrEqual(0);
  });

  it('leaves the venue as it is', async () => {
    const before = gateway.engine.stateHash();
    await gateway.engine.ask('stress', { account: gateway.accountOf(owner), shocks: [{ asset: 2, move: -0.5 }], seconds: 30 });
    expect(gateway.engine.stateHash()).toBe(before);
  });

  it.each([
    [{ shocks: 'BTC' }, 'shocks'],
    [{ shocks: 'BTC:-1' }, 'more than -1'],
    [{ shocks: 'USDC:-0.1' }, 'USDC not at all'],
    [{ shocks: 'NONE:-0.1' }, 'Unknown asset'],
    [{ shocks: 'BTC:-0.1,BTC:-0.2' }, 'twice'],
    [{ shocks: 'BTC:-0.1', seconds: '601' }, 'seconds'],
    [{}, 'shocks'],
  ])('refuses %j', async (query, said) => {
    const { status, json } = await ask(query);
    expect([status, json]).toMatchObject([400, { message: expect.stringContaining(said) }]);
  });
});
