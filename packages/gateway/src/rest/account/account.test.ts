import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { CAPITAL_ROUTES } from '../capital/capital-routes.ts';
import { ORDER_ROUTES } from '../order/order-routes.ts';
import { ACCOUNT_ROUTES } from './account-routes.ts';

const [owner, seller] = [client(1), client(2)];
let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: [...ACCOUNT_ROUTES, ...ORDER_ROUTES, ...CAPITAL_ROUTES] });
});
afterAll(() => gateway.stop());

const summary = () => gateway.ask(owner, 'GET /api/v1/account');
const patch = (body: object) => gateway.ask(owner, 'PATCH /api/v1/account', { body });
const limit = async (what: 'borrow' | 'order' | 'withdrawal', query: Record<string, string>) =>
  (await gateway.ask(owner, `GET /api/v1/account/limits/${what}`, { query })).json;

describe('GET and PATCH /api/v1/account', () => {
  it('tell settings, limits and fees in basis points', async () => {
    expect((await summary()).json).toEqual({
      autoBorrowSettlements: true,
      autoLend: true,
      autoRealizePnl: true,
      autoRepayBorrows: true,
      borrowLimit: '10000000',
      futuresMakerFee: '2',
      futuresTakerFee: '5',
      leverageLimit: '20',
      limitOrders: 0,
      liquidating: false,
      positionLimit: '50000000',
      spotMakerFee: '8',
      spotTakerFee: '10',
      triggerOrders: 0,
    });
  });

  it('change what is named and leave the rest', async () => {
    const { status, json } = await patch({ autoLend: false, leverageLimit: '2.5' });
    expect([status, json]).toEqual([200, null]);
    expect((await summary()).json).toMatchObject({ autoLend: false, autoRepayBorrows: true, leverageLimit: '2.5' });
    await patch({ autoLend: true, leverageLimit: '20' });
  });

  it.each<[string, object, string, string]>([
    ['too much leverage', { leverageLimit: '51' }, 'MAX_LEVERAGE_REACHED', 'leverageLimit 51 is outside 1 .. 50'],
    ['too little leverage', { leverageLimit: '0.5' }, 'MAX_LEVERAGE_REACHED', 'leverageLimit 0.5 is outside 1 .. 50'],
    ['leverage with many decimals', { leverageLimit: '2.123' }, 'MAX_LEVERAGE_REACHED', 'at most 2 decimals'],
    ['negative leverage', { leverageLimit: '-1' }, 'MAX_LEVERAGE_REACHED', 'above zero'],
    ['a number for leverage', { leverageLimit: 5 }, 'INVALID_CLIENT_REQUEST', 'leverageLimit is the number 5'],
    ['a word for a flag', { autoLend: 'yes' }, 'INVALID_CLIENT_REQUEST', 'it must be true or false'],
    ['an unknown setting', { autoTrade: true }, 'INVALID_CLIENT_REQUEST', 'unknown field "autoTrade"'],
  ])('refuse %s', async (_what, body, code, words) => {
    expect((await patch(body)).json).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('GET /api/v1/account/limits', () => {
  it('tell the largest order, which is accepted, and one more is not', async () => {
    const answer = await limit('order', { symbol: 'SOL_USDC', side: 'Ask', price: '150' });
    expect(answer).toEqual({
      autoBorrow: null,
      autoBorrowRepay: null,
      autoLendRedeem: null,
      maxOrderQuantity: '500',
      price: '150',
      side: 'Ask',
      symbol: 'SOL_USDC',
      reduceOnly: null,
    });
    const order = { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit', price: '150' };
    expect((await gateway.ask(owner, 'POST /api/v1/order', { body: { ...order, quantity: '500.01' } })).json).toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      message: 'Insufficient funds: 500 SOL are available, 500.01 SOL are needed',
    });
    expect((await gateway.ask(owner, 'POST /api/v1/order', { body: { ...order, quantity: '500' } })).status).toBe(200);
    await gateway.ask(owner, 'DELETE /api/v1/orders', { body: { symbol: 'SOL_USDC' } });
  });

  it('tell what a market order, a borrowing one and a reduce-only one may be', async () => {
    expect(await limit('order', { symbol: 'SOL_USDC', side: 'Ask', autoBorrow: 'true', price: '150' })).toMatchObject({ autoBorrow: true });
    const reduce = await limit('order', { symbol: 'SOL_USDC_PERP', side: 'Ask', reduceOnly: 'true' });
    expect(reduce).toMatchObject({ reduceOnly: true, maxOrderQuantity: '0' });
  });

  it('tell what can be borrowed and withdrawn', async () => {
    await gateway.ask(seller, 'GET /api/v1/account');
    expect(await limit('borrow', { symbol: 'USDT' })).toMatchObject({ symbol: 'USDT', maxBorrowQuantity: '0.333333' });
    expect(await limit('borrow', { symbol: 'USDC' })).toMatchObject({ symbol: 'USDC', maxBorrowQuantity: expect.stringMatching(/^\d/) });
    const own = await limit('withdrawal', { symbol: 'SOL', autoLendRedeem: 'true' });
    expect(own).toEqual({ autoBorrow: null, autoLendRedeem: true, maxWithdrawalQuantity: '500', symbol: 'SOL' });
  });

  it.each<['borrow' | 'order' | 'withdrawal', Record<string, string>, string, string]>([
    ['order', { symbol: 'SOL_USDC', side: 'Ask', price: '1' }, 'INVALID_PRICE', 'no order at 1 is taken on SOL_USDC now'],
    ['borrow', { symbol: 'DOGE' }, 'INVALID_ASSET', 'Unknown asset "DOGE"'],
    ['borrow', {}, 'INVALID_CLIENT_REQUEST', 'symbol is missing'],
    ['order', { symbol: 'SOL', side: 'Ask' }, 'INVALID_MARKET', 'Invalid market symbol "SOL"'],
    ['order', { symbol: 'SOL_USDC', side: 'Sell' }, 'INVALID_CLIENT_REQUEST', 'one of Bid, Ask'],
    ['order', { symbol: 'SOL_USDC', side: 'Ask', price: '150.001' }, 'INVALID_PRICE', 'multiple of the tick size 0.01'],
    ['order', { symbol: 'SOL_USDC', side: 'Ask', autoBorrow: '1' }, 'INVALID_CLIENT_REQUEST', 'one of true, false'],
    ['withdrawal', { symbol: 'NaN' }, 'INVALID_ASSET', 'Unknown asset "NaN"'],
  ])('refuse bad %s questions: %j', async (what, query, code, words) => {
    expect(await limit(what, query)).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('POST /api/v1/account/convertDust', () => {
  const convert = (body: object, headers = {}) => gateway.ask(owner, 'POST /api/v1/account/convertDust', { body, headers });

  it('turns what cannot be sold into USDC, one asset or all', async () => {
    const account = gateway.accountOf(owner);
    const person = { account, user: 0, key: 0, keyGeneration: 0 };
    await gateway.venue.deposit(person, 'USDT', 700_000, 'dust');
    const before = await gateway.ask(owner, 'GET /api/v1/capital');
    expect(before.json).toMatchObject({ USDT: { available: '0.7' } });
    expect([(await convert({})).status, (await convert({})).status]).toEqual([200, 200]);
    expect((await gateway.ask(owner, 'GET /api/v1/capital')).json).not.toHaveProperty('USDT');
  });

  it.each<[object, string, string]>([
    [{ symbol: 'BTC' }, 'INVALID_QUANTITY', 'The balance of 2 BTC is not below the minimum quantity of 0.00001 BTC'],
    [{ symbol: 'USDC' }, 'INVALID_ASSET', 'USDC has no spot market against USDC'],
    [{ symbol: 'USDT' }, 'INVALID_QUANTITY', 'Quantity 0 USDT is outside'],
    [{ symbol: 'DOGE' }, 'INVALID_ASSET', 'Unknown asset "DOGE"'],
    [{ symbol: 5 }, 'INVALID_CLIENT_REQUEST', 'an asset symbol like'],
  ])('refuses %j', async (body, code, words) => {
    expect((await convert(body)).json).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});
