import { isReceiptDocument, signRequest } from '@mochila/protocol';
import { verifyReceipt } from '@mochila/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOWN_HISTORY } from '../../testing/down-history.ts';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { ACCOUNT_ROUTES } from '../account/account-routes.ts';
import { BORROW_LEND_ROUTES } from '../borrow-lend/borrow-lend-routes.ts';
import { ORDER_ROUTES } from '../order/order-routes.ts';
import { OWN_ROUTES } from '../own/own-routes.ts';

const [owner, maker] = [client(1), client(2)];
const ONE = 'GET /api/v1/receipts/{id}';
const PERP = { symbol: 'BTC_USDC_PERP', orderType: 'Limit' };
const ROUTES = [...ORDER_ROUTES, ...BORROW_LEND_ROUTES, ...ACCOUNT_ROUTES, ...OWN_ROUTES];

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: ROUTES });
  const place = async (signer: typeof owner, body: object): Promise<void> => {
    const { status, json } = await gateway.ask(signer, 'POST /api/v1/order', { body });
    expect([status, json]).toMatchObject([200, {}]);
  };
  // The maker sells ten times what the owner's money is worth; the price falls by a tenth in twenty seconds.
  await gateway.ask(maker, 'POST /sandbox/faucet', { body: { symbol: 'USDC', quantity: '100000' } });
  await place(owner, { ...PERP, side: 'Bid', price: '60000', quantity: '4' });
  await place(maker, { ...PERP, side: 'Ask', price: '60000', quantity: '4' });
  await place(owner, { ...PERP, side: 'Bid', price: '55000', quantity: '0.1' });
  gateway.venue.usd.set('BTC', 12_000);
  gateway.venue.usd.set('ETH', 100);
  gateway.venue.usd.set('SOL', 10);
  await gateway.venue.passSeconds(240);
  await gateway.catchUp();
}, 60_000);
afterAll(() => gateway.stop());

const ask = (path: string, query: Record<string, string> = {}, signer = owner) =>
  gateway.ask(signer, `GET /api/v1/receipts${path}`, { query });

async function listed(query: Record<string, string> = {}, signer = owner): Promise<{ id: string; kind: string }[]> {
  const { json } = await ask('', query, signer);
  return Array.isArray(json) ? json : [];
}

describe('GET /api/v1/receipts', () => {
  it('lists what the venue did to the account, newest first, by kind, market and time', async () => {
    const rows = await listed();
    expect(rows.length).toBeGreaterThan(1);
    const kinds = new Set(rows.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['SettlementBorrow', 'OrderCancel']));
    const sequences = rows.map(({ id }) => Number(id.split('-')[0]));
    expect(sequences).toEqual([...sequences].sort((a, b) => b - a));
    const borrows = await listed({ kind: 'SettlementBorrow' });
    expect(new Set(borrows.map(({ kind }) => kind))).toEqual(new Set(['SettlementBorrow']));
    expect(await listed({ to: '1000' })).toEqual([]);
    expect(await listed({ limit: '1' })).toEqual(rows.slice(0, 1));
    expect((await ask('', { kind: 'Other' })).json).toMatchObject({ code: 'INVALID_CLIENT_REQUEST' });
  });

  it('shows one with every line, and each can be computed again', async () => {
    for (const { id } of await listed()) {
      const { status, json } = await gateway.ask(owner, ONE, { query: { id } });
      expect([status, isReceiptDocument(json)]).toEqual([200, true]);
      if (!isReceiptDocument(json)) continue;
      const wrong = verifyReceipt(json).checks.filter(({ isGood }) => !isGood);
      expect([json.kind, wrong]).toEqual([json.kind, []]);
    }
  });

  it('shows nobody what is another’s, and says so for what is no id', async () => {
    const [first] = await listed();
    const id = first?.id ?? '';
    const asOther = await gateway.ask(maker, ONE, { query: { id } });
    expect(asOther).toMatchObject({ status: 404, json: { code: 'RESOURCE_NOT_FOUND' } });
    const bad = await gateway.ask(owner, ONE, { query: { id: 'x' } });
    expect(bad).toMatchObject({ status: 400, json: { code: 'INVALID_CLIENT_REQUEST' } });
    const endless = await gateway.ask(owner, ONE, { query: { id: '1'.repeat(5_000) } });
    expect(endless).toMatchObject({ status: 414, json: { message: expect.stringContaining('more than 100 characters') } });
    const headers = signRequest(owner, { instruction: 'receiptQuery', query: { id: '1-1' }, timestampMs: gateway.nowMs() });
    const unsignedId = await gateway.send('GET', `/api/v1/receipts/${id}`, undefined, { ...headers });
    expect(unsignedId).toMatchObject({ status: 400, json: { code: 'INVALID_SIGNATURE' } });
  });

  it('says when history is away', async () => {
    const down = await VenueGateway.start({ routes: OWN_ROUTES, history: DOWN_HISTORY });
    expect((await down.ask(owner, 'GET /api/v1/receipts')).status).toBe(503);
    await down.stop();
  });
});
