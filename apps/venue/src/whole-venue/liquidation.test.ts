/** A liquidation in a whole venue, as its owner and everybody else see it: prices fall, makers follow, the venue sells. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  maxOrder,
  type OrderUpdateEvent,
  openStreams,
  placeOrder,
  type Streams,
  transfer,
  verifyReceipt,
} from '@mochila/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { endAll, eventually, newDirectory, PATIENCE_MS, runVenue } from '../testing/venue-run.ts';

const SYMBOL = 'SOL_USDC_PERP';
const BEGIN_SECONDS = 1_760_130_600;
const START_PRICE = 150;
/** A step of the stairs that prices go down: they stand, then fall by a part. Whoever opens late is met by the next step. */
const STEP = { standSeconds: 40, fallSeconds: 40, part: 0.08 };
const STEPS = 12;
const MARGIN_USDC = 1_000;
/** Eighteen times the margin, and more of the equity once the fee is paid. */
const NOTIONAL_USD = 18_000;
/** What is bought is bought this near to the best price, as a factor: the margin is asked for at the worst price of an order. */
const NEAR = 1.002;
const LIMIT_MS = 240_000;

let streams: Streams | undefined;
afterEach(async () => {
  streams?.close();
  await endAll();
});

function stairsFile(): string {
  const path = join(newDirectory(), 'stairs.csv');
  const rows = ['time,symbol,price'];
  const seconds = STEP.standSeconds + STEP.fallSeconds;
  for (let at = 0; at < seconds * STEPS; at += 1) {
    const fallen = Math.max(0, (at % seconds) - STEP.standSeconds) / STEP.fallSeconds;
    const price = START_PRICE * (1 - STEP.part) ** (Math.floor(at / seconds) + fallen);
    rows.push(`${BEGIN_SECONDS + at},SOLUSDT,${price.toFixed(2)}`);
  }
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

/** A user who puts a little of the money of the sandbox into an account of its own. @returns the client of that account */
async function fundedAccount(url: string): Promise<Client> {
  const user = createClient({ url, secret: createKeyPair().secret });
  const { subaccountId } = await createSubaccount(user);
  const { secret, publicKey } = createKeyPair();
  await createKey(user, { publicKey, permissions: ['read', 'trade'], subaccountId });
  await transfer(user, { symbol: 'USDC', quantity: String(MARGIN_USDC), toSubaccountId: subaccountId });
  return createClient({ url, secret });
}

/** Buys, as soon as the makers offer that much, nearly the most that the venue allows, and asks for a profit that does not come. */
async function openLong(client: Client): Promise<void> {
  const offered = async (): Promise<{ best: number; notional: number }> => {
    const asks = (await depth(client, { symbol: SYMBOL })).asks.map(([price, quantity]) => ({
      price: Number(price),
      of: Number(quantity),
    }));
    const best = Math.min(...asks.map(({ price }) => price));
    const near = asks.filter(({ price }) => price <= best * NEAR);
    return { best, notional: near.reduce((sum, { price, of }) => sum + price * of, 0) };
  };
  const { best } = await eventually(PATIENCE_MS, offered, ({ notional }) => notional > NOTIONAL_USD);
  const price = (best * NEAR).toFixed(2);
  const { maxOrderQuantity } = await maxOrder(client, { symbol: SYMBOL, side: 'Bid', price });
  const quantity = Math.min(NOTIONAL_USD / best, Number(maxOrderQuantity) * 0.99).toFixed(1);
  await placeOrder(client, { symbol: SYMBOL, side: 'Bid', orderType: 'Limit', quantity, price, timeInForce: 'IOC' });
  await placeOrder(client, {
    symbol: SYMBOL,
    side: 'Ask',
    orderType: 'Limit',
    quantity,
    price: (best * 1.15).toFixed(2),
    reduceOnly: true,
  });
}

describe('a long of about eighteen times its margin, in a falling market', () => {
  it(
    'is liquidated on the book: streams, histories and receipts tell it the same way',
    async () => {
      const flags = ['--speed', '2', '--prices', 'replay', '--prices-file', stairsFile()];
      const venue = await runVenue({ dataDirectory: newDirectory(), flags });
      const client = await fundedAccount(venue.url);
      streams = openStreams(client);
      const updates: OrderUpdateEvent[] = [];
      const liquidations: LiquidationEvent[] = [];
      await streams.subscribe('account.orderUpdate', (event) => updates.push(event)).ready;
      await streams.subscribe('liquidation', (event) => liquidations.push(event)).ready;

      await openLong(client);
      expect((await getAccount(client)).liquidating).toBe(false);
      const [opened] = await listPositions(client);
      expect(Number(opened?.netExposureNotional)).toBeGreaterThan(NOTIONAL_USD * 0.8);

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
