import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import type { OHLCV } from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUntil, type CcxtUser, openCcxtUser, roundPrice } from '../testing/ccxt-user.ts';

const SPOT = 'SOL/USDC';
const PERP = 'SOL/USDC:USDC';
const MINUTE_MS = 60_000;

let venue: VenueProcess;
let maker: CcxtUser;
let taker: CcxtUser;
let price: number;
/** When the last of the trades was. */
let soldMs: number;

/** On both markets 3 SOL are offered at the price and 2 one dollar below; 1.5 are bought, then 0.5 sold. */
beforeAll(async () => {
  venue = await startVenueProcess();
  maker = await openCcxtUser(venue.url, 1);
  taker = await openCcxtUser(venue.url, 2);
  price = await roundPrice(maker);
  for (const symbol of [SPOT, PERP]) {
    await maker.createOrder(symbol, 'limit', 'sell', 3, price);
    await maker.createOrder(symbol, 'limit', 'buy', 2, price - 1);
    await taker.createOrder(symbol, 'market', 'buy', 1.5);
    soldMs = Number((await taker.createOrder(symbol, 'market', 'sell', 0.5)).timestamp);
  }
});
afterAll(() => venue.stop());

/** Candles with prices: one that has just begun has none until the first comes. */
const priced = (candles: OHLCV[]): OHLCV[] => candles.filter(([, , , , close]) => close !== undefined);

describe('the venue, asked by ccxt', () => {
  it('is well, and its clock runs with the one here', async () => {
    expect((await maker.fetchStatus()).status).toBe('ok');
    // fetchTime of ccxt does not read the text that the interface answers, and gives the clock of this machine: so the text itself.
    for (const ask of [() => maker.publicGetApiV1Time(), () => maker.fetchTime()]) {
      const askedMs = Date.now();
      const timeMs = Number(await ask());
      expect(timeMs).toBeGreaterThanOrEqual(askedMs);
      expect(timeMs).toBeLessThanOrEqual(Date.now());
    }
  });

  it('lists currencies with their networks, bounds and fees', async () => {
    const currencies = await maker.fetchCurrencies();
    expect(Object.keys(currencies).length).toBeGreaterThanOrEqual(17);
    const { USDC } = currencies;
    expect(USDC).toMatchObject({ code: 'USDC', name: 'USD Coin', deposit: true, withdraw: true });
    expect(USDC?.networks['SOL']).toMatchObject({ id: 'Solana', fee: 0.5, limits: { withdraw: { min: 5 }, deposit: { min: 1 } } });
  });

  it('lists spot markets and perpetuals with steps and bounds', async () => {
    const markets = Object.fromEntries((await maker.fetchMarkets()).map((market) => [market?.symbol, market]));
    expect(markets[SPOT]).toMatchObject({ id: 'SOL_USDC', type: 'spot', active: true, precision: { amount: 0.01, price: 0.01 } });
    expect(markets[PERP]).toMatchObject({
      id: 'SOL_USDC_PERP',
      type: 'swap',
      linear: true,
      settle: 'USDC',
      contractSize: 1,
      limits: { amount: { min: 0.01 }, price: { min: 0.01 } },
    });
    expect(Object.keys(markets).filter((symbol) => symbol.endsWith(':USDC')).length).toBeGreaterThanOrEqual(12);
  });
});

describe.each([SPOT, PERP])('the market %s, asked by ccxt', (symbol) => {
  it('has a ticker', async () => {
    const ticker = await maker.fetchTicker(symbol);
    expect(ticker).toMatchObject({ symbol, open: price, high: price, low: price - 1, last: price - 1, change: -1, baseVolume: 2 });
    expect(ticker.quoteVolume).toBeCloseTo(1.5 * price + 0.5 * (price - 1), 6);
    expect(ticker.percentage).toBeCloseTo(-100 / price, 3);
    expect((await maker.fetchTickers([symbol]))[symbol]).toMatchObject({ symbol, last: price - 1, baseVolume: 2 });
  });

  it('has a book, best prices first on both sides', async () => {
    const { timestamp: placedMs } = await maker.createOrder(symbol, 'limit', 'buy', 4, price - 2);
    const book = await maker.fetchOrderBook(symbol);
    expect(book.asks).toEqual([[price, 1.5]]);
    expect(book.bids).toEqual([
      [price - 1, 1.5],
      [price - 2, 4],
    ]);
    expect(book.nonce).toBeGreaterThan(0);
    expect(Number(book.timestamp)).toBeGreaterThanOrEqual(Number(placedMs));
    expect(Number(book.timestamp)).toBeLessThanOrEqual(Date.now());
    expect((await maker.fetchOrderBook(symbol, undefined, { limit: 5 })).bids).toHaveLength(2);
  });

  it('has trades, the side being that of the taker', async () => {
    const trades = await maker.fetchTrades(symbol);
    expect(trades.map(({ side, price: at, amount, cost }) => ({ side, at, amount, cost }))).toEqual([
      { side: 'buy', at: price, amount: 1.5, cost: 1.5 * price },
      { side: 'sell', at: price - 1, amount: 0.5, cost: 0.5 * (price - 1) },
    ]);
    expect(await maker.fetchTrades(symbol, undefined, 1)).toMatchObject([{ side: 'sell' }]);
    const past = await askUntil(
      () => maker.fetchTrades(symbol, undefined, 10, { offset: 1 }),
      (found) => found.length > 0,
    );
    expect(past).toMatchObject([{ side: 'buy', amount: 1.5 }]);
  });

  it('has candles of trades', async () => {
    const candles = await maker.fetchOHLCV(symbol, '1m', Date.now() - 5 * MINUTE_MS);
    const traded = candles.filter(([, , , , , volume]) => volume !== 0);
    expect(traded.reduce((sum, [, , , , , volume]) => sum + Number(volume), 0)).toBe(2);
    expect(traded[0]?.[1]).toBe(price);
    expect(traded.at(-1)?.[4]).toBe(price - 1);
    for (const [at] of candles) expect(Number(at) % MINUTE_MS).toBe(0);
  });

  it.each(['1m', '5m', '1h', '1d', '1w', '1M'])('has candles of %s', async (timeframe) => {
    const candles = await maker.fetchOHLCV(symbol, timeframe, undefined, 10);
    expect(priced(candles).at(-1)?.[4]).toBe(price - 1);
  });
});

describe('a perpetual, asked by ccxt', () => {
  it.each(['mark', 'index'])('has candles of the %s price', async (kind) => {
    const candles = await maker.fetchOHLCV(PERP, '1m', undefined, 5, { price: kind });
    const [at, open, high, low, close, volume] = priced(candles).at(-1) ?? [];
    expect(Number(at) % MINUTE_MS).toBe(0);
    for (const value of [open, high, low, close]) expect(Math.abs(Number(value) / price - 1)).toBeLessThan(0.05);
    expect(volume).toBe(0);
    const same = kind === 'mark' ? maker.fetchMarkOHLCV(PERP, '1m') : maker.fetchIndexOHLCV(PERP, '1m');
    expect((await same).at(-1)?.[0]).toBeGreaterThanOrEqual(Number(at));
  });

  it('has a mark, an index, and the next funding at the full hour', async () => {
    const rate = await maker.fetchFundingRate(PERP);
    expect(rate).toMatchObject({ symbol: PERP, interval: '1h' });
    expect(Math.abs(Number(rate.markPrice) / price - 1)).toBeLessThan(0.05);
    expect(Math.abs(Number(rate.indexPrice) / price - 1)).toBeLessThan(0.05);
    expect(Math.abs(Number(rate.fundingRate))).toBeLessThanOrEqual(0.015);
    expect(Number(rate.nextFundingTimestamp) % (60 * MINUTE_MS)).toBe(0);
    expect(Number(rate.nextFundingTimestamp) - Date.now()).toBeLessThanOrEqual(60 * MINUTE_MS);
  });

  it('has the open interest of what was bought and not sold', async () => {
    const { symbol, timestamp } = await askUntil(
      () => maker.fetchOpenInterest(PERP),
      ({ openInterestValue }) => openInterestValue === 1,
    );
    expect(symbol).toBe(PERP);
    expect(Number(timestamp)).toBeGreaterThanOrEqual(soldMs);
    expect(Number(timestamp)).toBeLessThanOrEqual(Date.now());
  });
});
