/**
 * State checks of a live order, in their order of precedence: book state, bands, reduce-only, funds, limits, margin.
 * Nothing is written; the rejects are the same whether the order came from its owner or from a trigger.
 */
import { tradeFee } from '@mochila/math';
import { BookState, MarketType, OrderKind, PriceGrade, type Reject, rejects, Side, TimeInForce } from '@mochila/protocol';
import { asAtoms, asPpm } from '@mochila/units';
import { bestTicks, canInsert, mayDisplace } from '../book/book.ts';
import { OrderFlag } from '../book/order-flags.ts';
import { isFullForPeople } from '../book/orders.ts';
import { feePpm } from '../identity/fee-tiers.ts';
import { accountIsLiquidating, accountLimitOrders, accountUser } from '../ledger/accounts.ts';
import { findHolding, freeAtomsOf, hasRoomForHoldings, ownedAtomsOf } from '../ledger/holding-rows.ts';
import { holdingHeld } from '../ledger/holdings.ts';
import type { Market } from '../markets.ts';
import { reject } from '../reject.ts';
import { checkPlacing, projectionLowersRisk } from '../risk/check.ts';
import { findPosition, hasRoomForPositions } from '../risk/position-rows.ts';
import { positionOpenAskLots, positionOpenBidLots, positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import type { Intent } from './intent.ts';
import { holdAtomsFor, payAssetOf } from './open-orders.ts';
import { priceBound } from './price-bounds.ts';
import { projectFill, projectOrder } from './project-fill.ts';
import { closableLots } from './reduce-only.ts';

/** Judges an order; fills `intent.bound` and `intent.lowersRisk`. A reduce-only order's lots are cut to what it can close. */
export function checkIntent(state: State, intent: Intent): Reject | null {
  const market = state.markets[intent.market]!;
  return (
    checkBook(state, market, intent) ??
    checkRoom(state, market, intent) ??
    checkReduceOnly(state, market, intent) ??
    checkLimitBand(state, market, intent) ??
    checkFunds(state, market, intent) ??
    checkLimits(state, intent) ??
    checkMargin(state, market, intent)
  );
}

function checkBook(state: State, market: Market, intent: Intent): Reject | null {
  const isPostOnly = (intent.flags & OrderFlag.PostOnly) !== 0;
  const isReduceOnly = (intent.flags & OrderFlag.ReduceOnly) !== 0;
  if (market.bookState === BookState.Closed) return reject(state, rejects.bookClosed);
  if (market.bookState === BookState.CancelOnly) return reject(state, rejects.bookCancelOnly);
  if (market.bookState === BookState.PostOnly && !isPostOnly) return reject(state, rejects.bookPostOnly);
  if ((market.bookState === BookState.LimitOnly || market.isStepLimited) && intent.orderKind === OrderKind.Market) {
    return reject(state, rejects.bookLimitOnly);
  }
  if (market.price.markTicks === 0) return reject(state, rejects.noReferencePrice);
  if ((market.isReduceOnly || market.price.grade === PriceGrade.Stale) && !isReduceOnly) return reject(state, rejects.marketReduceOnly);
  return null;
}

/** Room in the engine's tables for whatever the order may need; a trigger that fires has its row. */
function checkRoom(state: State, market: Market, intent: Intent): Reject | null {
  if (!intent.isFired && isFullForPeople(state.orders)) return reject(state, rejects.orderTableFull, 0, state.orders.capacity);
  const refused = checkRowRoom(state, market, intent.account);
  if (refused !== null) return refused;
  const mayRest = intent.orderKind === OrderKind.Limit && intent.timeInForce === TimeInForce.GTC;
  const { book } = market;
  if (mayRest && !canInsert(book, intent.side, intent.priceTicks) && !mayDisplace(book, intent.side, intent.priceTicks)) {
    return reject(state, rejects.bookFull, intent.priceTicks, state.genesis.limits.levelsPerSide);
  }
  return null;
}

/** Room for the rows an account still lacks: a full table stops nobody from closing what is open. */
export function checkRowRoom(state: State, market: Market, account: number): Reject | null {
  if (findPosition(state, account, market.ix) < 0 && !hasRoomForPositions(state, 1)) {
    return reject(state, rejects.orderTableFull, 0, state.positions.capacity);
  }
  let rows = findHolding(state, account, market.quote) < 0 ? 1 : 0;
  if (market.type === MarketType.SPOT && findHolding(state, account, market.base) < 0) rows += 1;
  return rows === 0 || hasRoomForHoldings(state, rows) ? null : reject(state, rejects.holdingTableFull, 0, state.holdings.capacity);
}

function checkReduceOnly(state: State, market: Market, intent: Intent): Reject | null {
  if ((intent.flags & OrderFlag.ReduceOnly) === 0) return null;
  if (market.type === MarketType.SPOT) return reject(state, rejects.reduceOnlySpot);
  const row = findPosition(state, intent.account, intent.market);
  const size = row < 0 ? 0 : positionSizeLots(state.positions, row);
  const closable = closableLots(size, intent.side);
  if (closable === 0) return reject(state, rejects.reduceOnlyNotReduced, size);
  if (intent.quoteAtoms === 0) intent.lots = Math.min(intent.lots, closable);
  return null;
}

/** The limit band: around the median of best bid, best ask and last, or the index when the book is empty. */
function checkLimitBand(state: State, market: Market, intent: Intent): Reject | null {
  const bound = priceBound(state, market, intent.side, intent.slippage);
  intent.bound.ticks = bound.ticks;
  intent.bound.reason = bound.reason;
  if (intent.orderKind === OrderKind.Market) return null;
  const active = activeTicks(state, market);
  const low = Math.ceil(active * market.listing.limitBand.min);
  const high = Math.floor(active * market.listing.limitBand.max);
  if (intent.priceTicks < low) return reject(state, rejects.priceOutsideBand, intent.priceTicks, low);
  if (intent.priceTicks > high) return reject(state, rejects.priceOutsideBand, intent.priceTicks, high);
  return null;
}

function activeTicks(state: State, market: Market): number {
  const bid = bestTicks(market.book, Side.Bid);
  const ask = bestTicks(market.book, Side.Ask);
  const last = market.lastTicks;
  if (bid > 0 && ask > 0 && last > 0) return Math.max(Math.min(bid, ask), Math.min(Math.max(bid, ask), last));
  if (bid > 0 && ask > 0) return (bid + ask) / 2;
  if (bid === 0 && ask === 0) return state.assets[market.base]!.price.index / market.tickSize;
  return bid > 0 ? bid : ask;
}

/** Spot: what the order pays with must be there, unless it may borrow. */
function checkFunds(state: State, market: Market, intent: Intent): Reject | null {
  if (market.type !== MarketType.SPOT || (intent.flags & OrderFlag.AutoBorrow) !== 0) return null;
  const row = findHolding(state, intent.account, payAssetOf(market, intent.side));
  const isRedeemOff = (intent.flags & OrderFlag.AutoLendRedeemOff) !== 0;
  const owned = row < 0 ? 0 : isRedeemOff ? freeAtomsOf(state, row) : ownedAtomsOf(state, row);
  const available = Math.max(0, owned - (row < 0 ? 0 : holdingHeld(state.holdings, row)));
  const needed = fundsNeeded(state, market, intent);
  return available >= needed ? null : reject(state, rejects.insufficientFunds, available, needed);
}

/** A limit order's hold; for a market order what it costs at the best price, or its quote amount. */
function fundsNeeded(state: State, market: Market, intent: Intent): number {
  const ratePpm = feePpm(state, accountUser(state.accounts, intent.account), true, false);
  if (intent.orderKind === OrderKind.Limit) return holdAtomsFor(market, intent.side, intent.priceTicks, intent.lots, ratePpm);
  const best = bestTicks(market.book, intent.side === Side.Bid ? Side.Ask : Side.Bid);
  if (intent.quoteAtoms > 0) {
    if (intent.side === Side.Bid) return intent.quoteAtoms;
    return best === 0 ? 0 : Math.floor(intent.quoteAtoms / (best * market.k)) * market.lotAtoms;
  }
  return holdAtomsFor(market, intent.side, best, intent.lots, ratePpm);
}

function checkLimits(state: State, intent: Intent): Reject | null {
  const limit = state.genesis.limits.limitOrdersPerAccount;
  const open = accountLimitOrders(state.accounts, intent.account);
  if (intent.orderKind === OrderKind.Limit && intent.timeInForce === TimeInForce.GTC && open >= limit) {
    return reject(state, rejects.orderLimit, open, limit);
  }
  return null;
}

/**
 * Margin (accounts.md 5, Placing): equity available with the order standing at its worst price, its fee paid; else it
 * must lower risk. Position and open-interest limits bind only what adds risk.
 */
function checkMargin(state: State, market: Market, intent: Intent): Reject | null {
  const { account, side } = intent;
  const worstTicks = worstTicksOf(market, intent);
  const lots = lotsAt(market, intent, worstTicks);
  const ratePpm = feePpm(state, accountUser(state.accounts, account), market.type === MarketType.SPOT, false);
  intent.lowersRisk = false;
  const isLiquidating = accountIsLiquidating(state.accounts, account) === 1;
  const isReduceOnly = (intent.flags & OrderFlag.ReduceOnly) !== 0;
  let refused: Reject | null = null;
  if (isLiquidating) refused = reject(state, rejects.accountLiquidating);
  else if (!isReduceOnly) refused = checkPositionLimits(state, market, intent, lots);
  if (refused === null) {
    projectOrder(state, market, side, lots, worstTicks, ratePpm);
    if (isReduceOnly) clearOpenLots(state);
    if (market.type === MarketType.SPOT) projectSpotHold(state, market, intent, lots, worstTicks);
    refused = checkPlacing(state, account);
    if (refused === null) return null;
  }
  const { code, value, limit } = refused;
  const judgedTicks = isLiquidating ? harshTicksOf(market, side, worstTicks) : worstTicks;
  const notional = judgedTicks * lots * market.k;
  projectFill(state, market, side, lots, notional, tradeFee(asAtoms(notional), asPpm(ratePpm)), 0);
  // Slices shrink the position under an order that rests: one that is not reduce-only would turn it.
  const mayTurn = isLiquidating && market.type === MarketType.PERP && !isReduceOnly;
  intent.lowersRisk = !mayTurn && projectionLowersRisk(state, account);
  if (intent.lowersRisk) return null;
  refused.code = code;
  refused.value = value;
  refused.limit = limit;
  return refused;
}

/**
 * Price by which an order of an account in liquidation is judged: no better for it than the mark. A bid far below the mark
 * would gain by its fill, and is no less of a risk for that.
 */
function harshTicksOf(market: Market, side: number, worstTicks: number): number {
  const { markTicks } = market.price;
  return side === Side.Bid ? Math.max(worstTicks, markTicks) : Math.min(worstTicks, markTicks);
}

/** Reduce-only orders are left out of exposure, and close at their price: they stand as their fill would. */
function clearOpenLots(state: State): void {
  const { projection } = state.scratch;
  projection.openBidLots = 0;
  projection.openAskLots = 0;
}

/** What a spot order may borrow is exposure while it stands: its hold beyond what is owned (accounts.md 5, Spot orders). */
function projectSpotHold(state: State, market: Market, intent: Intent, lots: number, priceTicks: number): void {
  const { projection } = state.scratch;
  projection.holdAsset = payAssetOf(market, intent.side);
  projection.holdAtoms = holdAtomsFor(
    market,
    intent.side,
    priceTicks,
    lots,
    feePpm(state, accountUser(state.accounts, intent.account), true, false),
  );
}

function checkPositionLimits(state: State, market: Market, intent: Intent, lots: number): Reject | null {
  if (market.type === MarketType.SPOT) return null;
  const { positions, genesis } = state;
  const row = findPosition(state, intent.account, intent.market);
  const size = row < 0 ? 0 : positionSizeLots(positions, row);
  const bids = (row < 0 ? 0 : positionOpenBidLots(positions, row)) + (intent.side === Side.Bid ? lots : 0);
  const asks = (row < 0 ? 0 : positionOpenAskLots(positions, row)) + (intent.side === Side.Ask ? lots : 0);
  const lotUsd = market.price.markTicks * market.tickSize * market.lotSize;
  const exposureUsd = Math.max(Math.abs(size + bids), Math.abs(size - asks)) * lotUsd;
  if (exposureUsd > genesis.account.positionLimitUsd) {
    return reject(state, rejects.positionLimit, Math.round(exposureUsd), genesis.account.positionLimitUsd);
  }
  const added = Math.max(0, lots - closableLots(size, intent.side));
  const limitUsd = market.listing.perp!.openInterestLimitUsd;
  if (added > 0 && (market.openInterestLots + added) * lotUsd > limitUsd) return reject(state, rejects.openInterestLimit, 0, limitUsd);
  return null;
}

/** The worst price an order can fill at: its limit, or where its bands stop it. */
function worstTicksOf(market: Market, intent: Intent): number {
  if (intent.orderKind === OrderKind.Limit) return intent.priceTicks;
  const best = bestTicks(market.book, intent.side === Side.Bid ? Side.Ask : Side.Bid);
  if (best === 0) return market.price.markTicks;
  return intent.bound.ticks;
}

function lotsAt(market: Market, intent: Intent, ticks: number): number {
  return intent.quoteAtoms > 0 ? Math.floor(intent.quoteAtoms / (ticks * market.k)) : intent.lots;
}
