import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, tradableGenesis, VenueGateway } from '../../testing/venue-gateway.ts';
import { CAPITAL_ROUTES } from '../capital/capital-routes.ts';
import { ORDER_ROUTES } from '../order/order-routes.ts';
import { OWN_ROUTES } from '../own/own-routes.ts';
import { SUBACCOUNT_ROUTES } from '../subaccounts/subaccount-routes.ts';
import { KEY_ROUTES } from './key-routes.ts';

const [owner, stranger, reader, traderKey, subKey, spare] = [client(1), client(2), client(3), client(4), client(5), client(6)];
const ROUTES = [...KEY_ROUTES, ...SUBACCOUNT_ROUTES, ...OWN_ROUTES, ...ORDER_ROUTES, ...CAPITAL_ROUTES];
const ORDER = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '140', quantity: '1' };

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: ROUTES });
  await gateway.ask(owner, 'POST /api/v1/keys', { body: { publicKey: reader.apiKey, permissions: ['read'] } });
  await gateway.ask(owner, 'POST /api/v1/keys', { body: { publicKey: traderKey.apiKey, permissions: ['read', 'trade'] } });
});
afterAll(() => gateway.stop());

const create = (body: object, signer = owner, headers = {}) => gateway.ask(signer, 'POST /api/v1/keys', { body, headers });

describe('keys', () => {
  it('are listed with what they may do', async () => {
    const list = async (query = {}) => (await gateway.ask(owner, 'GET /api/v1/keys', { query })).json;
    expect(await list()).toEqual([
      { publicKey: owner.apiKey, permissions: ['read', 'trade', 'withdraw'], subaccountId: 0 },
      { publicKey: reader.apiKey, permissions: ['read'], subaccountId: 0 },
      { publicKey: traderKey.apiKey, permissions: ['read', 'trade'], subaccountId: 0 },
    ]);
    expect(await list({ permission: 'withdraw' })).toHaveLength(1);
  });

  it('may do what they were made for and no more', async () => {
    const place = (signer: typeof owner) => gateway.ask(signer, 'POST /api/v1/order', { body: ORDER });
    expect((await gateway.ask(reader, 'GET /api/v1/orders')).status).toBe(200);
    expect(await place(reader)).toMatchObject({
      status: 403,
      json: { code: 'FORBIDDEN', message: expect.stringContaining('This key may read') },
    });
    expect((await place(traderKey)).status).toBe(200);
    const withdrawal = { address: 'somewhere', blockchain: 'Solana', quantity: '1', symbol: 'USDC' };
    expect(await gateway.ask(traderKey, 'POST /wapi/v1/capital/withdrawals', { body: withdrawal })).toMatchObject({ status: 403 });
    expect(await create({ publicKey: spare.apiKey, permissions: ['read'] }, traderKey)).toMatchObject({ status: 403 });
    expect(await gateway.ask(reader, 'DELETE /api/v1/orders', { body: { symbol: 'SOL_USDC' } })).toMatchObject({ status: 403 });
  });

  it('are dead once revoked, and the answer to a repeated revocation is the first one', async () => {
    await create({ publicKey: spare.apiKey, permissions: ['read', 'trade'] });
    expect((await gateway.ask(spare, 'POST /api/v1/order', { body: ORDER })).status).toBe(200);
    const ask = { body: { publicKey: spare.apiKey }, headers: { 'x-idempotency-key': 'revoke-1' } };
    for (let times = 0; times < 2; times += 1) expect((await gateway.ask(owner, 'DELETE /api/v1/keys', ask)).status).toBe(200);
    expect((await gateway.ask(owner, 'DELETE /api/v1/keys', { body: ask.body })).json).toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      message: expect.stringContaining('Key Not Found'),
    });
    expect(await gateway.ask(spare, 'POST /api/v1/order', { body: ORDER })).toMatchObject({ status: 401, json: { code: 'UNAUTHORIZED' } });
    expect(await gateway.ask(spare, 'GET /api/v1/orders')).toMatchObject({ status: 401, json: { code: 'UNAUTHORIZED' } });
  });

  it.each<[string, object, string, string]>([
    ['a known key', { publicKey: reader.apiKey, permissions: ['read'] }, 'PRECONDITION_FAILED', 'registered already'],
    ['no permissions', { publicKey: client(9).apiKey, permissions: [] }, 'INVALID_CLIENT_REQUEST', 'at least one permission'],
    [
      'an unknown permission',
      { publicKey: client(9).apiKey, permissions: ['admin'] },
      'INVALID_CLIENT_REQUEST',
      'one of read, trade, withdraw',
    ],
    ['no key', { publicKey: 'hello', permissions: ['read'] }, 'INVALID_CLIENT_REQUEST', 'base64 of a 32-byte'],
    [
      'an unknown subaccount',
      { publicKey: client(9).apiKey, permissions: ['read'], subaccountId: 7 },
      'RESOURCE_NOT_FOUND',
      'Subaccount 7 Not Found',
    ],
  ])('are refused: %s', async (_what, body, code, words) => {
    expect((await create(body)).json).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('cannot be revoked by others, nor the last one that may do all', async () => {
    const revoke = (signer: typeof owner, key: typeof owner) =>
      gateway.ask(signer, 'DELETE /api/v1/keys', { body: { publicKey: key.apiKey } });
    expect((await revoke(stranger, reader)).json).toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    expect((await revoke(owner, owner)).json).toMatchObject({ code: 'PRECONDITION_FAILED', message: expect.stringContaining('last key') });
  });
});

describe('subaccounts and transfers', () => {
  it('are opened, funded, traded from with a key of their own, and emptied', async () => {
    const opened = await gateway.ask(owner, 'POST /api/v1/subaccounts', { body: {}, headers: { 'x-idempotency-key': 'sub-1' } });
    expect(opened.json).toMatchObject({ subaccountId: 1 });
    const again = await gateway.ask(owner, 'POST /api/v1/subaccounts', { body: {}, headers: { 'x-idempotency-key': 'sub-1' } });
    expect(again.json).toEqual(opened.json);
    expect((await gateway.ask(owner, 'GET /api/v1/subaccounts')).json).toMatchObject([{ subaccountId: 0 }, { subaccountId: 1 }]);
    const moved = await gateway.ask(owner, 'POST /api/v1/transfers', { body: { symbol: 'USDC', quantity: '250.5', toSubaccountId: 1 } });
    expect(moved.json).toEqual({
      symbol: 'USDC',
      quantity: '250.5',
      fromSubaccountId: 0,
      toSubaccountId: 1,
      engineSequence: expect.any(Number),
    });
    await create({ publicKey: subKey.apiKey, permissions: ['read', 'trade', 'withdraw'], subaccountId: 1 });
    expect((await gateway.ask(subKey, 'GET /api/v1/capital')).json).toEqual({ USDC: { available: '250.5', locked: '0', staked: '0' } });
    expect((await gateway.ask(subKey, 'POST /api/v1/order', { body: ORDER })).json).toMatchObject({ status: 'New' });
    expect((await gateway.ask(owner, 'GET /api/v1/order', { query: { symbol: 'SOL_USDC', clientId: '1' } })).status).toBe(404);
    await gateway.ask(subKey, 'DELETE /api/v1/orders', { body: { symbol: 'SOL_USDC' } });
    const back = await gateway.ask(subKey, 'POST /api/v1/transfers', { body: { symbol: 'USDC', quantity: '250.5', toSubaccountId: 0 } });
    expect(back.json).toMatchObject({ fromSubaccountId: 1, toSubaccountId: 0 });
  });

  it.each<[string, object, string, string]>([
    ['to itself', { toSubaccountId: 0 }, 'INVALID_CLIENT_REQUEST', 'names one account twice'],
    ['to nobody', { toSubaccountId: 5 }, 'RESOURCE_NOT_FOUND', 'Subaccount 5 Not Found'],
    ['of more than there is', { quantity: '1000000' }, 'INSUFFICIENT_FUNDS', '1000000 USDC are needed'],
    ['of nothing', { quantity: '0' }, 'INVALID_QUANTITY', 'above zero'],
    ['of an unknown asset', { symbol: 'DOGE' }, 'INVALID_ASSET', 'Unknown asset'],
  ])('refuse a transfer %s', async (_what, change, code, words) => {
    const { json } = await gateway.ask(owner, 'POST /api/v1/transfers', {
      body: { symbol: 'USDC', quantity: '1', toSubaccountId: 1, ...change },
    });
    expect(json).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('POST /sandbox/faucet', () => {
  const faucet = (body: object, signer = stranger) => gateway.ask(signer, 'POST /sandbox/faucet', { body });

  it('gives test money within its bound', async () => {
    expect((await faucet({ symbol: 'SOL', quantity: '400' })).json).toEqual({ symbol: 'SOL', quantity: '400' });
    expect((await gateway.ask(stranger, 'GET /api/v1/capital')).json).toMatchObject({ SOL: { available: '900' } });
    expect((await faucet({ symbol: 'SOL', quantity: '101' })).json).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: 'The faucet gives at most 500 SOL per account and day',
    });
    expect((await faucet({ symbol: 'SOL', quantity: '1' }, reader)).status).toBe(403);
  });

  it('gives nothing where there is no sandbox', async () => {
    const closed = await VenueGateway.start({ routes: OWN_ROUTES, genesis: tradableGenesis({ sandbox: false }) });
    const answer = await closed.ask(stranger, 'POST /sandbox/faucet', { body: { symbol: 'SOL', quantity: '1' } });
    expect(answer.json).toMatchObject({ code: expect.stringMatching(/UNAUTHORIZED|FORBIDDEN/) });
    await closed.stop();
  });
});
