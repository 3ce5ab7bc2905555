/** Whether the engine and the plain venue agree: fills, balances, holds, positions, orders, fees, flags, invariants. */
import { BookState, ExpiryReason, events, type Fields, nameOf as nameIn, PriceGrade, Side } from '@mochila/protocol';
import { orderIdOf } from '../book/orders.ts';
import { accountIsLiquidating, DUST_ACCOUNT, FEES_ACCOUNT } from '../ledger/accounts.ts';
import { findHolding } from '../ledger/holding-rows.ts';
import { holdingHeld } from '../ledger/holdings.ts';
import { orderViewOf } from '../matching/order-view.ts';
import { findPosition } from '../risk/position-rows.ts';
import { positionSizeLots } from '../risk/positions.ts';
import type { TestVenue } from '../testing/test-venue.ts';
import { MARKETS, netOf, type Pair } from './pair.ts';
import { cancelUncovered } from './plain-commands.ts';
import { accountOf, heldOf, type PlainFill, type PlainOrder } from './plain-venue.ts';

/** The end of a command, and then everything is compared. */
export function end(pair: Pair): void {
  const { venue, plain } = pair;
  cancelUncovered(plain);
  nameChildren(pair);
  count(pair);
  const fills = venue.events(events.fill).map(
    (fill): PlainFill => ({
      market: fill.market,
      ticks: fill.priceTicks,
      lots: fill.quantityLots,
      taker: fill.takerAccount,
      maker: fill.makerAccount,
      takerFee: BigInt(fill.takerFeeAtoms),
      makerFee: BigInt(fill.makerFeeAtoms),
    }),
  );
  same(pair, 'fills', fills, plain.fills);
  plain.fills = [];
  for (const account of plain.accounts) compareAccount(pair, account.ix);
  same(pair, 'orders', openOrders(venue), plain.orders.map(sketch).sort(byId));
  same(
    pair,
    'fees',
    plain.assets.map((asset) => netOf(venue, FEES_ACCOUNT, asset.ix)),
    plain.fees,
  );
  same(
    pair,
    'dust',
    plain.assets.map((asset) => netOf(venue, DUST_ACCOUNT, asset.ix)),
    plain.dust,
  );
  same(pair, 'audit', venue.audit(), []);
  same(pair, 'open', venue.state.markets[0]!.bookState, BookState.Open);
  same(pair, 'good', venue.state.markets[4]!.price.grade, PriceGrade.Good);
}

function count({ venue, seen }: Pair): void {
  const add = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  for (const view of venue.events(events.orderExpired)) add(nameIn(ExpiryReason, view.expiryReason));
  for (const schema of [
    events.fill,
    events.orderModified,
    events.triggerPlaced,
    events.triggerFailed,
    events.accountSettled,
    events.fundingPaid,
    events.accountFlagged,
  ])
    for (const _ of venue.events<Fields>(schema)) add(schema.name);
}

/** Children are made by the engine: their ids are read off its events. */
function nameChildren({ venue, plain }: Pair): void {
  // Newest first: one that was made and is gone again has an event, and no order.
  for (const view of venue.events(events.triggerPlaced).reverse()) {
    if (view.relatedOrderId === 0) continue;
    const child = plain.orders.findLast(
      (order) =>
        order.id === 0 && order.parent !== null && order.account === view.account && order.trigger?.ticks === view.triggerPriceTicks,
    );
    if (child !== undefined) child.id = view.orderId;
  }
}

function compareAccount(pair: Pair, ix: number): void {
  const { venue, plain } = pair;
  const { state } = venue;
  const account = accountOf(plain, ix);
  same(
    pair,
    `balances of ${ix}`,
    plain.assets.map((asset) => netOf(venue, ix, asset.ix)),
    account.net,
  );
  same(
    pair,
    `holds of ${ix}`,
    plain.assets.map((asset) => heldAtoms(venue, ix, asset.ix)),
    plain.assets.map((asset) => heldOf(plain, ix, asset.ix)),
  );
  const sizes = MARKETS.map((market) => {
    const row = findPosition(state, ix, market);
    return row < 0 ? 0 : positionSizeLots(state.positions, row);
  });
  same(
    pair,
    `positions of ${ix}`,
    sizes,
    MARKETS.map((market) => account.size[market]!),
  );
  same(pair, `flag of ${ix}`, accountIsLiquidating(state.accounts, ix) === 1, account.isLiquidating);
}

function heldAtoms(venue: TestVenue, account: number, asset: number): bigint {
  const row = findHolding(venue.state, account, asset);
  return row < 0 ? 0n : BigInt(holdingHeld(venue.state.holdings, row));
}

function openOrders({ state }: TestVenue): object[] {
  const found: ReturnType<typeof sketch>[] = [];
  for (let slot = 0; slot < state.orders.used; slot += 1) {
    if (state.orders.account[slot]! < 0) continue;
    const view = orderViewOf(state, slot);
    const isPending = view.triggerBy > 0 && view.triggeredAtMicros === 0;
    found.push({
      id: orderIdOf(state.orders, slot),
      account: view.account,
      market: view.market,
      isBid: view.side === Side.Bid,
      ticks: view.priceTicks,
      left: isPending ? view.triggerQuantity : view.quantityLots - view.executedLots,
      executed: view.executedLots,
      executedQuote: view.executedQuoteAtoms,
      isPending,
    });
  }
  return found.sort(byId);
}

function sketch(order: PlainOrder) {
  const { trigger } = order;
  return {
    id: order.id,
    account: order.account,
    market: order.market,
    isBid: order.isBid,
    ticks: order.ticks,
    left: trigger === null ? order.total - order.executedLots : trigger.ppm > 0 ? trigger.ppm : trigger.lots,
    executed: order.executedLots,
    executedQuote: order.executedQuote,
    isPending: trigger !== null,
  };
}

function byId(a: { id: number }, b: { id: number }): number {
  return a.id - b.id;
}

/** @throws Error with what was done last. */
export function same(pair: Pair, what: string, engine: unknown, plain: unknown): void {
  const [left, right] = [textOf(engine), textOf(plain)];
  if (left === right) return;
  throw new Error(`${what}: the engine has ${left}, the plain venue ${right}\n${pair.log.slice(-12).join('\n')}`);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}` : part));
}
