import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUntil, type CcxtUser, idOf, openCcxtUser, roundPrice } from '../testing/ccxt-user.ts';

const SPOT = { symbol: 'SOL/USDC', makerFee: 0.0008, takerFee: 0.001 };
const PERP = { symbol: 'SOL/USDC:USDC', makerFee: 0.0002, takerFee: 0.0005 };

let venue: VenueProcess;
let price: number;
let lastKey = 0;
const beganMs = Date.now();

const newUser = (): Promise<CcxtUser> => openCcxtUser(venue.url, ++lastKey);

beforeAll(async () => {
  venue = await startVenueProcess();
  price = await roundPrice(await newUser());
});
afterAll(() => venue.stop());

describe.each([SPOT, PERP])('orders on $symbol over ccxt', ({ symbol, makerFee, takerFee }) => {
  let maker: CcxtUser;
  let taker: CcxtUser;
  beforeAll(async () => {
    maker = await newUser();
    taker = await newUser();
  });

  it('rest, are found, and end when cancelled', async () => {
    const placed = await maker.createOrder(symbol, 'limit', 'sell', 2, price + 5, { clientOrderId: 77 });
    expect(placed).toMatchObject({ symbol, type: 'limit', side: 'sell', status: 'open', price: price + 5, amount: 2, filled: 0 });
    expect(placed).toMatchObject({ remaining: 2, clientOrderId: '77', timeInForce: 'GTC', postOnly: false });
    expect(Number(placed.timestamp)).toBeLessThanOrEqual(Date.now());
    expect(await maker.fetchOpenOrder(idOf(placed), symbol)).toMatchObject({ id: placed.id, status: 'open', remaining: 2 });
    expect(await maker.fetchOpenOrders(symbol)).toMatchObject([{ id: placed.id }]);
    expect(await maker.fetchOpenOrders()).toMatchObject([{ id: placed.id }]);
    expect(await maker.cancelOrder(idOf(placed), symbol)).toMatchObject({ id: placed.id, status: 'canceled', filled: 0 });
    expect(await maker.fetchOpenOrders(symbol)).toEqual([]);
    await expect(maker.cancelOrder(idOf(placed), symbol)).rejects.toThrow('Not Found');
    const past = await askUntil(
      () => maker.fetchOrders(symbol),
      (orders) => orders.some(({ id, status }) => id === placed.id && status === 'canceled'),
    );
    expect(past).toMatchObject([{ price: price + 5, amount: 2, side: 'sell', clientOrderId: '77' }]);
  });

  it('fill by quantity and by cost, and both sides see trades with their fees', async () => {
    const resting = await maker.createOrder(symbol, 'limit', 'sell', 2, price);
    const bought = await taker.createOrder(symbol, 'market', 'buy', 0.5);
    expect(bought).toMatchObject({ type: 'market', status: 'closed', filled: 0.5, remaining: 0, average: price, cost: 0.5 * price });
    const byCost = await taker.createOrder(symbol, 'market', 'buy', 0, undefined, { cost: 0.25 * price });
    expect(byCost).toMatchObject({ status: 'closed', filled: 0.25, cost: 0.25 * price, average: price });
    expect(await maker.fetchOpenOrder(idOf(resting), symbol)).toMatchObject({ status: 'open', filled: 0.75, remaining: 1.25, amount: 2 });
    await maker.cancelAllOrders(symbol);
    const taken = await askUntil(
      () => taker.fetchMyTrades(symbol),
      (trades) => trades.length === 2,
    );
    expect(taken).toMatchObject([
      { order: bought.id, side: 'buy', takerOrMaker: 'taker', amount: 0.5, price, fee: { currency: 'USDC' } },
      { order: byCost.id, side: 'buy', takerOrMaker: 'taker', amount: 0.25, price },
    ]);
    expect(taken[0]?.fee?.cost).toBeCloseTo(0.5 * price * takerFee, 6);
    const made = await askUntil(
      () => maker.fetchMyTrades(symbol, beganMs, 10, { until: Date.now() + 60_000 }),
      (trades) => trades.length === 2,
    );
    expect(made).toMatchObject([{ order: resting.id, side: 'sell', takerOrMaker: 'maker' }, { order: resting.id }]);
    expect(made[0]?.fee?.cost).toBeCloseTo(0.5 * price * makerFee, 6);
    expect(made[0]?.id).toBe(taken[0]?.id);
  });

  it('that may only make do not take; IOC and FOK leave nothing behind', async () => {
    const resting = await maker.createOrder(symbol, 'limit', 'sell', 1, price);
    const crossing = await taker.createOrder(symbol, 'limit', 'buy', 0.5, price, { postOnly: true });
    expect(crossing).toMatchObject({ status: 'canceled', filled: 0, postOnly: true });
    const quiet = await taker.createOrder(symbol, 'limit', 'buy', 0.5, price - 3, { timeInForce: 'PO' });
    expect(quiet).toMatchObject({ status: 'open', postOnly: true });
    const ioc = await taker.createOrder(symbol, 'limit', 'buy', 1.5, price, { timeInForce: 'IOC' });
    expect(ioc).toMatchObject({ status: 'canceled', filled: 1, remaining: 0.5, timeInForce: 'IOC' });
    await maker.createOrder(symbol, 'limit', 'sell', 1, price);
    const fok = await taker.createOrder(symbol, 'limit', 'buy', 1.5, price, { timeInForce: 'FOK' });
    expect(fok).toMatchObject({ status: 'canceled', filled: 0, timeInForce: 'FOK' });
    await expect(maker.fetchOpenOrder(idOf(resting), symbol)).rejects.toThrow('Not Found');
    const reasons = await askUntil(
      () => taker.fetchOrders(symbol),
      (orders) => orders.some(({ id, status }) => id === fok.id && status === 'canceled'),
    );
    const reasonOf = (id: string): unknown => reasons.find((order) => order.id === id)?.info.expiryReason;
    expect([crossing, ioc, fok].map((order) => reasonOf(idOf(order)))).toEqual(['PostOnlyTaker', 'ImmediateOrCancel', 'FillOrKill']);
    await maker.cancelAllOrders(symbol);
    await taker.cancelAllOrders(symbol);
  });

  it('do not meet those of their own owner', async () => {
    const resting = await maker.createOrder(symbol, 'limit', 'sell', 1, price);
    const taking = await maker.createOrder(symbol, 'limit', 'buy', 1, price);
    expect(taking).toMatchObject({ status: 'canceled', filled: 0 });
    const second = await maker.createOrder(symbol, 'limit', 'buy', 1, price, { selfTradePrevention: 'EXPIRE_MAKER' });
    expect(second).toMatchObject({ status: 'open', filled: 0 });
    await expect(maker.fetchOpenOrder(idOf(resting), symbol)).rejects.toThrow('Not Found');
    const both = await maker.createOrder(symbol, 'limit', 'sell', 1, price, { selfTradePrevention: 'EXPIRE_BOTH' });
    expect(both).toMatchObject({ status: 'canceled', filled: 0 });
    expect(await maker.fetchOpenOrders(symbol)).toEqual([]);
  });

  it('wait for their trigger', async () => {
    const far = await taker.createOrder(symbol, 'limit', 'sell', 0.1, price + 3, { triggerPrice: price + 2, triggerBy: 'MarkPrice' });
    expect(far).toMatchObject({ status: 'open', triggerPrice: price + 2, price: price + 3, amount: 0.1 });
    const market = await taker.createOrder(symbol, 'market', 'sell', 0.1, undefined, { triggerPrice: price - 9 });
    expect(market).toMatchObject({ status: 'open', type: 'market', triggerPrice: price - 9 });
    expect((await taker.fetchOpenOrders(symbol)).map(({ info }) => info.status)).toEqual(['TriggerPending', 'TriggerPending']);
    expect(await taker.cancelOrder(idOf(far), symbol)).toMatchObject({ status: 'canceled' });
    await taker.cancelAllOrders(symbol);
    expect(await taker.fetchOpenOrders(symbol)).toEqual([]);
  });

  it('fire when the last price reaches their trigger', async () => {
    await taker.createOrder(symbol, 'limit', 'buy', 0.1, price - 4, { triggerPrice: price + 1, triggerBy: 'LastPrice' });
    await maker.createOrder(symbol, 'limit', 'sell', 0.1, price + 1);
    await taker.createOrder(symbol, 'market', 'buy', 0.1);
    const fired = await askUntil(
      () => taker.fetchOpenOrders(symbol),
      ([order]) => order?.info.status === 'New',
    );
    expect(fired).toMatchObject([{ side: 'buy', price: price - 4, amount: 0.1, status: 'open' }]);
    await taker.cancelAllOrders(symbol);
  });

  it('go out many at once, each with its own answer', async () => {
    const placed = await taker.createOrders([
      { symbol, type: 'limit', side: 'buy', amount: 0.3, price: price - 5, params: { clientOrderId: 5 } },
      { symbol, type: 'limit', side: 'buy', amount: 0.4, price: price - 6, params: { postOnly: true } },
      { symbol, type: 'limit', side: 'buy', amount: 0.4, price: 0.5 },
    ]);
    expect(placed).toMatchObject([
      { status: 'open', amount: 0.3, price: price - 5, clientOrderId: '5' },
      { status: 'open', amount: 0.4, price: price - 6, postOnly: true },
      { info: { operation: 'Err', code: 'INVALID_PRICE' } },
    ]);
    const cancelled = await taker.cancelAllOrders(symbol);
    expect(cancelled.map(({ status, amount }) => [status, amount])).toEqual([
      ['canceled', 0.3],
      ['canceled', 0.4],
    ]);
  });
});

describe('what orders do to a balance, over ccxt', () => {
  it('holds what a resting order may cost, and free and used make the total', async () => {
    const user = await newUser();
    expect((await user.fetchBalance())['USDC']).toEqual({ free: 100_000, used: 0, total: 100_000 });
    await user.createOrder('SOL/USDC', 'limit', 'sell', 2.5, price + 5);
    const held = await user.fetchBalance();
    expect(held['SOL']).toEqual({ free: 497.5, used: 2.5, total: 500 });
    expect(held['USDC']).toEqual({ free: 100_000, used: 0, total: 100_000 });
    await user.createOrder('SOL/USDC', 'limit', 'buy', 10, price - 5);
    const { free, used, total } = (await user.fetchBalance())['USDC'] ?? {};
    expect(Number(used)).toBeGreaterThanOrEqual(10 * (price - 5));
    // The fee is rounded up to an atom for each of the thousand lots.
    expect(Number(used)).toBeLessThanOrEqual(10 * (price - 5) * (1 + SPOT.takerFee) + 1_000 * 1e-6);
    expect(Number(free) + Number(used)).toBe(total);
    expect(total).toBe(100_000);
    await user.cancelAllOrders('SOL/USDC');
    expect((await user.fetchBalance())['SOL']).toEqual({ free: 500, used: 0, total: 500 });
  });

  it('moves both assets and the fee at a spot trade', async () => {
    const [seller, buyer] = [await newUser(), await newUser()];
    await seller.createOrder('SOL/USDC', 'limit', 'sell', 4, price);
    await buyer.createOrder('SOL/USDC', 'market', 'buy', 4);
    const sold = await seller.fetchBalance();
    const bought = await buyer.fetchBalance();
    expect([sold['SOL']?.total, bought['SOL']?.total]).toEqual([496, 504]);
    expect(sold['USDC']?.total).toBeCloseTo(100_000 + 4 * price * (1 - SPOT.makerFee), 6);
    expect(bought['USDC']?.total).toBeCloseTo(100_000 - 4 * price * (1 + SPOT.takerFee), 6);
  });
});

describe('positions over ccxt', () => {
  let short: CcxtUser;
  let long: CcxtUser;
  beforeAll(async () => {
    short = await newUser();
    long = await newUser();
    await short.createOrder(PERP.symbol, 'limit', 'sell', 3, price);
    await long.createOrder(PERP.symbol, 'market', 'buy', 3);
  });

  it('are long and short, with entry price, size and margin fractions', async () => {
    const [mine] = await long.fetchPositions();
    expect(mine).toMatchObject({ symbol: PERP.symbol, side: 'long', hedged: false, contractSize: 1 });
    const { contracts, entryPrice, notional, unrealizedPnl, markPrice } = mine ?? {};
    expect([contracts, entryPrice, notional].map(Number)).toEqual([3, price, 3 * price]);
    expect(Number(mine?.initialMarginPercentage)).toBeGreaterThan(Number(mine?.maintenanceMarginPercentage));
    expect(Number(unrealizedPnl)).toBeCloseTo(3 * (Number(markPrice) - price), 4);
    const [theirs] = await short.fetchPositions([PERP.symbol]);
    expect(theirs).toMatchObject({ symbol: PERP.symbol, side: 'short' });
    expect(await short.fetchPositions(['BTC/USDC:USDC'])).toEqual([]);
  });

  it('shrink by reduce-only orders, which never turn them', async () => {
    const refused = await newUser();
    const nothing = await refused
      .createOrder(PERP.symbol, 'limit', 'sell', 1, price + 5, { reduceOnly: true })
      .catch((error: unknown) => error);
    expect(nothing instanceof ccxt.InvalidOrder || (await refused.fetchOpenOrders()).length === 0).toBe(true);
    await short.createOrder(PERP.symbol, 'limit', 'buy', 9, price - 1, { reduceOnly: true });
    const [resting] = await short.fetchOpenOrders(PERP.symbol);
    expect(resting).toMatchObject({ reduceOnly: true, amount: 3 });
    await long.createOrder(PERP.symbol, 'market', 'sell', 1, undefined, { reduceOnly: true });
    expect((await long.fetchPositions())[0]).toMatchObject({ side: 'long', info: { netQuantity: '2' } });
    expect((await short.fetchPositions())[0]).toMatchObject({ side: 'short', info: { netQuantity: '-2' } });
    await short.cancelAllOrders(PERP.symbol);
  });

  it('take profit and stop loss come with an order, and wait once it fills', async () => {
    const [seller, buyer] = [await newUser(), await newUser()];
    const entry = await buyer.createOrder(PERP.symbol, 'limit', 'buy', 0.2, price, {
      takeProfit: { triggerPrice: price + 20, price: price + 21 },
      stopLoss: { triggerPrice: price - 20 },
    });
    expect(entry).toMatchObject({ status: 'open', takeProfitPrice: price + 21, stopLossPrice: price - 20 });
    await seller.createOrder(PERP.symbol, 'market', 'sell', 0.2);
    const children = await buyer.fetchOpenOrders(PERP.symbol);
    const facts = children.map(({ side, type, triggerPrice, amount }) => ({ side, type, triggerPrice, amount }));
    expect(facts).toHaveLength(2);
    expect(facts).toContainEqual({ side: 'sell', type: 'limit', triggerPrice: price + 20, amount: 0.2 });
    expect(facts).toContainEqual({ side: 'sell', type: 'market', triggerPrice: price - 20, amount: 0.2 });
    expect(children.map(({ info }) => info.relatedOrderId)).toEqual([entry.id, entry.id]);
  });
});
