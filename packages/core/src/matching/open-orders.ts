/**
 * Open orders of an account in a market: the list in its position row, the lots it has on the book, its holds, and the
 * book itself. Everything that puts an order on a book or takes it off goes through here, so these agree.
 */
import { tradeFee } from '@mochila/math';
import { MarketType, Side } from '@mochila/protocol';
import { asAtoms, asPpm, assert } from '@mochila/units';
import { insertOrder, reduceOrder, removeOrder } from '../book/book.ts';
import { OrderFlag } from '../book/order-flags.ts';
import { returnOrderSlot } from '../book/orders.ts';
import { emitLevelChanged } from '../event-buffer.ts';
import { accountLimitOrders, accountTriggerOrders, setAccountLimitOrders, setAccountTriggerOrders } from '../ledger/accounts.ts';
import { addHold, releaseHold } from '../ledger/holds.ts';
import type { Market } from '../markets.ts';
import { changeOrderLoss } from '../risk/order-loss.ts';
import { TICKS_NONE, touchPosition } from '../risk/position-rows.ts';
import {
  positionAskTicksMin,
  positionBidTicksMax,
  positionOpenAskLots,
  positionOpenBidLots,
  positionOrderCount,
  positionOrderTail,
  positionReduceOnlyCount,
  positionTriggerCount,
  setPositionAskTicksMin,
  setPositionBidTicksMax,
  setPositionOpenAskLots,
  setPositionOpenBidLots,
  setPositionOrderCount,
  setPositionOrderHead,
  setPositionOrderTail,
  setPositionReduceOnlyCount,
  setPositionTriggerCount,
} from '../risk/positions.ts';
import type { State } from '../state.ts';
import { returnRow } from '../table.ts';

/** Appends an order to its account's list in its market. */
export function linkOrder(state: State, slot: number): void {
  const { orders, positions, accounts } = state;
  const row = orders.positionRow[slot]!;
  const tail = positionOrderTail(positions, row);
  orders.accountPrev[slot] = tail;
  orders.accountNext[slot] = -1;
  if (tail < 0) setPositionOrderHead(positions, row, slot);
  else orders.accountNext[tail] = slot;
  setPositionOrderTail(positions, row, slot);
  setPositionOrderCount(positions, row, positionOrderCount(positions, row) + 1);
  if (isPendingTrigger(state, slot)) {
    setPositionTriggerCount(positions, row, positionTriggerCount(positions, row) + 1);
    setAccountTriggerOrders(accounts, orders.account[slot]!, accountTriggerOrders(accounts, orders.account[slot]!) + 1);
  } else setAccountLimitOrders(accounts, orders.account[slot]!, accountLimitOrders(accounts, orders.account[slot]!) + 1);
}

/** Takes an order that ended out of every list and frees its slot. It is off the book already. */
export function dropOrder(state: State, slot: number): void {
  const { orders, positions, accounts, triggers } = state;
  assert(orders.isResting[slot] === 0, 'a dropped order is off the book');
  const row = orders.positionRow[slot]!;
  const before = orders.accountPrev[slot]!;
  const after = orders.accountNext[slot]!;
  if (before < 0) setPositionOrderHead(positions, row, after);
  else orders.accountNext[before] = after;
  if (after < 0) setPositionOrderTail(positions, row, before);
  else orders.accountPrev[after] = before;
  setPositionOrderCount(positions, row, positionOrderCount(positions, row) - 1);
  if (isPendingTrigger(state, slot)) {
    setPositionTriggerCount(positions, row, positionTriggerCount(positions, row) - 1);
    setAccountTriggerOrders(accounts, orders.account[slot]!, accountTriggerOrders(accounts, orders.account[slot]!) - 1);
  } else setAccountLimitOrders(accounts, orders.account[slot]!, accountLimitOrders(accounts, orders.account[slot]!) - 1);
  if (positionOrderCount(positions, row) === 0) {
    setPositionBidTicksMax(positions, row, 0);
    setPositionAskTicksMin(positions, row, TICKS_NONE);
  }
  if (orders.trigger[slot]! >= 0) {
    returnRow(triggers, orders.trigger[slot]!);
    orders.trigger[slot] = -1;
  }
  returnOrderSlot(orders, slot);
}

/** True while an order waits for its trigger price. */
export function isPendingTrigger(state: State, slot: number): boolean {
  const trigger = state.orders.trigger[slot]!;
  return trigger >= 0 && state.triggers.triggerBy[trigger]! > 0 && state.triggers.triggeredAtMicros[trigger] === 0;
}

/** A pending trigger became a live order: it counts as one from now on. */
export function countTriggerAsLive(state: State, slot: number): void {
  const { orders, positions, accounts, triggers } = state;
  triggers.triggeredAtMicros[orders.trigger[slot]!] = state.timeMicros;
  setPositionTriggerCount(positions, orders.positionRow[slot]!, positionTriggerCount(positions, orders.positionRow[slot]!) - 1);
  setAccountTriggerOrders(accounts, orders.account[slot]!, accountTriggerOrders(accounts, orders.account[slot]!) - 1);
  setAccountLimitOrders(accounts, orders.account[slot]!, accountLimitOrders(accounts, orders.account[slot]!) + 1);
}

/** Puts an order on the book with its hold. */
export function restOrder(state: State, market: Market, slot: number): void {
  const { orders, positions } = state;
  const row = orders.positionRow[slot]!;
  const side = orders.side[slot]!;
  const priceTicks = orders.priceTicks[slot]!;
  const levelLots = insertOrder(market.book, orders, slot);
  emitLevelChanged(state.out, market.ix, side, priceTicks, levelLots, market.book.updateId);
  if ((orders.flags[slot]! & OrderFlag.ReduceOnly) !== 0)
    setPositionReduceOnlyCount(positions, row, positionReduceOnlyCount(positions, row) + 1);
  else addOpenLots(state, market, row, side, priceTicks, orders.lots[slot]!);
  if (side === Side.Bid) setPositionBidTicksMax(positions, row, Math.max(positionBidTicksMax(positions, row), priceTicks));
  else setPositionAskTicksMin(positions, row, Math.min(positionAskTicksMin(positions, row), priceTicks));
  if (market.type === MarketType.SPOT) {
    const hold = holdAtomsFor(market, side, priceTicks, orders.lots[slot]!, orders.holdFeePpm[slot]!);
    orders.holdAtoms[slot] = hold;
    addHold(state, orders.account[slot]!, payAssetOf(market, side), hold);
  }
  touchPosition(state, row);
}

/** Takes a resting order off the book, its hold and open lots with it. */
export function unrestOrder(state: State, market: Market, slot: number): void {
  const { orders, positions } = state;
  const row = orders.positionRow[slot]!;
  const side = orders.side[slot]!;
  const lots = orders.lots[slot]!;
  const levelLots = removeOrder(market.book, orders, slot);
  emitLevelChanged(state.out, market.ix, side, orders.priceTicks[slot]!, levelLots, market.book.updateId);
  if ((orders.flags[slot]! & OrderFlag.ReduceOnly) !== 0)
    setPositionReduceOnlyCount(positions, row, positionReduceOnlyCount(positions, row) - 1);
  else addOpenLots(state, market, row, side, orders.priceTicks[slot]!, -lots);
  if (orders.holdAtoms[slot]! > 0) {
    releaseHold(state, orders.account[slot]!, payAssetOf(market, side), orders.holdAtoms[slot]!);
    orders.holdAtoms[slot] = 0;
  }
  touchPosition(state, row);
}

/** Makes a resting order smaller by `byLots` (a fill or the engine's shrinking), its hold and open lots with it; it keeps its place. */
export function shrinkResting(state: State, market: Market, slot: number, byLots: number): void {
  const { orders } = state;
  const row = orders.positionRow[slot]!;
  const side = orders.side[slot]!;
  const levelLots = reduceOrder(market.book, orders, slot, byLots);
  emitLevelChanged(state.out, market.ix, side, orders.priceTicks[slot]!, levelLots, market.book.updateId);
  if ((orders.flags[slot]! & OrderFlag.ReduceOnly) === 0) addOpenLots(state, market, row, side, orders.priceTicks[slot]!, -byLots);
  if (market.type === MarketType.SPOT) {
    const hold = holdAtomsFor(market, side, orders.priceTicks[slot]!, orders.lots[slot]!, orders.holdFeePpm[slot]!);
    releaseHold(state, orders.account[slot]!, payAssetOf(market, side), orders.holdAtoms[slot]! - hold);
    orders.holdAtoms[slot] = hold;
  }
  touchPosition(state, row);
}

/** Asset an order pays with: the quote for bids, the base for asks. */
export function payAssetOf(market: Market, side: number): number {
  return side === Side.Bid ? market.quote : market.base;
}

/**
 * What a spot order holds: its notional and taker fee for a bid, its base quantity for an ask.
 *
 * Each lot may be a fill of its own, which rounds its fee up: rounded once for the whole order, the hold would be some atoms
 * short of the last of many fills.
 *
 * @returns atoms of the asset it pays with, the fee rounded up lot by lot.
 */
export function holdAtomsFor(market: Market, side: number, priceTicks: number, lots: number, feePpm: number): number {
  if (side === Side.Ask) return lots * market.lotAtoms;
  const lotNotional = priceTicks * market.k;
  return lots * (lotNotional + Math.max(0, tradeFee(asAtoms(lotNotional), asPpm(feePpm))));
}

function addOpenLots(state: State, market: Market, row: number, side: number, priceTicks: number, lots: number): void {
  const { positions } = state;
  const isBid = side === Side.Bid;
  const openLots = (isBid ? positionOpenBidLots(positions, row) : positionOpenAskLots(positions, row)) + lots;
  assert(openLots >= 0, 'open lots of a row are not negative');
  if (isBid) setPositionOpenBidLots(positions, row, openLots);
  else setPositionOpenAskLots(positions, row, openLots);
  if (market.type !== MarketType.SPOT) changeOrderLoss(state, market, row, side, priceTicks, lots);
}
