/**
 * The fund unwinds what it took (liquidation rules 2, stage 3): in each market one post-only order of a tenth of what it has
 * there a minute, on the ordinary book, like anybody's. What was not met within the minute is offered anew in the next.
 */
import { BookState, ExpiryReason, MarketType, OrderKind, OrderOrigin, PriceGrade, Side, TimeInForce } from '@mochila/protocol';
import { bestTicks } from '../../book/book.ts';
import { OrderFlag } from '../../book/order-flags.ts';
import { isFullForPeople, orderIdOf, orderSlotOf } from '../../book/orders.ts';
import { feePpm } from '../../identity/fee-tiers.ts';
import { accountUser, FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { findHolding, netAtomsOf } from '../../ledger/holding-rows.ts';
import { lossMax } from '../../lending/lenders-lose.ts';
import type { Market } from '../../markets.ts';
import { expireSlot } from '../../matching/end-order.ts';
import { goLive } from '../../matching/go-live.ts';
import { createIntent } from '../../matching/intent.ts';
import { marketIndex } from '../../pricing/market-index.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import { findPosition, hasRoomForPositions } from '../../risk/position-rows.ts';
import { positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { deleverage } from '../deleveraging/deleverage.ts';
import { losePastFund } from '../deleveraging/pay-debts.ts';
import { type ExposedPart, exposedParts } from '../exposed-parts.ts';
import { makeSystemOrder } from '../forced-transfer.ts';

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3_600;
/** A hole that waits for no hour, as a part of the fund's debts. */
const LOST_AT_ONCE = 0.1;

/**
 * Goes over the fund's orders once a second, after the cases of liquidation. Below maintenance its positions go to stage 4;
 * coins that it took for debts it goes on selling, since nobody else repays what it owes. O(markets).
 *
 * @returns false when stage 4 goes on in the next command.
 */
export function unwindFund(state: State): boolean {
  const { liquidation, fund } = state;
  if (liquidation.unfinished === FUND_ACCOUNT || isFundShort(state)) {
    const isClosing = hasPosition(state);
    if (isClosing) for (const market of state.markets) if (market.type === MarketType.PERP) endOrder(state, market);
    const isOver = !isClosing || deleverage(state, FUND_ACCOUNT);
    liquidation.unfinished = isOver ? -1 : FUND_ACCOUNT;
    if (!isOver) return false;
    const isDue = isLossDue(state);
    if (isDue) losePastFund(state);
    if (isClosing || isDue) fund.lossHour = hourOf(state);
  }
  for (const market of state.markets) unwindMarket(state, market);
  return true;
}

/** True when there is something to unwind, to close or to write off: what is smaller than a market takes, or owed by a fund that can pay, waits. */
export function isFundBusy(state: State): boolean {
  for (const market of state.markets) {
    if (orderSlotOf(state.orders, state.fund.unwindOrderId[market.ix]!) >= 0 || canUnwind(state, market)) return true;
  }
  return isFundShort(state) && (hasPosition(state) || isLossDue(state));
}

function canUnwind(state: State, market: Market): boolean {
  return isTradable(market) && Math.abs(fundLots(state, market)) >= market.listing.minQuantityLots;
}

/** A position whose price is not stale: stage 4 can close it. */
function hasPosition(state: State): boolean {
  return exposedParts(state, FUND_ACCOUNT).some((part) => part.market >= 0 && !part.isStale);
}

/**
 * Lenders lose what the fund owes beyond all it has when its positions were closed; after that at once when it is a good part
 * of what it owes, so that nobody leaves before the others lose, and once an hour otherwise: interest and prices change it
 * every second, and it may be earned back.
 */
function isLossDue(state: State): boolean {
  computeHealth(state, FUND_ACCOUNT, HealthMode.Maintenance, null, health);
  const hole = 0 - health.realEquity;
  if (hole <= 0) return false;
  const parts = exposedParts(state, FUND_ACCOUNT);
  if (parts.some((part) => part.market >= 0)) return false;
  const lost = Math.min(hole, losableUsd(state, parts));
  return lost > 0 && (state.fund.lossHour !== hourOf(state) || lost >= health.borrowLiability * LOST_AT_ONCE);
}

/** USD of debts that their lenders can still lose. */
function losableUsd(state: State, debts: readonly ExposedPart[]): number {
  let usd = 0;
  for (const { asset, atoms } of debts) {
    const { price, unitAtoms } = state.assets[asset]!;
    usd += (Math.min(atoms, lossMax(state, asset)) / unitAtoms) * price.mark;
  }
  return usd;
}

function hourOf(state: State): number {
  return Math.floor(state.tickSecond / SECONDS_PER_HOUR);
}

const health = createHealth();

function isFundShort(state: State): boolean {
  computeHealth(state, FUND_ACCOUNT, HealthMode.Maintenance, null, health);
  return health.netEquity < health.maintenanceMargin;
}

function unwindMarket(state: State, market: Market): void {
  const { fund } = state;
  const size = fundLots(state, market);
  const minute = Math.floor(state.tickSecond / SECONDS_PER_MINUTE);
  const slot = orderSlotOf(state.orders, fund.unwindOrderId[market.ix]!);
  if (!canUnwind(state, market)) {
    endOrder(state, market);
    return;
  }
  const side = size > 0 ? Side.Ask : Side.Bid;
  if (minute !== fund.unwindMinute[market.ix]) {
    fund.unwindMinute[market.ix] = minute;
    endOrder(state, market);
    place(state, market, side, partOf(state, market, Math.abs(size)));
    return;
  }
  if (slot < 0) return;
  const isSame = state.orders.side[slot] === side;
  const lots = Math.min(state.orders.lots[slot]!, Math.abs(size));
  if (isSame && state.orders.priceTicks[slot] === restingTicks(state, market, side, state.orders.priceTicks[slot]!)) return;
  endOrder(state, market);
  if (isSame) place(state, market, side, lots);
}

/** Lots the fund has to get rid of: its position, or whole lots of what it owns or owes of a coin. The first USDC market of a coin unwinds it. */
function fundLots(state: State, market: Market): number {
  if (market.type === MarketType.PERP) {
    const row = findPosition(state, FUND_ACCOUNT, market.ix);
    return row < 0 ? 0 : positionSizeLots(state.positions, row);
  }
  if (market.quote !== state.usdc || market.base === state.usdc) return 0;
  const first = state.markets.find((one) => one.type === MarketType.SPOT && one.base === market.base && one.quote === state.usdc);
  const row = findHolding(state, FUND_ACCOUNT, market.base);
  return row < 0 || first !== market ? 0 : Math.trunc(netAtomsOf(state, row) / market.lotAtoms);
}

/** A share of what there is, rounded up, so that it ends; at least what the market takes. */
function partOf(state: State, market: Market, lots: number): number {
  const part = Math.ceil(lots * state.genesis.liquidation.fundUnwindPerMinute);
  return Math.min(lots, market.listing.maxQuantityLots, Math.max(part, market.listing.minQuantityLots));
}

function isTradable(market: Market): boolean {
  const isOpen = market.bookState === BookState.Open || market.bookState === BookState.PostOnly || market.bookState === BookState.LimitOnly;
  return isOpen && market.price.markTicks > 0 && market.price.grade !== PriceGrade.Stale;
}

/**
 * Where the order rests: beside the best of its side while that lies between mark and index, at the nearer of the two
 * otherwise (so also when the book is empty or has one side only), and never across the other side.
 *
 * @param ownTicks - price of an order of the fund that rests there now, which is not followed; 0 none.
 */
function restingTicks(state: State, market: Market, side: number, ownTicks = 0): number {
  const mark = market.price.markTicks;
  const index = Math.round(marketIndex(state, market) / market.tickSize);
  const low = index > 0 ? Math.min(mark, index) : mark;
  const high = index > 0 ? Math.max(mark, index) : mark;
  const best = bestTicks(market.book, side);
  const isOwn = best === ownTicks && best > 0;
  const beside = isOwn ? ownTicks : best > 0 ? best : mark;
  const within = Math.max(low, Math.min(high, beside));
  const other = bestTicks(market.book, side === Side.Ask ? Side.Bid : Side.Ask);
  if (other === 0) return Math.max(1, within);
  return side === Side.Ask ? Math.max(within, other + 1) : Math.max(1, Math.min(within, other - 1));
}

function endOrder(state: State, market: Market): void {
  const { fund, orders } = state;
  const slot = orderSlotOf(orders, fund.unwindOrderId[market.ix]!);
  if (slot >= 0) expireSlot(state, slot, ExpiryReason.Unknown);
  fund.unwindOrderId[market.ix] = 0;
}

const intent = createIntent();

function place(state: State, market: Market, side: number, lots: number): void {
  if (isFullForPeople(state.orders)) return;
  if (findPosition(state, FUND_ACCOUNT, market.ix) < 0 && !hasRoomForPositions(state, 1)) return;
  const isSpot = market.type === MarketType.SPOT;
  const priceTicks = restingTicks(state, market, side);
  const flags = OrderFlag.PostOnly | (isSpot ? OrderFlag.AutoBorrow : OrderFlag.ReduceOnly);
  const slot = makeSystemOrder(state, market, FUND_ACCOUNT, { side, lots, priceTicks, origin: OrderOrigin.LiquidationAutoclose, flags });
  if (isSpot) state.orders.holdFeePpm[slot] = feePpm(state, accountUser(state.accounts, FUND_ACCOUNT), true, false);
  state.fund.unwindOrderId[market.ix] = orderIdOf(state.orders, slot);
  Object.assign(intent, {
    account: FUND_ACCOUNT,
    market: market.ix,
    side,
    orderKind: OrderKind.Limit,
    timeInForce: TimeInForce.GTC,
    flags,
    priceTicks,
    lots,
    lowersRisk: true,
  });
  intent.bound.ticks = priceTicks;
  goLive(state, market, slot, intent);
}
