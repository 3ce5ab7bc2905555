import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { HISTORY_ROUTES } from '../history/history-routes.ts';
import { ORDER_ROUTES } from '../order/order-routes.ts';
import { OWN_ROUTES } from '../own/own-routes.ts';
import { ACCOUNT_ROUTES } from './account-routes.ts';

const [owner, maker] = [client(1), client(2)];
const PERP = { symbol: 'BTC_USDC_PERP', orderType: 'Limit' };
const SECONDS_MAX = 240;

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: [...ACCOUNT_ROUTES, ...HISTORY_ROUTES, ...ORDER_ROUTES, ...OWN_ROUTES] });
  await gateway.ask(maker, 'POST /sandbox/faucet', { body: { symbol: 'USDC', quantity: '100000' } });
  await place(owner, { ...PERP, side: 'Bid', price: '60000', quantity: '4' });
  await place(maker, { ...PERP, side: 'Ask', price: '60000', quantity: '4' });
  for (const [asset, usd] of [
    ['BTC', 12_000],
    ['ETH', 100],
    ['SOL', 10],
  ] as const) {
    gateway.venue.usd.set(asset, usd);
  }
}, 60_000);
afterAll(() => gateway.stop());

async function place(signer: typeof owner, body: object): Promise<void> {
  const { status, json } = await gateway.ask(signer, 'POST /api/v1/order', { body });
  expect([status, json]).toMatchObject([200, {}]);
}

const isLiquidating = async (signer: typeof owner): Promise<unknown> => {
  const { json } = await gateway.ask(signer, 'GET /api/v1/account');
  return json !== null && typeof json === 'object' && 'liquidating' in json ? json.liquidating : undefined;
};

describe('GET /api/v1/account, of who is short of margin', () => {
  it('says that it is being liquidated, and nobody else', async () => {
    expect(await isLiquidating(owner)).toBe(false);
    for (let second = 0; second < SECONDS_MAX && (await isLiquidating(owner)) === false; second += 1) await gateway.venue.passSeconds(1);
    expect([await isLiquidating(owner), await isLiquidating(maker)]).toEqual([true, false]);
  });
});
