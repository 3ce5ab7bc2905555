import { commands } from '@mochila/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { ACCOUNT_ROUTES } from '../account/account-routes.ts';
import { ORDER_ROUTES } from '../order/order-routes.ts';
import { POSITION_ROUTES } from '../position/position-routes.ts';
import { CAPITAL_ROUTES } from './capital-routes.ts';

const [owner, maker] = [client(1), client(2)];
const WITHDRAWALS = '/wapi/v1/capital/withdrawals';
const ADDRESS = '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5';
const WITHDRAWAL = { address: ADDRESS, blockchain: 'Solana', quantity: '250', symbol: 'USDC' };

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: [...CAPITAL_ROUTES, ...ORDER_ROUTES, ...POSITION_ROUTES, ...ACCOUNT_ROUTES] });
});
afterAll(() => gateway.stop());

const place = (signer: typeof owner, body: object) => gateway.ask(signer, 'POST /api/v1/order', { body });
const fieldsOf = (json: unknown): Record<string, never> => JSON.parse(JSON.stringify(json));

describe('GET /api/v1/capital', () => {
  it('counts what is lent as available and what orders hold as locked', async () => {
    expect((await gateway.ask(owner, 'GET /api/v1/capital')).json).toEqual({
      USDC: { available: '100000', locked: '0', staked: '0' },
      BTC: { available: '2', locked: '0', staked: '0' },
      ETH: { available: '20', locked: '0', staked: '0' },
      SOL: { available: '500', locked: '0', staked: '0' },
    });
    await place(owner, { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit', price: '160', quantity: '120.5' });
    expect((await gateway.ask(owner, 'GET /api/v1/capital')).json).toMatchObject({ SOL: { available: '379.5', locked: '120.5' } });
  });
});

describe('GET /api/v1/capital/collateral', () => {
  it('has parts of each asset that sum to its total', async () => {
    const { json } = await gateway.ask(owner, 'GET /api/v1/capital/collateral');
    expect(json).toMatchObject({ marginFraction: null, imf: '0', mmf: '0', netExposureFutures: '0', pnlUnrealized: '0' });
    const { collateral } = fieldsOf(json);
    expect(collateral).toHaveLength(4);
    for (const part of Array.from<Record<string, string>>(collateral ?? [])) {
      const sum = ['openOrderQuantity', 'lendQuantity', 'availableQuantity'].reduce((total, name) => total + Number(part[name]), 0);
      expect(sum).toBe(Number(part['totalQuantity']));
    }
    expect(collateral).toContainEqual(
      expect.objectContaining({
        symbol: 'SOL',
        openOrderQuantity: '120.5',
        lendQuantity: '379.5',
        availableQuantity: '0',
        collateralWeight: '0.9',
      }),
    );
  });

  it('is about the account of the key, which may be named', async () => {
    expect((await gateway.ask(owner, 'GET /api/v1/capital/collateral', { query: { subaccountId: '0' } })).status).toBe(200);
    const other = await gateway.ask(owner, 'GET /api/v1/capital/collateral', { query: { subaccountId: '1' } });
    expect([other.status, other.json]).toMatchObject([403, { code: 'FORBIDDEN', message: expect.stringContaining('subaccount 0, not 1') }]);
  });
});

describe('GET /api/v1/position', () => {
  it('shows a position with entry, break-even, liquidation price and margin', async () => {
    await place(maker, { symbol: 'BTC_USDC_PERP', side: 'Ask', orderType: 'Limit', price: '60010', quantity: '2' });
    await place(owner, { symbol: 'BTC_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '60010', quantity: '2' });
    const { json } = await gateway.ask(owner, 'GET /api/v1/position');
    expect(json).toMatchObject([
      {
        symbol: 'BTC_USDC_PERP',
        netQuantity: '2',
        netExposureQuantity: '2',
        netCost: '120020',
        entryPrice: '60010',
        breakEvenPrice: '60040.005',
        pnlRealized: '0',
        cumulativeFundingPayment: '0',
        imf: '0.05',
        imfFunction: { type: 'sqrt', base: '0.02', factor: '0.00006' },
        mmfFunction: { type: 'sqrt', base: '0.0125', factor: '0.000036' },
        subaccountId: 0,
        cumulativeInterest: '0',
      },
    ]);
    const margin = await gateway.ask(owner, 'GET /api/v1/capital/collateral');
    expect(margin.json).toMatchObject({ marginFraction: expect.stringMatching(/^\d/), imf: expect.stringMatching(/^0\.0/) });
    expect(Number(fieldsOf(margin.json)['netExposureFutures'])).toBeGreaterThan(100_000);
    const short = await gateway.ask(maker, 'GET /api/v1/position', { query: { symbol: 'BTC_USDC_PERP', marketType: 'PERP' } });
    expect(short.json).toMatchObject([{ netQuantity: '-2', netCost: '-120020' }]);
  });

  it.each<[Record<string, string>, unknown]>([
    [{ symbol: 'ETH_USDC_PERP' }, []],
    [{ marketType: 'SPOT' }, []],
    [{ symbol: 'NOPE' }, { code: 'INVALID_MARKET', message: 'Invalid market symbol "NOPE": GET /api/v1/markets lists them.' }],
    [{ marketType: 'SWAP' }, { code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('one of SPOT, PERP') }],
  ])('filters by %j', async (query, answer) => {
    expect((await gateway.ask(owner, 'GET /api/v1/position', { query })).json).toEqual(answer);
  });
});

describe('withdrawals', () => {
  const withdraw = (body: object, headers = {}) => gateway.ask(owner, `POST ${WITHDRAWALS}`, { body, headers });
  const list = async (query = {}) => {
    await gateway.catchUp();
    return gateway.ask(owner, `GET ${WITHDRAWALS}`, { query });
  };

  it('leave the account at once, are listed, and are finished by the custodian', async () => {
    const asked = await withdraw({ ...WITHDRAWAL, clientId: 'payout-1', twoFactorToken: '123456' }, { 'x-idempotency-key': 'w-1' });
    expect(asked.json).toMatchObject({
      blockchain: 'Solana',
      clientId: 'payout-1',
      quantity: '250',
      fee: '0.0001',
      symbol: 'USDC',
      status: 'pending',
      subaccountId: 0,
      toAddress: ADDRESS,
      transactionHash: null,
      isInternal: false,
      triggerAt: null,
    });
    const again = await withdraw({ ...WITHDRAWAL, clientId: 'payout-1', twoFactorToken: '123456' }, { 'x-idempotency-key': 'w-1' });
    expect(again.json).toEqual(asked.json);
    const listed = await list();
    expect(listed.json).toEqual([asked.json]);
    const { id } = fieldsOf(asked.json);
    const fields = {
      ...commands.completeWithdrawal.defaults,
      withdrawal: Number(id),
      isConfirmed: 1,
      transaction: new TextEncoder().encode('tx-1'),
    };
    await gateway.engine.submit({ name: 'completeWithdrawal', fields }, new Uint8Array(0));
    expect((await list({ clientId: 'payout-1' })).json).toMatchObject([{ id, status: 'confirmed', transactionHash: 'tx-1' }]);
    expect((await list({ id: '999' })).json).toEqual([]);
  });

  it('that fail come back and say so', async () => {
    const { json } = await withdraw({ ...WITHDRAWAL, quantity: '10' });
    const fields = { ...commands.completeWithdrawal.defaults, withdrawal: Number(fieldsOf(json)['id']) };
    await gateway.engine.submit({ name: 'completeWithdrawal', fields }, new Uint8Array(0));
    const [first] = Array.from<unknown>(Object.values(fieldsOf((await list({ limit: '1' })).json)));
    expect(first).toMatchObject({ status: 'failed', quantity: '10' });
  });

  it.each<[string, object, string, string]>([
    ['less than the minimum', { quantity: '0.0005' }, 'INVALID_QUANTITY', 'at least 0.001 USDC on Solana'],
    ['more than there is', { quantity: '200000' }, 'INSUFFICIENT_FUNDS', 'USDC are available, 200000 USDC are needed'],
    ['another chain', { blockchain: 'Bitcoin' }, 'INVALID_ASSET', 'USDC does not exist on Bitcoin here: it is on Solana'],
    ['an unknown chain', { blockchain: 'Moon' }, 'INVALID_CLIENT_REQUEST', 'one of 0G'],
    ['an unknown asset', { symbol: 'DOGE' }, 'INVALID_ASSET', 'Unknown asset "DOGE"'],
    ['more decimals than there are', { quantity: '1.0000001' }, 'INVALID_QUANTITY', 'at most 6 decimals'],
    [
      'an address with spaces',
      { address: 'not an address' },
      'INVALID_CLIENT_REQUEST',
      '`address` is the string "not an address": it must be',
    ],
    ['no address', { address: '' }, 'INVALID_CLIENT_REQUEST', '`address` is the string "": it must be an address of the chain'],
    ['a negative quantity', { quantity: '-5' }, 'INVALID_QUANTITY', 'above zero'],
    ['a used client id', { clientId: 'payout-1' }, 'PRECONDITION_FAILED', 'A withdrawal with the clientId "payout-1" exists already'],
    ['an unknown field', { memo: 'x' }, 'INVALID_CLIENT_REQUEST', 'unknown field "memo"'],
  ])('refuse %s', async (what, change, code, words) => {
    if (what === 'a used client id') await withdraw({ ...WITHDRAWAL, quantity: '1', clientId: 'payout-1' });
    expect((await withdraw({ ...WITHDRAWAL, ...change })).json).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('the withdrawal delay', () => {
  const route = `${WITHDRAWALS}/delay`;
  const ask = (method: string, body?: object) => gateway.ask(maker, `${method} ${route}`, body === undefined ? {} : { body });

  it('is set once, then changed: longer at once, shorter later', async () => {
    expect((await ask('PATCH', { withdrawalDelayHours: 1, twoFactorToken: 'x' })).status).toBe(404);
    expect((await ask('GET')).json).toMatchObject({ currentWithdrawalDelayHours: 0, pendingWithdrawalDelayHours: null });
    expect(await ask('POST', { withdrawalDelayHours: 24, twoFactorToken: '123456' })).toMatchObject({ status: 200, json: null });
    expect(await ask('POST', { withdrawalDelayHours: 24, twoFactorToken: '123456' })).toMatchObject({
      status: 409,
      json: { code: 'PRECONDITION_FAILED' },
    });
    expect((await ask('PATCH', { withdrawalDelayHours: 48 })).json).toMatchObject({ currentWithdrawalDelayHours: 48 });
    expect((await ask('PATCH', { withdrawalDelayHours: 1 })).json).toMatchObject({
      currentWithdrawalDelayHours: 48,
      pendingWithdrawalDelayHours: 1,
      pendingWithdrawalDelayHoursEnabledAt: expect.stringMatching(/^2025-10-/),
    });
    const { json } = await gateway.ask(maker, `POST ${WITHDRAWALS}`, { body: { ...WITHDRAWAL, quantity: '5' } });
    expect(json).toMatchObject({ status: 'pending', triggerAt: expect.stringMatching(/^2025-10-/) });
  });

  it.each([721, -1, 1.5, '5'])('refuses %j hours', async (withdrawalDelayHours) => {
    expect((await ask('PATCH', { withdrawalDelayHours })).json).toMatchObject({ code: expect.stringMatching(/INVALID/) });
  });
});

describe('deposits', () => {
  it('have an address on each chain, and are listed with where they came from', async () => {
    const account = gateway.accountOf(owner);
    const address = await gateway.ask(owner, 'GET /wapi/v1/capital/deposit/address', { query: { blockchain: 'Solana' } });
    expect(address.json).toEqual({ address: `deposits-of-${account}` });
    const none = await gateway.ask(owner, 'GET /wapi/v1/capital/deposit/address', { query: { blockchain: 'Bitcoin' } });
    expect(none.json).toMatchObject({ code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('on Bitcoin') });
    await gateway.venue.deposit({ account, user: 0, key: 0, keyGeneration: 0 }, 'USDC', 5_000_000, 'tx-in-1');
    await gateway.catchUp();
    const all = await gateway.ask(owner, 'GET /wapi/v1/capital/deposits');
    expect(all.json).toHaveLength(5);
    expect(all.headers.get('x-total')).toBe('5');
    const own = await gateway.ask(owner, 'GET /wapi/v1/capital/deposits', { query: { excludePlatform: 'true' } });
    expect(own.json).toMatchObject([{ source: 'solana', status: 'confirmed', transactionHash: 'tx-in-1', quantity: '5', symbol: 'USDC' }]);
    const later = await gateway.ask(owner, 'GET /wapi/v1/capital/deposits', { query: { from: '1860000000000' } });
    expect(later.json).toEqual([]);
  });
});
