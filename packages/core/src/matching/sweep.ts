/** Matching in price-time order: a taker sweeps the other side until it is filled, meets its bound, or is stopped. */
import { ExpiryReason, SelfTradePrevention, Side } from '@mochila/protocol';
import { SAFE_MAX } from '@mochila/units';
import { bestSlot, bestTicks } from '../book/book.ts';
import { selfTradePreventionOf } from '../book/order-flags.ts';
import { foreseeMakers } from '../foresee.ts';
import { accountUser } from '../ledger/accounts.ts';
import { guardSlice, NO_FILL } from '../liquidation/book/guard-slice.ts';
import type { SliceRules } from '../liquidation/book/slice-rules.ts';
import type { Market } from '../markets.ts';
import { positionSizeLots } from '../risk/positions.ts';
import { settleAccount } from '../settlement/settle-account.ts';
import type { State } from '../state.ts';
import { applyFill, TAKER_FEE } from './apply-fill.ts';
import { createAttached } from './attached.ts';
import { expireSlot } from './end-order.ts';
import { guardMaker, guardTaker } from './fill-guard.ts';
import { addMakerFill, addTakerFill, clearFillSums, createFillSums } from './fill-sums.ts';
import { dropOrder, shrinkResting, unrestOrder } from './open-orders.ts';
import type { PriceBound } from './price-bound.ts';
import { isBeyond } from './price-bounds.ts';
import { closableLots, fitReduceOnly } from './reduce-only.ts';

/** Working memory: the fill that is judged. */
const sums = createFillSums();

/** What a sweep needs to know beside the taker's own columns. */
export interface SweepRules {
  /** Limit price; beyond it the rest rests. 0 for market orders. */
  limitTicks: number;
  bound: PriceBound;
  /** The whole order was judged to lower risk: it needs maintenance only. */
  lowersRisk: boolean;
  isReduceOnly: boolean;
  /** A dry run judged the whole of it already (FOK): the taker's guard is not asked again. */
  isDecided: boolean;
  /** A slice that the venue sells or buys: its own guard judges it and sets its fee. null for orders of people. */
  slice: SliceRules | null;
}

/**
 * Matches the taker in `takerSlot` (not linked to the book).
 *
 * @returns ExpiryReason.None when it is filled or nothing more crosses its limit (the rest may rest); otherwise why the
 *   rest must expire.
 */
export function sweep(state: State, market: Market, takerSlot: number, rules: SweepRules): number {
  const { orders } = state;
  const side = orders.side[takerSlot]!;
  const otherSide = side === Side.Bid ? Side.Ask : Side.Bid;
  const best = bestTicks(market.book, otherSide);
  if (best > 0 && (rules.limitTicks === 0 || !isBeyond(side, best, rules.limitTicks)))
    foreseeMakers(state, market.book, otherSide, orders.quoteAtoms[takerSlot]! > 0 ? SAFE_MAX : orders.lots[takerSlot]!);
  for (;;) {
    const makerSlot = bestSlot(market.book, orders, otherSide);
    if (makerSlot < 0) return rules.limitTicks > 0 ? ExpiryReason.None : ExpiryReason.InsufficientLiquidity;
    const priceTicks = orders.priceTicks[makerSlot]!;
    if (rules.limitTicks > 0 && isBeyond(side, priceTicks, rules.limitTicks)) return ExpiryReason.None;
    const lots = wantedLots(state, market, takerSlot, priceTicks, rules);
    if (lots === 0) return ExpiryReason.None;
    if (isBeyond(side, priceTicks, rules.bound.ticks)) return rules.bound.reason;
    const reason = meet(state, market, takerSlot, makerSlot, Math.min(lots, orders.lots[makerSlot]!), priceTicks, rules);
    if (reason !== ExpiryReason.None) return reason;
  }
}

/** Lots the taker still wants at this price: its rest, what its quote amount buys, what its position lets it close. */
function wantedLots(state: State, market: Market, takerSlot: number, priceTicks: number, rules: SweepRules): number {
  const { orders, positions } = state;
  let lots = orders.lots[takerSlot]!;
  const quoteAtoms = orders.quoteAtoms[takerSlot]!;
  if (quoteAtoms > 0) lots = Math.floor((quoteAtoms - orders.executedQuoteAtoms[takerSlot]!) / (priceTicks * market.k));
  if (rules.isReduceOnly)
    lots = Math.min(lots, closableLots(positionSizeLots(positions, orders.positionRow[takerSlot]!), orders.side[takerSlot]!));
  return lots;
}

/** Taker and maker meet: self-trade prevention, the guard, the fill. @returns why the taker must stop, or None to go on. */
function meet(
  state: State,
  market: Market,
  takerSlot: number,
  makerSlot: number,
  lots: number,
  priceTicks: number,
  rules: SweepRules,
): number {
  const { orders, accounts } = state;
  const maker = orders.account[makerSlot]!;
  if (accountUser(accounts, maker) === accountUser(accounts, orders.account[takerSlot]!))
    return preventSelfTrade(state, takerSlot, makerSlot);
  settleAccount(state, maker);
  clearFillSums(sums);
  addMakerFill(state, market, makerSlot, lots, priceTicks, sums);
  // The fee of a slice may give way down to nothing, and the rebate with it.
  if (rules.slice !== null && !rules.slice.isTakerFee) sums.fee = Math.max(0, sums.fee);
  const makerReason = guardMaker(state, market, makerSlot, sums);
  if (makerReason !== ExpiryReason.None) {
    expireSlot(state, makerSlot, makerReason);
    return ExpiryReason.None;
  }
  if (rules.slice !== null) return fillSlice(state, market, takerSlot, makerSlot, lots, priceTicks, rules.slice);
  if (!rules.isDecided) {
    clearFillSums(sums);
    addTakerFill(state, market, takerSlot, lots, priceTicks, sums);
    const takerReason = guardTaker(state, market, takerSlot, sums, rules.lowersRisk);
    if (takerReason !== ExpiryReason.None) return takerReason;
  }
  fillPair(state, market, takerSlot, makerSlot, lots, priceTicks, TAKER_FEE);
  return ExpiryReason.None;
}

/** A slice stops where it would not help the account any more. */
function fillSlice(
  state: State,
  market: Market,
  takerSlot: number,
  makerSlot: number,
  lots: number,
  priceTicks: number,
  slice: SliceRules,
): number {
  const { orders } = state;
  const fee = guardSlice(state, market, orders.account[takerSlot]!, orders.side[takerSlot]!, lots, priceTicks, slice);
  if (fee === NO_FILL) return ExpiryReason.InsufficientMargin;
  fillPair(state, market, takerSlot, makerSlot, lots, priceTicks, slice.isTakerFee ? TAKER_FEE : fee);
  if (!slice.isTakerFee) slice.feeAtoms += fee;
  return ExpiryReason.None;
}

/** Writes the fill and everything that follows from it at once: both orders, attached children, reduce-only sizes. */
function fillPair(
  state: State,
  market: Market,
  takerSlot: number,
  makerSlot: number,
  lots: number,
  priceTicks: number,
  sliceFee: number,
): void {
  const { orders } = state;
  const makerRow = orders.positionRow[makerSlot]!;
  const isMakerDone = orders.lots[makerSlot] === lots;
  if (isMakerDone) {
    unrestOrder(state, market, makerSlot);
    orders.lots[makerSlot] = 0;
  } else shrinkResting(state, market, makerSlot, lots);
  if (orders.quoteAtoms[takerSlot] === 0) orders.lots[takerSlot]! -= lots;
  applyFill(state, market, takerSlot, makerSlot, lots, priceTicks, sliceFee);
  createAttached(state, market, makerSlot, lots);
  createAttached(state, market, takerSlot, lots);
  if (isMakerDone) dropOrder(state, makerSlot);
  fitReduceOnly(state, market, makerRow, -1);
  fitReduceOnly(state, market, orders.positionRow[takerSlot]!, takerSlot);
}

function preventSelfTrade(state: State, takerSlot: number, makerSlot: number): number {
  const mode = selfTradePreventionOf(state.orders.kind[takerSlot]!);
  if (mode !== SelfTradePrevention.RejectTaker) expireSlot(state, makerSlot, ExpiryReason.SelfTradePrevention);
  return mode === SelfTradePrevention.RejectMaker ? ExpiryReason.None : ExpiryReason.SelfTradePrevention;
}
