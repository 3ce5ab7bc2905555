import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOWN_HISTORY } from '../../testing/down-history.ts';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { ACCOUNT_ROUTES } from '../account/account-routes.ts';
import { BORROW_LEND_ROUTES } from '../borrow-lend/borrow-lend-routes.ts';
import { ORDER_ROUTES } from '../order/order-routes.ts';
import { OWN_ROUTES } from '../own/own-routes.ts';
import { HISTORY_ROUTES } from './history-routes.ts';

const [owner, maker] = [client(1), client(2)];
const ROUTES = [...HISTORY_ROUTES, ...ORDER_ROUTES, ...BORROW_LEND_ROUTES, ...ACCOUNT_ROUTES, ...OWN_ROUTES];
const PERP = { symbol: 'BTC_USDC_PERP', orderType: 'Limit', price: '60000', quantity: '0.5' };
const SPOT = { symbol: 'SOL_USDC', orderType: 'Limit', price: '150', quantity: '10' };
const NAIVE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/;
const HOUR_SECONDS = 3_600;

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: ROUTES });
  const place = async (signer: typeof owner, body: object): Promise<void> => {
    const { status, json } = await gateway.ask(signer, 'POST /api/v1/order', { body });
    expect([status, json]).toMatchObject([200, {}]);
  };
  await place(maker, { ...PERP, side: 'Ask' });
  await place(owner, { ...PERP, side: 'Bid', clientId: 77 });
  await place(maker, { ...SPOT, side: 'Ask' });
  await place(owner, { ...SPOT, side: 'Bid' });
  await place(maker, { ...PERP, side: 'Bid', price: '59990', quantity: '0.2' });
  await place(owner, { ...PERP, side: 'Ask', price: '59990', quantity: '0.2' });
  await place(owner, { ...PERP, side: 'Bid', price: '50000' });
  await gateway.ask(owner, 'DELETE /api/v1/orders', { body: { symbol: PERP.symbol } });
  await place(owner, { symbol: PERP.symbol, side: 'Bid', orderType: 'Limit', price: '50000', quantity: '1', timeInForce: 'IOC' });
  await gateway.ask(owner, 'POST /api/v1/borrowLend', { body: { symbol: 'ETH', side: 'Borrow', quantity: '20' } });
  await gateway.ask(owner, 'POST /api/v1/borrowLend', { body: { symbol: 'ETH', side: 'Borrow', quantity: '2' } });
  const person = { account: gateway.accountOf(owner), user: 0, key: 0, keyGeneration: 0 };
  await gateway.venue.deposit(person, 'USDT', 500_000, 'dust');
  await gateway.ask(owner, 'POST /api/v1/account/convertDust', { body: {} });
  gateway.venue.usd.set('BTC', 60_300);
  for (const [side, price] of [
    ['Bid', '60500'],
    ['Ask', '60510'],
  ]) {
    await place(maker, { ...PERP, side, price, quantity: '1', postOnly: true });
  }
  await gateway.venue.passSeconds(HOUR_SECONDS);
  await gateway.ask(maker, 'DELETE /api/v1/orders', { body: { symbol: PERP.symbol } });
  await gateway.catchUp();
}, 60_000);
afterAll(() => gateway.stop());

const list = async (path: string, query: Record<string, string> = {}, signer = owner) => {
  const answer = await gateway.ask(signer, `GET /wapi/v1/history/${path}`, { query });
  const rows: Record<string, unknown>[] = Array.isArray(answer.json) ? answer.json : [];
  return { ...answer, rows };
};
const refusal = async (path: string, query: Record<string, string>) => (await list(path, query)).json;

describe('GET /wapi/v1/history/orders', () => {
  it('lists what became of each order, newest first', async () => {
    const { rows } = await list('orders');
    expect(rows).toMatchObject([
      { symbol: 'BTC_USDC_PERP', status: 'Expired', expiryReason: 'ImmediateOrCancel', timeInForce: 'IOC' },
      { symbol: 'BTC_USDC_PERP', status: 'Cancelled', price: '50000', executedQuantity: '0' },
      { symbol: 'BTC_USDC_PERP', status: 'Filled', side: 'Ask', executedQuantity: '0.2' },
      { symbol: 'SOL_USDC', status: 'Filled', executedQuantity: '10', executedQuoteQuantity: '1500' },
      { symbol: 'BTC_USDC_PERP', status: 'Filled', clientId: 77, systemOrderType: null, createdAt: expect.stringMatching(NAIVE) },
    ]);
  });

  it('filters by order, market and type', async () => {
    const [newest] = (await list('orders')).rows;
    expect((await list('orders', { orderId: String(newest?.['id']) })).rows).toHaveLength(1);
    expect((await list('orders', { symbol: 'SOL_USDC' })).rows).toHaveLength(1);
    expect((await list('orders', { marketType: 'SPOT,RFQ' })).rows).toHaveLength(1);
    expect((await list('orders', { marketType: 'DATED' })).rows).toEqual([]);
    expect((await list('orders', { symbol: 'SOL_USDC', marketType: 'PERP' })).rows).toEqual([]);
    expect((await list('orders', { strategyId: '5' })).rows).toEqual([]);
    expect((await list('orders', { orderId: '99999999999999999999' })).rows).toEqual([]);
  });

  it('is paged by offset and by cursor, in both directions, and says so in headers', async () => {
    const all = (await list('orders')).rows.map(({ id }) => id);
    const first = await list('orders', { limit: '2' });
    const header = (name: string) => first.headers.get(name);
    expect([header('x-page-count'), header('x-current-page'), header('x-page-size'), header('x-total')]).toEqual(['3', '1', '2', '5']);
    const second = await list('orders', { limit: '2', cursor: header('x-next-cursor') ?? '' });
    const third = await list('orders', { limit: '2', offset: '4' });
    expect(third.headers.get('x-current-page')).toBe('3');
    expect([...first.rows, ...second.rows, ...third.rows].map(({ id }) => id)).toEqual(all);
    expect((await list('orders', { sortDirection: 'Asc' })).rows.map(({ id }) => id)).toEqual(all.reverse());
    const none = await list('orders', { limit: '0' });
    expect([none.rows, none.headers.get('x-total')]).toEqual([[], '5']);
  });

  it.each<[Record<string, string>, string, string]>([
    [{ limit: '1001' }, 'INVALID_CLIENT_REQUEST', 'whole number from 0 to 1000'],
    [{ limit: '-1' }, 'INVALID_CLIENT_REQUEST', 'whole number from 0 to 1000'],
    [{ limit: '1e2' }, 'INVALID_CLIENT_REQUEST', 'whole number'],
    [{ offset: 'NaN' }, 'INVALID_CLIENT_REQUEST', 'whole number'],
    [{ cursor: 'hello' }, 'INVALID_CLIENT_REQUEST', 'X-Next-Cursor'],
    [{ sortDirection: 'desc' }, 'INVALID_CLIENT_REQUEST', 'one of Asc, Desc'],
    [{ symbol: 'NOPE' }, 'INVALID_MARKET', 'Invalid market symbol'],
    [{ orderId: 'abc' }, 'INVALID_CLIENT_REQUEST', 'string of 1 to 20 digits'],
    [{ marketType: 'SWAP' }, 'INVALID_CLIENT_REQUEST', 'one of'],
  ])('refuses %j', async (query, code, words) => {
    expect(await refusal('orders', query)).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('GET /wapi/v1/history/fills', () => {
  it('lists both roles with fees', async () => {
    expect((await list('fills')).rows).toMatchObject([
      { symbol: 'BTC_USDC_PERP', side: 'Ask', price: '59990', quantity: '0.2', isMaker: false },
      { symbol: 'SOL_USDC', fee: '1.5', feeSymbol: 'USDC', isMaker: false, clientId: null },
      { symbol: 'BTC_USDC_PERP', fee: '15', clientId: '77', tradeId: 1, timestamp: expect.stringMatching(NAIVE), systemOrderType: null },
    ]);
    expect((await list('fills', {}, maker)).rows).toMatchObject([
      { isMaker: true },
      { isMaker: true, fee: '1.2' },
      { isMaker: true, fee: '6' },
    ]);
  });

  it('filters by time, kind and order', async () => {
    const [newest] = (await list('fills')).rows;
    const at = Date.parse(`${String(newest?.['timestamp'])}Z`);
    expect((await list('fills', { from: String(at) })).rows).toHaveLength(1);
    expect((await list('fills', { to: String(at) })).rows).toHaveLength(2);
    expect((await list('fills', { fillType: 'User' })).rows).toHaveLength(3);
    expect((await list('fills', { fillType: 'AllLiquidation' })).rows).toEqual([]);
    expect((await list('fills', { orderId: String(newest?.['orderId']) })).rows).toHaveLength(1);
    expect((await list('fills', { strategyId: '1' })).rows).toEqual([]);
    expect(await refusal('fills', { from: '20', to: '10' })).toMatchObject({
      code: 'INVALID_RANGE',
      message: expect.stringContaining('`from` is 20, which is after `to`, 10'),
    });
  });
});

describe('GET /wapi/v1/history/position and funding', () => {
  it('shows the position with what it cost and earned', async () => {
    expect((await list('position')).rows).toMatchObject([
      {
        symbol: 'BTC_USDC_PERP',
        state: 'Open',
        netQuantity: '0.3',
        entryPrice: '60000',
        netCost: '18000',
        cumulativePnlRealized: '-2',
        closedVolume: '0.2',
        closingPrice: null,
        closedAt: null,
        openedAt: expect.stringMatching(NAIVE),
      },
    ]);
    expect((await list('position', { state: 'Closed' })).rows).toEqual([]);
    expect((await list('position', { symbol: 'ETH_USDC_PERP' })).rows).toEqual([]);
  });

  it('shows a closed position with its entry and closing price', async () => {
    const close = { ...PERP, price: '60100', quantity: '0.3' };
    await gateway.ask(maker, 'POST /api/v1/order', { body: { ...close, side: 'Bid' } });
    await gateway.ask(owner, 'POST /api/v1/order', { body: { ...close, side: 'Ask', reduceOnly: true } });
    await gateway.catchUp();
    expect((await list('position', { state: 'Closed' })).rows).toMatchObject([
      {
        state: 'Closed',
        netQuantity: '0',
        entryPrice: '60000',
        closingPrice: '60100',
        closedVolume: '0.5',
        unrealizedPnl: '0',
        closedAt: expect.stringMatching(NAIVE),
      },
    ]);
  });

  it('lists funding with its rate, of one market and of the own account', async () => {
    const { rows } = await list('funding', { subaccountId: '0', symbol: 'BTC_USDC_PERP' });
    // The owner is long and the mark is above the index: the owner pays.
    expect(rows).toMatchObject([
      {
        symbol: 'BTC_USDC_PERP',
        subaccountId: 0,
        quantity: expect.stringMatching(/^-/),
        fundingRate: expect.stringMatching(/^0\.0*[1-9]/),
      },
    ]);
    expect((await list('funding', {}, maker)).rows).toMatchObject([{ quantity: expect.stringMatching(/^[1-9]|^0\.\d/) }]);
    expect((await list('funding', { symbol: 'ETH_USDC_PERP' })).rows).toEqual([]);
    expect(await refusal('funding', { subaccountId: '1' })).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('GET /wapi/v1/history/borrowLend, borrowLend/positions and interest', () => {
  it('lists lends, redemptions and borrows with their reason', async () => {
    const eth = (await list('borrowLend', { symbol: 'ETH' })).rows;
    expect(eth).toMatchObject([
      { eventType: 'Borrow', source: 'Manual', quantity: '2', positionQuantity: '2', spotMarginOrderId: null },
      { eventType: 'LendRedeem', source: 'Manual', quantity: '20', positionQuantity: '0' },
      { eventType: 'Lend', source: 'AutoLend', quantity: '20' },
    ]);
    expect((await list('borrowLend', { symbol: 'ETH', type: 'Borrow' })).rows).toHaveLength(1);
    expect((await list('borrowLend', { symbol: 'ETH', sources: 'AutoLend,Rfq' })).rows).toHaveLength(1);
    expect((await list('borrowLend', { symbol: 'ETH', sources: 'Rfq' })).rows).toEqual([]);
    expect((await list('borrowLend', { positionId: String(eth[0]?.['positionId']) })).rows).toHaveLength(1);
    expect(await refusal('borrowLend', { sources: 'Nobody' })).toMatchObject({ code: 'INVALID_SOURCE' });
    expect(await refusal('borrowLend', { positionId: 'abc' })).toMatchObject({ code: 'INVALID_POSITION_ID' });
    expect(await refusal('borrowLend', { symbol: 'DOGE' })).toMatchObject({ code: 'INVALID_ASSET' });
  });

  it('gives each of several lends that one command began an id of its own', async () => {
    const begun = (await list('borrowLend', { sources: 'AutoLend', type: 'Lend', sortDirection: 'Asc' })).rows;
    const symbolsOf = (rows: Record<string, unknown>[]): unknown[] => [...new Set(rows.map(({ symbol }) => symbol))];
    const ids = [...new Set(begun.map(({ positionId }) => String(positionId)))];
    expect(symbolsOf(begun).length).toBeGreaterThan(2);
    for (const positionId of ids) expect(symbolsOf((await list('borrowLend', { positionId })).rows)).toHaveLength(1);
    const [eth] = (await list('borrowLend', { symbol: 'ETH', type: 'Lend' })).rows;
    expect((await list('borrowLend', { symbol: 'SOL', positionId: String(eth?.['positionId']) })).rows).toEqual([]);
    const paid = (await list('interest', { asset: 'ETH' })).rows[0]?.['positionId'];
    expect(symbolsOf((await list('interest', { positionId: String(paid) })).rows)).toEqual(['ETH']);
    expect((await list('borrowLend/positions', { symbol: 'ETH', side: 'Borrow' })).rows).toMatchObject([{ positionId: paid }]);
    const live = await gateway.ask(owner, 'GET /api/v1/borrowLend/positions');
    expect(live.json).toContainEqual(expect.objectContaining({ symbol: 'ETH', id: paid }));
  });

  it('lists positions with the interest they bore', async () => {
    expect((await list('borrowLend/positions', { symbol: 'ETH', side: 'Borrow' })).rows).toMatchObject([
      {
        symbol: 'ETH',
        side: 'Borrow',
        source: 'Manual',
        createdAt: expect.stringMatching(NAIVE),
        cumulativeInterest: expect.stringMatching(/^\d/),
      },
    ]);
    expect((await list('borrowLend/positions', { symbol: 'ETH', state: 'Closed' })).rows).toMatchObject([{ side: 'Lend' }]);
  });

  it('lists the interest of each hour', async () => {
    const { rows } = await list('interest', { asset: 'ETH' });
    expect(rows).toMatchObject([
      { paymentType: 'Borrow', symbol: 'ETH', marketSymbol: 'ETH', interval: 3_600_000, positionId: expect.stringMatching(/^[1-9]/) },
    ]);
    expect((await list('interest', { asset: 'ETH', source: 'UnrealizedPnl' })).rows).toEqual([]);
    expect((await list('interest', { symbol: 'BTC_USDC_PERP' })).rows).toEqual([]);
    expect((await list('interest', { symbol: 'ETH' })).rows).toEqual(rows);
    expect((await list('interest', { asset: 'BTC', symbol: 'ETH' })).rows).toEqual([]);
    expect(await refusal('interest', { symbol: 'NOPE' })).toMatchObject({ code: 'INVALID_MARKET' });
  });
});

describe('GET /wapi/v1/history/dust, settlement and GET /api/v1/settlements', () => {
  it('lists conversions', async () => {
    const { rows } = await list('dust');
    expect(rows).toMatchObject([{ id: 1, symbol: 'USDT', quantity: '0.5', usdcReceived: '0.5', timestamp: expect.stringMatching(NAIVE) }]);
    expect((await list('dust', { id: '2' })).rows).toEqual([]);
  });

  it('lists fees and profit as they became USDC', async () => {
    const { rows } = await list('settlement', { source: 'TradingFees', sortDirection: 'Asc' });
    expect(rows[0]).toMatchObject({
      source: 'TradingFees',
      quantity: '-15',
      subaccountId: 0,
      positionId: null,
      engineSequence: expect.any(Number),
    });
    expect((await list('settlement', { source: 'RealizePnl' })).rows.length).toBeGreaterThan(0);
    expect((await list('settlement', { source: 'BackstopLiquidation' })).rows).toEqual([]);
  });

  it('shows everybody the settlements, whose gains equal their losses', async () => {
    const { status, json, headers } = await gateway.send('GET', '/api/v1/settlements?limit=1');
    expect([status, headers.get('x-page-size')]).toEqual([200, '1']);
    expect(json).toMatchObject([
      { epoch: expect.any(Number), accounts: expect.any(Number), timestamp: expect.stringMatching(NAIVE), markets: expect.any(Array) },
    ]);
    const all = await gateway.send('GET', '/api/v1/settlements?limit=1000');
    const epochs: { markets: { gains: string; losses: string }[] }[] = Array.isArray(all.json) ? all.json : [];
    const markets = epochs.flatMap((epoch) => epoch.markets);
    expect(markets.length).toBeGreaterThan(0);
    for (const { gains, losses } of markets) expect(gains).toBe(losses);
  });
});

describe('while the store is away', () => {
  it('history says so, and trading goes on', async () => {
    const blind = await VenueGateway.start({ routes: ROUTES, history: DOWN_HISTORY });
    const answer = await blind.ask(owner, 'GET /wapi/v1/history/fills');
    expect([answer.status, answer.json]).toMatchObject([503, { code: 'MAINTENANCE', message: expect.stringContaining('trading goes on') }]);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect((await blind.ask(owner, 'POST /api/v1/order', { body: { ...SPOT, side: 'Bid' } })).status).toBe(200);
    await blind.stop();
  });
});
