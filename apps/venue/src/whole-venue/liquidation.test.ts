/** A liquidation in a whole venue, as its owner and everybody else see it: prices fall, makers follow, the venue sells. */
import {
  backstopCapacity,
  type Client,
  createClient,
  createKey,
  createKeyPair,
  createSubaccount,
  depth,
  getAccount,
  getReceipt,
  historyFills,
  historyOrders,
  historyPositions,
  type LiquidationEvent,
  listPositions,
  listReceipts,
  markPrices,
  maxOrder,
  type OrderUpdateEvent,
  openStreams,
  placeOrder,
  type Streams,
  transfer,
  verifyReceipt,
} from '@mochila/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpokenPrices, writeConfiguration } from '../testing/spoken-prices.ts';
import { endAll, eventually, newDirectory, PATIENCE_MS, runVenue } from '../testing/venue-run.ts';

const SYMBOL = 'SOL_USDC_PERP';
const START_PRICE = 150;
/** What is left of the price after a step down; it takes the next when the makers have followed. */
const STEP = 0.995;
const MARGIN_USDC = 1_000;
/** Eighteen times the margin, and more of the equity once the fee is paid. */
const NOTIONAL_USD = 18_000;
/** What is bought is bought this near to the best price, as a factor: the margin is asked for at the worst price of an order. */
const NEAR = 1.002;
const LIMIT_MS = 240_000;

let streams: Streams | undefined;
let prices: SpokenPrices;
beforeEach(async () => {
  prices = await SpokenPrices.start({ SOL: START_PRICE });
});
afterEach(async (context) => {
  streams?.close();
  await endAll(context);
  await prices.close();
});

/** A user who puts a little of the money of the sandbox into an account of its own. @returns the client of that account */
async function fundedAccount(url: string): Promise<Client> {
  const user = createClient({ url, secret: createKeyPair().secret });
  const { subaccountId } = await createSubaccount(user);
  const { secret, publicKey } = createKeyPair();
  await createKey(user, { publicKey, permissions: ['read', 'trade'], subaccountId });
  await transfer(user, { symbol: 'USDC', quantity: String(MARGIN_USDC), toSubaccountId: subaccountId });
  return createClient({ url, secret });
}

/** The asks of the makers that are near the best one. */
async function offered(client: Client): Promise<{ best: number; notional: number }> {
  const asks = (await depth(client, { symbol: SYMBOL })).asks.map(([price, quantity]) => ({ price: Number(price), of: Number(quantity) }));
  const best = Math.min(...asks.map(({ price }) => price));
  const near = asks.filter(({ price }) => price <= best * NEAR);
  return { best, notional: near.reduce((sum, { price, of }) => sum + price * of, 0) };
}

/** Buys what the makers offer, up to nearly the most that the venue allows; they move their orders meanwhile. @returns USD held */
async function buyMore(client: Client): Promise<number> {
  const { best, notional } = await offered(client);
  if (notional > 0) {
    const price = (best * NEAR).toFixed(2);
    const { maxOrderQuantity } = await maxOrder(client, { symbol: SYMBOL, side: 'Bid', price });
    const missing = (NOTIONAL_USD - (await exposureOf(client))) / best;
    const quantity = Math.floor(10 * Math.min(missing, Number(maxOrderQuantity) * 0.99)) / 10;
    if (quantity > 0)
      await placeOrder(client, { symbol: SYMBOL, side: 'Bid', orderType: 'Limit', quantity: String(quantity), price, timeInForce: 'IOC' });
  }
  return exposureOf(client);
}

async function exposureOf(client: Client): Promise<number> {
  const [held] = await listPositions(client);
  return Number(held?.netExposureNotional ?? 0);
}

/** Opens the long as soon as the makers offer that much, and asks for a profit that does not come. */
async function openLong(client: Client): Promise<void> {
  await eventually(
    PATIENCE_MS,
    () => buyMore(client),
    (held) => held > NOTIONAL_USD * 0.8,
  );
  const [held] = await listPositions(client);
  const price = (START_PRICE * 1.15).toFixed(2);
  await placeOrder(client, {
    symbol: SYMBOL,
    side: 'Ask',
    orderType: 'Limit',
    quantity: held?.netQuantity ?? '',
    price,
    reduceOnly: true,
  });
}

/** Lets the price fall, step by step behind its index, until the owner hears that it was too much. */
async function fallUntilLiquidated(client: Client, updates: readonly OrderUpdateEvent[]): Promise<void> {
  let usd = START_PRICE;
  while (!updates.some(({ R }) => R === 'Liquidation')) {
    if (usd < START_PRICE / 2) throw new Error('half the price is no reason to liquidate a long of eighteen times its margin');
    usd *= STEP;
    prices.usd.set('SOL', usd);
    await eventually(
      PATIENCE_MS,
      () => markPrices(client, { symbol: SYMBOL }),
      ([row]) => Number(row?.indexPrice) < usd / Math.sqrt(STEP),
    );
  }
}

describe('a long of about eighteen times its margin, in a falling market', () => {
  it(
    'is liquidated on the book: streams, histories and receipts tell it the same way',
    async () => {
      const flags = ['--prices', 'live', '--config', writeConfiguration({ live: prices.live() })];
      const venue = await runVenue({ dataDirectory: newDirectory(), flags });
      const client = await fundedAccount(venue.url);
      streams = openStreams(client);
      const updates: OrderUpdateEvent[] = [];
      const liquidations: LiquidationEvent[] = [];
      await streams.subscribe('account.orderUpdate', (event) => updates.push(event)).ready;
      await streams.subscribe('liquidation', (event) => liquidations.push(event)).ready;

      await openLong(client);
      expect((await getAccount(client)).liquidating).toBe(false);
      await fallUntilLiquidated(client, updates);

      const { rows: sold } = await eventually(
        LIMIT_MS / 2,
        () => historyFills(client, { fillType: 'AllLiquidation' }),
        ({ rows }) => rows.length > 0,
      );
      expect(sold.at(-1)).toMatchObject({ symbol: SYMBOL, side: 'Ask', systemOrderType: 'LiquidatePositionOnBook' });
      const own = await historyFills(client, { fillType: 'User' });
      expect(own.rows.length).toBeGreaterThan(0);
      expect(new Set(own.rows.map(({ systemOrderType, side }) => `${systemOrderType} ${side}`))).toEqual(new Set(['null Bid']));

      expect((await historyFills(client, { fillType: 'CollateralConversionAndSpotLiquidation' })).rows).toEqual([]);

      await checkStreams(updates, liquidations);
      await checkHistories(client);
      await checkReceipts(client);
      const capacity = await eventually(
        PATIENCE_MS,
        () => backstopCapacity(client),
        (rows) => rows.some(({ symbol, providers }) => symbol === SYMBOL && providers > 0),
      );
      expect(Number(capacity.find(({ symbol }) => symbol === SYMBOL)?.capital)).toBeGreaterThan(0);
      streams.close();
      expect(await venue.end()).toBe(0);
      expect(venue.stderr()).not.toMatch(/"level":"(error|fatal)"/);
    },
    LIMIT_MS,
  );
});

/** The owner sees his own order end and the venue's order fill; everybody sees a sale. */
async function checkStreams(updates: readonly OrderUpdateEvent[], liquidations: readonly LiquidationEvent[]): Promise<void> {
  const seen = await eventually(
    PATIENCE_MS,
    async () => {
      const ended = updates.find(({ e, R }) => e === 'orderExpired' && R === 'Liquidation');
      const filled = updates.find(({ e, O }) => e === 'orderFill' && O === 'LIQUIDATION_AUTOCLOSE');
      return { ended, filled, told: liquidations.find(({ T, p, q }) => T === filled?.T && p === filled.L && q === filled.l) };
    },
    ({ ended, filled, told }) => ended !== undefined && filled !== undefined && told !== undefined,
  );
  expect(seen.ended).toMatchObject({ s: SYMBOL, S: 'Ask', O: 'USER', X: 'Expired' });
  expect(seen.filled).toMatchObject({ s: SYMBOL, S: 'Ask', r: true });
  expect(seen.told).toMatchObject({ e: 'liquidation', s: SYMBOL, S: 'Ask' });
}

async function checkHistories(client: Client): Promise<void> {
  const { rows: orders } = await historyOrders(client);
  expect(orders.map(({ systemOrderType }) => systemOrderType)).toContain('LiquidatePositionOnBook');
  expect(orders).toContainEqual(expect.objectContaining({ systemOrderType: null, status: 'Expired', expiryReason: 'Liquidation' }));
  const { rows: positions } = await historyPositions(client, { symbol: SYMBOL });
  expect(positions).toHaveLength(1);
  expect(Number(positions[0]?.liquidated)).toBeGreaterThan(0);
  expect(Number(positions[0]?.liquidationFees)).toBeGreaterThan(0);
}

/** Each receipt is computed again from what it says. */
async function checkReceipts(client: Client): Promise<void> {
  const { rows } = await eventually(
    PATIENCE_MS,
    () => listReceipts(client),
    (page) => page.rows.some(({ kind }) => kind === 'BookSlice'),
  );
  expect(rows.map(({ kind }) => kind)).toContain('OrderCancel');
  for (const { id } of rows) {
    const receipt = await getReceipt(client, { id });
    const { isGood, checks } = verifyReceipt(receipt);
    expect({ kind: receipt.kind, isGood, bad: checks.filter((check) => !check.isGood) }).toEqual({
      kind: receipt.kind,
      isGood: true,
      bad: [],
    });
    expect(checks.length).toBeGreaterThan(10);
  }
}
