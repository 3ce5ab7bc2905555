import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import type { Order, Position } from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUntil, type CcxtUser, idOf, openCcxtUser, roundPrice, within } from '../testing/ccxt-user.ts';

const SPOT = 'SOL/USDC';
const PERP = 'SOL/USDC:USDC';
const BOTH = [SPOT, PERP].map((symbol) => [symbol, '1m']);
/** ccxt asks for its snapshot of a book at the eleventh change. */
const CHANGES = 12;

let venue: VenueProcess;
let price: number;
let maker: CcxtUser;
const open: CcxtUser[] = [];
let lastKey = 0;

async function newUser(): Promise<CcxtUser> {
  const user = await openCcxtUser(venue.url, ++lastKey);
  open.push(user);
  return user;
}

/** What a user was told last of his order, once it is of this event. */
function toldOf(user: CcxtUser, placed: Order, event: string): Promise<Order | undefined> {
  return askUntil(
    async () => user.orders?.find(({ id }: Order) => id === placed.id),
    (order) => order?.info.e === event,
  );
}

/** The position that a user was told of. */
function positionOf(user: CcxtUser): Position | undefined {
  return user.positions?.find(({ symbol }: Position) => symbol === PERP);
}

beforeAll(async () => {
  venue = await startVenueProcess();
  maker = await newUser();
  price = await roundPrice(maker);
});
afterAll(async () => {
  await Promise.all(open.map((user) => user.close()));
  await venue.stop();
});

describe.each([SPOT, PERP])('public streams of %s over ccxt', (symbol) => {
  let watcher: CcxtUser;
  let taker: CcxtUser;
  beforeAll(async () => {
    watcher = await newUser();
    taker = await newUser();
  });

  it('tell trades and candles', async () => {
    const trades = within(watcher.watchTrades(symbol), 'a trade');
    const same = within(watcher.watchTradesForSymbols([SPOT, PERP]), 'a trade of either');
    const candles = within(watcher.watchOHLCV(symbol, '1m'), 'a candle');
    const eitherCandles = within(watcher.watchOHLCVForSymbols(BOTH), 'a candle of either');
    await watcher.settle();
    await maker.createOrder(symbol, 'limit', 'sell', 1, price);
    const bought = await taker.createOrder(symbol, 'market', 'buy', 0.5);
    expect(await trades).toMatchObject([{ symbol, side: 'buy', price, amount: 0.5, cost: 0.5 * price, order: bought.id }]);
    expect(await same).toMatchObject([{ symbol, amount: 0.5 }]);
    expect((await trades).at(-1)?.id).toBe((await maker.fetchTrades(symbol)).at(-1)?.id);
    const [at, opened, high, low, close, volume] = (await candles).at(-1) ?? [];
    expect([opened, high, low, close, volume]).toEqual([price, price, price, price, 0.5]);
    expect(Number(at) % 60_000).toBe(0);
    // A minute that ends tells of the other market as well.
    const [[of, told] = ['', {}], ...more] = Object.entries(await eitherCandles);
    expect([more, [SPOT, PERP].includes(of), told['1m']?.length]).toEqual([[], true, 1]);
    await maker.cancelAllOrders(symbol);
  });

  it('tell tickers every second', async () => {
    const [ticker, tickers] = await Promise.all([
      within(watcher.watchTicker(symbol), 'a ticker'),
      within(watcher.watchTickers([SPOT, PERP]), 'tickers'),
    ]);
    expect(ticker).toMatchObject({ symbol, last: price, open: price, high: price, low: price, baseVolume: 0.5, quoteVolume: 0.5 * price });
    expect(Object.keys(tickers).length).toBeGreaterThan(0);
    const next = await within(watcher.watchTicker(symbol), 'the next ticker');
    expect(Number(next.timestamp)).toBeGreaterThan(Number(ticker.timestamp));
  });

  it('tell the best bid and ask', async () => {
    const one = within(watcher.watchBidsAsks([symbol]), 'a best ask');
    await watcher.settle();
    await maker.createOrder(symbol, 'limit', 'sell', 2, price);
    expect((await one)[symbol]).toMatchObject({ ask: price, askVolume: 2, bid: undefined });
    const both = within(watcher.watchBidsAsks([symbol]), 'a best bid');
    await maker.createOrder(symbol, 'limit', 'buy', 3, price - 1);
    expect((await both)[symbol]).toMatchObject({ ask: price, askVolume: 2, bid: price - 1, bidVolume: 3 });
    await maker.cancelAllOrders(symbol);
  });

  it('keep a book that stays what the venue has', async () => {
    const first = within(watcher.watchOrderBook(symbol), 'a book');
    await watcher.settle();
    for (let step = 1; step <= CHANGES; step += 1) await maker.createOrder(symbol, 'limit', 'sell', step, price + step);
    expect((await first).symbol).toBe(symbol);
    const placed = await maker.createOrder(symbol, 'limit', 'buy', 1, price - 1);
    await maker.createOrder(symbol, 'limit', 'buy', 0.25, price - 2);
    await maker.cancelOrder(idOf(placed), symbol);
    await taker.createOrder(symbol, 'market', 'buy', 1.5);
    const wanted = await maker.fetchOrderBook(symbol);
    expect(wanted.asks[0]).toEqual([price + 2, 1.5]);
    expect(wanted.bids).toEqual([[price - 2, 0.25]]);
    const kept = () => watcher.orderbooks[symbol];
    await askUntil(
      async () => Number(kept()?.nonce),
      (nonce) => nonce >= Number(wanted.nonce),
    );
    expect({ asks: kept()?.asks, bids: kept()?.bids }).toEqual({ asks: wanted.asks, bids: wanted.bids });
    const same = within(watcher.watchOrderBookForSymbols([SPOT, PERP]), 'a book of either');
    await maker.cancelAllOrders(symbol);
    expect((await same).symbol).toBe(symbol);
  });

  it('end when nobody watches any more', async () => {
    await watcher.unWatchTicker(symbol);
    await watcher.unWatchTickers([SPOT, PERP]);
    await watcher.unWatchBidsAsks([symbol]);
    await watcher.unWatchOHLCV(symbol, '1m');
    await watcher.unWatchOHLCVForSymbols(BOTH);
    await watcher.unWatchTrades(symbol);
    await watcher.unWatchTradesForSymbols([SPOT, PERP]);
    await watcher.unWatchOrderBook(symbol);
    await watcher.unWatchOrderBookForSymbols([SPOT, PERP]);
    const [client] = Object.values(watcher.clients);
    expect(Object.keys(client?.subscriptions ?? {})).toEqual([]);
    await watcher.settle();
    // What was on its way while the venue heard of the end is kept by ccxt.
    for (const kept of [watcher.trades, watcher.tickers, watcher.orderbooks]) Reflect.deleteProperty(kept, symbol);
    await maker.createOrder(symbol, 'limit', 'sell', 1, price);
    await taker.createOrder(symbol, 'market', 'buy', 1);
    const another = await newUser();
    for (let second = 0; second < 2; second += 1) await within(another.watchTicker(symbol), 'a ticker of another user');
    await watcher.settle();
    expect(watcher.trades[symbol]).toBeUndefined();
    expect(watcher.tickers[symbol]).toBeUndefined();
    expect(watcher.orderbooks[symbol]).toBeUndefined();
  });
});

describe.each([SPOT, PERP])('orders on %s over the streams of ccxt', (symbol) => {
  it('are told from their acceptance to their end, for one market and for all', async () => {
    const user = await newUser();
    await user.fetchBalance();
    const ofMarket = within(user.watchOrders(symbol), 'an order');
    const ofAll = within(user.watchOrders(), 'an order on any market');
    await user.settle();
    const placed = await user.createOrder(symbol, 'limit', 'sell', 2, price, { clientOrderId: 9 });
    expect(await ofMarket).toMatchObject([{ id: placed.id, symbol, status: 'open', price, amount: 2, side: 'sell', clientOrderId: '9' }]);
    expect(await ofAll).toMatchObject([{ id: placed.id, type: 'limit' }]);
    await maker.createOrder(symbol, 'market', 'buy', 0.5);
    expect(await toldOf(user, placed, 'orderFill')).toMatchObject({
      id: placed.id,
      status: 'open',
      filled: 0.5,
      cost: 0.5 * price,
      fee: { currency: 'USDC' },
    });
    await user.cancelOrder(idOf(placed), symbol);
    expect(await toldOf(user, placed, 'orderCancelled')).toMatchObject({ id: placed.id, status: 'canceled' });
    await user.unWatchOrders(symbol);
    await user.unWatchOrders();
    await user.settle();
    const told = user.orders?.length;
    await user.createOrder(symbol, 'limit', 'sell', 2, price + 9);
    await user.settle();
    expect(user.orders?.length).toBe(told);
    await user.cancelAllOrders(symbol);
  });

  it('of another user are not told', async () => {
    const [stranger, trader] = [await newUser(), await newUser()];
    await stranger.fetchBalance();
    const heard: unknown[] = [];
    stranger.watchOrders().then(
      (orders) => heard.push(...orders),
      (error: unknown) => heard.push(error),
    );
    await stranger.settle();
    const placed = await trader.createOrder(symbol, 'limit', 'sell', 1, price + 9);
    await trader.cancelOrder(idOf(placed), symbol);
    await stranger.settle();
    expect(heard).toEqual([]);
    await stranger.unWatchOrders();
  });
});

describe('positions over the streams of ccxt', () => {
  it('are told when they open, change and close, and at once to who asks later', async () => {
    const user = await newUser();
    await user.fetchBalance();
    const opening = within(user.watchPositions([PERP]), 'a position');
    await user.settle();
    await maker.createOrder(PERP, 'limit', 'sell', 3, price);
    await user.createOrder(PERP, 'market', 'buy', 2);
    const [opened] = await opening;
    expect(opened).toMatchObject({ symbol: PERP, side: 'long', hedged: false });
    expect([opened?.contracts, opened?.info.B].map(Number)).toEqual([2, price]);
    expect(Number(opened?.notional)).toBeCloseTo(2 * Number(opened?.markPrice), 4);
    await user.createOrder(PERP, 'market', 'buy', 1);
    // A settlement that comes in between adjusts positions too.
    const grown = await askUntil(
      async () => positionOf(user),
      (position) => Number(position?.contracts) !== 2,
    );
    expect(Number(grown?.contracts)).toBe(3);
    await user.unWatchPositions([PERP]);
    const later = await openCcxtUser(venue.url, lastKey);
    open.push(later);
    const first = within(later.watchPositions(), 'news of a position');
    await later.settle();
    await maker.createOrder(PERP, 'limit', 'buy', 3, price - 1);
    await user.createOrder(PERP, 'market', 'sell', 3, undefined, { reduceOnly: true });
    await first;
    const closed = await askUntil(
      async () => positionOf(later),
      (position) => position?.info.e === 'positionClosed',
    );
    expect(closed?.info).toMatchObject({ q: '0' });
    await later.unWatchPositions();
  });
});

describe('a stream that there is not', () => {
  it('is an error in words, not silence', async () => {
    const user = await newUser();
    await expect(within(user.watchPublic(['trade.NOPE'], ['trades:NOPE']), 'a refusal')).rejects.toThrow('trade.NOPE');
  });
});
