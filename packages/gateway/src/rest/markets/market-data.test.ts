import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DOWN_HISTORY } from '../../testing/down-history.ts';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { ORDER_ROUTES } from '../order/order-routes.ts';
import { MARKET_DATA_ROUTES } from './market-data-routes.ts';

const maker = client(21);
const taker = client(22);
const LevelsAnswer = z.object({
  bids: z.array(z.tuple([z.string(), z.string()])),
  asks: z.array(z.tuple([z.string(), z.string()])),
  lastUpdateId: z.string(),
  timestamp: z.int(),
});

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: [...MARKET_DATA_ROUTES, ...ORDER_ROUTES], history: DOWN_HISTORY });
  for (const [price, quantity] of [
    ['149.9', '2'],
    ['149.8', '1'],
    ['149.7', '1'],
  ])
    await place(maker, 'Bid', price, quantity);
  for (const [price, quantity] of [
    ['150.1', '3'],
    ['150.2', '1'],
  ])
    await place(maker, 'Ask', price, quantity);
  await place(taker, 'Bid', '150.1', '1.5');
  await gateway.venue.passSeconds(1);
});
afterAll(() => gateway.stop());

async function place(
  signer: ReturnType<typeof client>,
  side: string,
  price: string | undefined,
  quantity: string | undefined,
): Promise<void> {
  const body = { symbol: 'SOL_USDC_PERP', side, orderType: 'Limit', price, quantity };
  const answer = await gateway.ask(signer, 'POST /api/v1/order', { body });
  expect(answer.status).toBe(200);
}

async function get(path: string): Promise<unknown> {
  const answer = await gateway.send('GET', path);
  expect(answer).toMatchObject({ status: 200 });
  return answer.json;
}

describe('market data over REST', () => {
  it('shows a book with both sides ascending, at the id of its last change', async () => {
    const book = LevelsAnswer.parse(await get('/api/v1/depth?symbol=SOL_USDC_PERP'));
    expect(book.bids).toEqual([
      ['149.7', '1'],
      ['149.8', '1'],
      ['149.9', '2'],
    ]);
    expect(book.asks).toEqual([
      ['150.1', '1.5'],
      ['150.2', '1'],
    ]);
    expect(book.lastUpdateId).toBe('6');
    expect(book.timestamp).toBe(gateway.clock.nowMicros());
    const short = LevelsAnswer.parse(await get('/api/v1/depth?symbol=SOL_USDC_PERP&limit=5'));
    expect(short.bids.at(-1)).toEqual(['149.9', '2']);
  });

  it('shows trades newest first', async () => {
    expect(await get('/api/v1/trades?symbol=SOL_USDC_PERP&limit=5')).toMatchObject([
      { price: '150.1', quantity: '1.5', quoteQuantity: '225.15', isBuyerMaker: false },
    ]);
  });

  it('shows statistics: of trades, and zeros before the first', async () => {
    expect(await get('/api/v1/ticker?symbol=SOL_USDC_PERP')).toMatchObject({
      lastPrice: '150.1',
      volume: '1.5',
      quoteVolume: '225.15',
      trades: '1',
      priceChangePercent: '0',
    });
    expect(await get('/api/v1/ticker?symbol=BTC_USDC&interval=1w')).toMatchObject({ lastPrice: '0', volume: '0', trades: '0' });
    expect(await get('/api/v1/tickers')).toHaveLength(7);
  });

  it('shows one candle an interval, with a space in its times, empty ones too', async () => {
    const started = gateway.venue.genesis.createdAtMicros / 1e6;
    const rows = z.array(z.object({ start: z.string(), close: z.string().nullable(), trades: z.string() }));
    const seconds = rows.parse(await get(`/api/v1/klines?symbol=SOL_USDC_PERP&interval=1s&startTime=${started}`));
    expect(seconds.map(({ close }) => close)).toEqual([null, null, '150.1', null]);
    expect(seconds[0]?.start).toBe('2025-10-09 09:00:00');
    const spot = rows.parse(await get(`/api/v1/klines?symbol=BTC_USDC&interval=1s&startTime=${started}&priceType=Mark`));
    expect(spot.map(({ trades }) => trades)).toEqual(['0', '0', '0', '0']);
  });

  it.each([
    ['klines?symbol=SOL_USDC_PERP&interval=1s&startTime=1600000000', 400, 'INVALID_RANGE', 'more than 10080'],
    ['klines?symbol=SOL_USDC_PERP&interval=1m&startTime=1760000400&endTime=1760000399', 400, 'INVALID_RANGE', 'must not be before'],
    ['klines?symbol=SOL_USDC_PERP&interval=2m&startTime=1', 400, 'INVALID_CLIENT_REQUEST', 'interval'],
    ['depth?symbol=NO_SUCH', 400, 'INVALID_MARKET', 'Invalid market symbol "NO_SUCH"'],
    ['depth?symbol=SOL_USDC&limit=7', 400, 'INVALID_CLIENT_REQUEST', 'limit'],
    ['fundingRates?symbol=SOL_USDC', 400, 'INVALID_MARKET', 'only perpetuals have funding'],
    ['markPrices/explain?symbol=NO_SUCH', 400, 'INVALID_MARKET', 'Invalid market symbol "NO_SUCH"'],
  ])('refuses %s', async (path, status, code, words) => {
    const answer = await gateway.send('GET', `/api/v1/${path}`);
    expect(answer).toMatchObject({ status, json: { code, message: expect.stringContaining(words) } });
  });

  it('shows marks, open interest and how a mark came about', async () => {
    const marks = z.array(z.object({ symbol: z.string(), markPrice: z.string() })).parse(await get('/api/v1/markPrices'));
    expect(marks.map(({ symbol }) => symbol)).toEqual(['BTC_USDC_PERP', 'ETH_USDC_PERP', 'SOL_USDC_PERP']);
    expect(await get('/api/v1/openInterest?symbol=SOL_USDC_PERP')).toMatchObject([{ openInterest: '1.5' }]);
    expect(await get('/api/v1/markPrices/explain?symbol=SOL_USDC_PERP')).toMatchObject({
      symbol: 'SOL_USDC_PERP',
      marketType: 'PERP',
      grade: 'Good',
      indexPrice: '150',
      freshSources: 4,
      freshSourcesMin: 3,
      clampFraction: '0.01',
      premiumBound: '0.01',
      stepPerSecond: '0.005',
      impactNotional: '10000',
      layer3: '150',
      rule: 'Stepped',
      isClamped: false,
      isStepBound: false,
      orderBookState: 'Open',
      redemption: null,
    });
    expect(await get('/api/v1/markPrices/explain?symbol=SOL_USDC')).toMatchObject({
      marketType: 'SPOT',
      mid: null,
      layer1: '150',
      markPrice: '150',
      sources: expect.arrayContaining([
        expect.objectContaining({ source: 'delta', quote: 'USDT', quoteUsd: '1', price: '150', isFresh: true }),
      ]),
    });
  });

  it('lists markets, assets, collateral and pools', async () => {
    expect(await get('/api/v1/markets?marketType=PERP')).toHaveLength(3);
    expect(await get('/api/v1/market?symbol=SOL_USDC')).toMatchObject({ marketType: 'SPOT', orderBookState: 'Open', imfFunction: null });
    expect(await get('/api/v1/market?symbol=SOL_USDC_PERP')).toMatchObject({
      fundingInterval: 3_600_000,
      fundingRateUpperBound: '150',
      imfFunction: { type: 'sqrt', base: '0.02', factor: '0.00006' },
      filters: { price: { tickSize: '0.01', maxMultiplier: '1.25' }, quantity: { stepSize: '0.01', minQuantity: '0.01' } },
    });
    expect(await get('/api/v1/assets')).toHaveLength(5);
    expect(await get('/api/v1/collateral')).toMatchObject([
      { symbol: 'USDC', haircutFunction: { weight: '1', kind: { type: 'identity' } } },
      {},
      {},
      {},
      {},
    ]);
    expect(await get('/api/v1/borrowLend/markets')).toHaveLength(5);
    expect(await get('/api/v1/borrowLend/apy')).toMatchObject({ staking: [] });
    expect(await get('/api/v1/borrowLend/apy?tierId=0')).toMatchObject({ staking: [] });
    expect(await gateway.send('GET', '/api/v1/borrowLend/apy?tierId=99')).toMatchObject({
      status: 400,
      json: { code: 'INVALID_RANGE', message: expect.stringContaining('`tierId` is 99: this venue has the fee tiers 0 ..') },
    });
    expect(await get('/api/v1/status')).toMatchObject({ status: 'Ok', message: expect.stringContaining('Sandbox') });
  });

  it('shows the parameters that an operator has changed', async () => {
    const listing = gateway.venue.genesis.markets.find(({ symbol }) => symbol === 'SOL_USDC');
    if (listing === undefined) throw new Error('SOL_USDC is listed');
    const json = new TextEncoder().encode(JSON.stringify({ ...listing, minQuantityLots: 5 }));
    const operator = new TextEncoder().encode('ana');
    const { reject } = await gateway.engine.submit({ name: 'updateParameters', fields: { json, operator } }, new Uint8Array(0));
    expect(reject).toBeNull();
    expect(await get('/api/v1/market?symbol=SOL_USDC')).toMatchObject({ filters: { quantity: { minQuantity: '0.05' } } });
  });

  it('says so when history is down, and goes on with the rest', async () => {
    expect(await gateway.send('GET', '/api/v1/trades/history?symbol=SOL_USDC')).toMatchObject({ status: 503 });
    expect(await gateway.send('GET', '/api/v1/depth?symbol=SOL_USDC')).toMatchObject({ status: 200 });
  });
});
