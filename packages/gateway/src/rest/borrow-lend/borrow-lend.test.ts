import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { CAPITAL_ROUTES } from '../capital/capital-routes.ts';
import { BORROW_LEND_ROUTES } from './borrow-lend-routes.ts';

const [owner, lender] = [client(1), client(2)];
let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: [...BORROW_LEND_ROUTES, ...CAPITAL_ROUTES] });
  await gateway.ask(lender, 'GET /api/v1/capital');
});
afterAll(() => gateway.stop());

const execute = (body: object, headers = {}) => gateway.ask(owner, 'POST /api/v1/borrowLend', { body, headers });
const positions = async () => (await gateway.ask(owner, 'GET /api/v1/borrowLend/positions')).json;

describe('POST /api/v1/borrowLend and GET /api/v1/borrowLend/positions', () => {
  it('redeem what is lent, lend it again, borrow and repay', async () => {
    expect(await positions()).toContainEqual(expect.objectContaining({ symbol: 'SOL', netQuantity: '500', netExposureQuantity: '0' }));
    expect(await execute({ symbol: 'SOL', side: 'Borrow', quantity: '500' })).toMatchObject({ status: 200, json: null });
    expect(await positions()).not.toContainEqual(expect.objectContaining({ symbol: 'SOL' }));
    expect((await execute({ symbol: 'SOL', side: 'Borrow', quantity: '3' })).json).toBeNull();
    expect(await positions()).toContainEqual(
      expect.objectContaining({
        symbol: 'SOL',
        netQuantity: '-3',
        netExposureQuantity: '3',
        netExposureNotional: '450',
        markPrice: '150',
        imf: '0.2',
        mmf: '0.12',
        imfFunction: { type: 'sqrt', base: '0.2', factor: '0' },
      }),
    );
    const price = await gateway.ask(owner, 'GET /api/v1/borrowLend/position/liquidationPrice', { query: { borrow: 'SOL' } });
    expect(price.json).toMatchObject({ markPrice: '150', liquidationPrice: expect.stringMatching(/^\d/) });
    expect((await execute({ symbol: 'SOL', side: 'Lend', quantity: '3' })).json).toBeNull();
    expect(await positions()).not.toContainEqual(expect.objectContaining({ symbol: 'SOL' }));
  });

  it('do a thing once for one idempotency key', async () => {
    const headers = { 'x-idempotency-key': 'lend-1' };
    const body = { symbol: 'SOL', side: 'Lend', quantity: '7' };
    expect([(await execute(body, headers)).status, (await execute(body, headers)).status]).toEqual([200, 200]);
    expect(await positions()).toContainEqual(expect.objectContaining({ symbol: 'SOL', netQuantity: '7' }));
  });

  it.each<[object, string, string]>([
    [{ symbol: 'ETH', side: 'Borrow', quantity: '21' }, 'BORROW_REQUIRES_LEND_REDEEM', 'The account lends 20 ETH'],
    [{ symbol: 'USDT', side: 'Lend', quantity: '1' }, 'INSUFFICIENT_FUNDS', '0 USDT are available, 1 USDT are needed'],
    [{ symbol: 'USDT', side: 'Borrow', quantity: '1' }, 'INSUFFICIENT_SUPPLY', 'at most 0.905 USDT can leave it now'],
    [{ symbol: 'DOGE', side: 'Lend', quantity: '1' }, 'INVALID_ASSET', 'Unknown asset "DOGE"'],
    [{ symbol: 'SOL', side: 'Bid', quantity: '1' }, 'INVALID_CLIENT_REQUEST', 'one of Borrow, Lend'],
    [{ symbol: 'SOL', side: 'Lend', quantity: 1 }, 'INVALID_CLIENT_REQUEST', 'quantity is the number 1'],
    [{ symbol: 'SOL', side: 'Lend', quantity: '0' }, 'INVALID_QUANTITY', 'above zero'],
    [{ symbol: 'SOL', side: 'Lend', quantity: '0.000000001' }, 'INVALID_QUANTITY', 'at most 8 decimals'],
    [{ symbol: 'SOL', side: 'Lend' }, 'INVALID_CLIENT_REQUEST', 'quantity is missing'],
  ])('refuse %j', async (body, code, words) => {
    expect((await execute(body)).json).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('GET /api/v1/borrowLend/position/liquidationPrice', () => {
  it('is about the account of the key and listed assets', async () => {
    const ask = async (query: Record<string, string>) =>
      (await gateway.ask(owner, 'GET /api/v1/borrowLend/position/liquidationPrice', { query })).json;
    expect(await ask({ borrow: 'DOGE' })).toMatchObject({ code: 'INVALID_ASSET' });
    expect(await ask({ borrow: 'SOL', subaccountId: '3' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await ask({})).toMatchObject({ code: 'INVALID_CLIENT_REQUEST' });
  });
});
