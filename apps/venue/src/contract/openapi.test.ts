import { ALL_ROUTES } from '@mochila/gateway';
import { createSigner, encodeBase64 } from '@mochila/protocol';
import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractDocument } from '../testing/contract-document.ts';
import { type Ask, SignedCaller } from '../testing/signed-caller.ts';

const PERP = 'SOL_USDC_PERP';
const ADDRESS = '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5';
const WAIT_MS = 60_000;
const OK = 200;
const REFUSED = 400;
const publicKey = createSigner(encodeBase64(new Uint8Array(32).fill(77))).apiKey;

type Write = readonly [route: string, body: object, status: number];

/** Every write there is, in an order in which each has what it needs; areas that come later refuse. */
function writesAt(price: number): readonly Write[] {
  const bid = { symbol: PERP, side: 'Bid', orderType: 'Limit', quantity: '1' };
  return [
    ['POST /sandbox/faucet', { symbol: 'SOL', quantity: '10' }, OK],
    [
      'POST /api/v1/orders',
      [
        { ...bid, price: `${price - 10}`, clientId: 2 },
        { ...bid, price: '0.01' },
      ],
      OK,
    ],
    ['DELETE /api/v1/order', { symbol: PERP, clientId: 2 }, OK],
    ['POST /api/v1/order', { ...bid, price: `${price - 11}`, clientId: 3, takeProfitTriggerPrice: `${price + 90}` }, OK],
    ['DELETE /api/v1/orders', { symbol: PERP }, OK],
    ['PATCH /api/v1/account', { autoBorrowSettlements: true, leverageLimit: '10' }, OK],
    ['POST /api/v1/borrowLend', { symbol: 'AVAX', side: 'Borrow', quantity: '1' }, OK],
    ['POST /api/v1/account/convertDust', { symbol: 'BTC' }, REFUSED],
    ['POST /api/v1/subaccounts', {}, OK],
    ['POST /api/v1/transfers', { symbol: 'SOL', quantity: '2', toSubaccountId: 1 }, OK],
    ['POST /api/v1/keys', { publicKey, permissions: ['read'] }, OK],
    ['DELETE /api/v1/keys', { publicKey }, OK],
    ['POST /wapi/v1/capital/withdrawals', { symbol: 'USDC', blockchain: 'Solana', quantity: '25', address: ADDRESS }, OK],
    ['POST /wapi/v1/capital/withdrawals/delay', { withdrawalDelayHours: 24, twoFactorToken: '123456' }, OK],
    ['PATCH /wapi/v1/capital/withdrawals/delay', { withdrawalDelayHours: 48, twoFactorToken: '123456' }, OK],
    ['PUT /api/v1/backstop', { symbol: PERP, capital: '1000', maxNotional: '3000', maxPerMinute: '100', maxPerHour: '300' }, OK],
    ['POST /api/v1/debtNotes', { id: 1, quantity: '5' }, 404],
    ['POST /api/v1/rfq', { symbol: 'SOL_USDC_RFQ', side: 'Bid', quantity: '10' }, REFUSED],
    ['POST /api/v1/rfq/quote', { rfqId: '112', bidPrice: '141.1', askPrice: '141.4' }, REFUSED],
    ['POST /api/v1/rfq/accept', { quoteId: '113' }, REFUSED],
    ['POST /api/v1/rfq/refresh', { rfqId: '112' }, REFUSED],
    ['POST /api/v1/rfq/cancel', { rfqId: '112' }, REFUSED],
    [
      'POST /api/v1/strategy',
      { symbol: PERP, side: 'Bid', strategyType: 'Scheduled', quantity: '10', duration: 600_000, interval: 10_000 },
      REFUSED,
    ],
    ['DELETE /api/v1/strategy', { symbol: PERP, strategyId: '12' }, 404],
    ['DELETE /api/v1/strategies', { symbol: PERP }, OK],
    ['POST /api/v1/vault/mint', { vaultId: 1, symbol: 'SOL', quantity: '250' }, REFUSED],
    ['POST /api/v1/vault/redeem', { vaultId: 1, vaultTokenQuantity: '250' }, REFUSED],
    ['DELETE /api/v1/vault/redeem', { vaultId: 1 }, REFUSED],
  ];
}

/** Parameters that the document's own examples do not give, and the status where it is not success. */
const READS: Readonly<Record<string, { readonly query?: Ask['query']; readonly status?: number }>> = {
  'GET /api/v1/klines': { query: { symbol: PERP, interval: '1m', startTime: Math.floor(Date.now() / 1_000) - 600 } },
  'GET /api/v1/borrowLend/markets/history': { query: { interval: '1d', symbol: 'AVAX' } },
  'GET /api/v1/vaults/history': { query: { interval: '1d' } },
  'GET /api/v1/order': { query: { symbol: PERP, clientId: 9 } },
  'GET /api/v1/account/limits/order': { query: { symbol: PERP, side: 'Bid' } },
  'GET /wapi/v1/capital/deposit/address': { query: { blockchain: 'Solana' } },
  'GET /api/v1/vault/redeems/pending': { query: { vaultId: 1 } },
  'GET /api/v1/strategy': { status: 404 },
  'GET /api/v1/stockIndicativeQuote': { status: REFUSED },
  'GET /api/v1/vault/nav': { status: REFUSED },
  // Asked for literally, it names no receipt.
  'GET /api/v1/receipts/{id}': { status: REFUSED },
  'GET /api/v1/borrowLend/position/liquidationPrice': { query: { borrow: 'AVAX' } },
};

/** Lists that must hold something when they are judged: an empty list keeps any schema. */
const FILLED = [
  'GET /api/v1/assets',
  'GET /api/v1/borrowLend/markets',
  'GET /api/v1/borrowLend/positions',
  'GET /api/v1/collateral',
  'GET /api/v1/fund/moves',
  'GET /api/v1/keys',
  'GET /api/v1/klines',
  'GET /api/v1/markPrices',
  'GET /api/v1/markets',
  'GET /api/v1/openInterest',
  'GET /api/v1/orders',
  'GET /api/v1/position',
  'GET /api/v1/settlements',
  'GET /api/v1/subaccounts',
  'GET /api/v1/tickers',
  'GET /api/v1/trades',
  'GET /api/v1/trades/history',
  'GET /wapi/v1/capital/deposits',
  'GET /wapi/v1/capital/withdrawals',
  'GET /wapi/v1/history/borrowLend',
  'GET /wapi/v1/history/borrowLend/positions',
  'GET /wapi/v1/history/fills',
  'GET /wapi/v1/history/orders',
  'GET /wapi/v1/history/position',
  'GET /wapi/v1/history/settlement',
];

const documented = ALL_ROUTES.map(({ method, path }) => `${method} ${path}`);
const reads = documented.filter((route) => route.startsWith('GET'));

let venue: VenueProcess;
let contract: ContractDocument;
let caller: SignedCaller;
let other: SignedCaller;
let price: number;

beforeAll(async () => {
  venue = await startVenueProcess();
  contract = new ContractDocument(await (await fetch(`${venue.url}/openapi.json`)).json());
  [caller, other] = [new SignedCaller(venue.url, 1), new SignedCaller(venue.url, 2)];
  price = await caller.roundMark(PERP);
  await lendTo('AVAX');
});
afterAll(() => venue.stop());

/** Somebody lends what is to be borrowed: the faucet's coins lend themselves. */
async function lendTo(symbol: string): Promise<void> {
  expect((await other.ask('POST /sandbox/faucet', { body: { symbol, quantity: '100' } })).status).toBe(OK);
}

/** A position of one, a resting order of three. */
async function trade(): Promise<void> {
  const order = { symbol: PERP, orderType: 'Limit', price: `${price}` };
  await other.ask('POST /api/v1/order', { body: { ...order, side: 'Ask', quantity: '1' } });
  const { json } = await caller.ask('POST /api/v1/order', { body: { ...order, side: 'Bid', quantity: '4', clientId: 9 } });
  expect(json).toMatchObject({ status: 'PartiallyFilled', executedQuantity: '1' });
}

describe('the OpenAPI document of a running venue', () => {
  it('describes the routes that are served and no others', async () => {
    expect([...contract.operations.keys()].sort()).toEqual([...documented].sort());
    const operationIds = [...contract.operations.values()].map(({ operationId }) => operationId);
    expect(new Set(operationIds).size).toBe(operationIds.length);
  });

  it('names every method that its paths answer to', async () => {
    for (const path of new Set(documented.map((route) => route.split(' ')[1] ?? ''))) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        if (contract.operations.has(`${method} ${path}`)) continue;
        expect([path, method, (await fetch(venue.url + path, { method })).status]).toEqual([path, method, 404]);
      }
    }
  });

  it('is kept by every write, bodies and answers', async () => {
    const writes = writesAt(price);
    expect(writes.map(([route]) => route).sort()).toEqual(documented.filter((route) => !route.startsWith('GET')).sort());
    for (const [route, body, status] of writes) {
      expect(contract.faultsOfBody(route, body)).toEqual([]);
      const answer = await caller.ask(route, { body });
      expect(contract.faultsOf(route, answer)).toEqual([]);
      expect([route, answer.status, answer.status === status ? null : answer.json]).toEqual([route, status, null]);
    }
    await trade();
  });

  it.each(reads)('is kept by %s', async (route) => {
    const required = contract.operations.get(route)?.parameters.filter((one) => one.in === 'query' && one.required) ?? [];
    const examples = Object.fromEntries(required.map(({ name, example }) => [name, String(example)]));
    const { query = examples, status = OK } = READS[route] ?? {};
    const untilMs = performance.now() + WAIT_MS;
    let answer = await caller.ask(route, { query });
    // History is written behind, and some of it at the next settlement.
    while (FILLED.includes(route) && isEmpty(answer.json) && performance.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      answer = await caller.ask(route, { query });
    }
    expect(contract.faultsOf(route, answer)).toEqual([]);
    expect([answer.status, answer.status === status ? null : answer.json]).toEqual([status, null]);
    if (FILLED.includes(route)) expect(isEmpty(answer.json)).toBe(false);
  });

  it('is kept by refusals', async () => {
    for (const route of documented) {
      const unsigned = await fetch(venue.url + (route.split(' ')[1] ?? ''), { method: route.split(' ')[0] ?? 'GET' });
      const answer = { status: unsigned.status, contentType: unsigned.headers.get('content-type') ?? '', json: await textOrJson(unsigned) };
      expect(contract.faultsOf(route, answer)).toEqual([]);
    }
  });
});

function isEmpty(json: unknown): boolean {
  return Array.isArray(json) && json.length === 0;
}

async function textOrJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text;
}
