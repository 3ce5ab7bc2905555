/** An accepted order meets the book: post-only test, FOK dry run, the sweep, and what becomes of the rest. */
import { ExpiryReason, OrderKind, OrderStatus, Side, TimeInForce } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { bestTicks, canInsert, farthestSlot, mayDisplace } from '../book/book.ts';
import { OrderFlag } from '../book/order-flags.ts';
import type { Market } from '../markets.ts';
import { positionSizeLots } from '../risk/positions.ts';
import { settleAccount } from '../settlement/settle-account.ts';
import type { State } from '../state.ts';
import { canFillWhole } from './dry-run.ts';
import { expireSlot } from './end-order.ts';
import type { Intent } from './intent.ts';
import { dropOrder, restOrder } from './open-orders.ts';
import { answerOrder, emitOrder, OrderEvent, openStatusOf } from './order-view.ts';
import { isBeyond } from './price-bounds.ts';
import { closableLots } from './reduce-only.ts';
import { type SweepRules, sweep } from './sweep.ts';

/** Takes a linked order through the book. Nothing is refused any more: what cannot stand expires with its reason. */
export function goLive(state: State, market: Market, slot: number, intent: Intent): void {
  settleAccount(state, intent.account);
  emitOrder(state, OrderEvent.Accepted, slot, OrderStatus.New, ExpiryReason.None);
  const reason = matchOrder(state, market, slot, intent);
  if (reason !== ExpiryReason.None) {
    finish(state, slot, OrderEvent.Expired, OrderStatus.Expired, reason);
    return;
  }
  if (isFilled(state, slot)) {
    answerOrder(state, slot, OrderStatus.Filled, ExpiryReason.None);
    dropOrder(state, slot);
    return;
  }
  restOrder(state, market, slot);
  answerOrder(state, slot, openStatusOf(state, slot), ExpiryReason.None);
}

/** @returns ExpiryReason.None when the order is filled or its rest may rest. */
function matchOrder(state: State, market: Market, slot: number, intent: Intent): number {
  const rules: SweepRules = {
    limitTicks: intent.orderKind === OrderKind.Limit ? intent.priceTicks : 0,
    bound: intent.bound,
    lowersRisk: intent.lowersRisk,
    isReduceOnly: (intent.flags & OrderFlag.ReduceOnly) !== 0,
    isDecided: intent.timeInForce === TimeInForce.FOK,
    slice: null,
  };
  if ((intent.flags & OrderFlag.PostOnly) !== 0 && crosses(market, intent)) return ExpiryReason.PostOnlyTaker;
  if (intent.timeInForce === TimeInForce.FOK && !canFillWhole(state, market, slot, rules)) return ExpiryReason.FillOrKill;
  const reason = sweep(state, market, slot, rules);
  if (reason !== ExpiryReason.None || isFilled(state, slot)) return isFilled(state, slot) ? ExpiryReason.None : reason;
  return restReason(state, market, slot, intent);
}

function crosses(market: Market, intent: Intent): boolean {
  const best = bestTicks(market.book, intent.side === Side.Bid ? Side.Ask : Side.Bid);
  return best > 0 && !isBeyond(intent.side, best, intent.priceTicks);
}

/** Why a rest that met no bound may not rest. */
function restReason(state: State, market: Market, slot: number, intent: Intent): number {
  const { orders, positions } = state;
  const isReduceOnly = (intent.flags & OrderFlag.ReduceOnly) !== 0;
  const closable = isReduceOnly ? closableLots(positionSizeLots(positions, orders.positionRow[slot]!), intent.side) : orders.lots[slot]!;
  if (isReduceOnly && closable === 0) return ExpiryReason.ReduceOnlyNotReduced;
  if (intent.orderKind === OrderKind.Market) return ExpiryReason.InsufficientLiquidity;
  if (intent.timeInForce !== TimeInForce.GTC) return ExpiryReason.ImmediateOrCancel;
  if (!makeLevelRoom(state, market, intent)) return ExpiryReason.InsufficientLiquidity;
  assert(orders.lots[slot]! <= closable, 'a reduce-only order was cut to its position and shrinks with it');
  return ExpiryReason.None;
}

/**
 * A side that holds all the levels it can gives up the farthest for a nearer one: far tiny orders cannot shut a book.
 *
 * @returns false when the order itself is the farthest.
 */
function makeLevelRoom(state: State, market: Market, intent: Intent): boolean {
  const { book } = market;
  while (!canInsert(book, intent.side, intent.priceTicks)) {
    if (!mayDisplace(book, intent.side, intent.priceTicks)) return false;
    expireSlot(state, farthestSlot(book, intent.side), ExpiryReason.InsufficientLiquidity);
  }
  return true;
}

/** Filled: no lots left, or a quote amount that buys no further lot. */
function isFilled(state: State, slot: number): boolean {
  const { orders } = state;
  if (orders.quoteAtoms[slot] === 0) return orders.lots[slot] === 0;
  const market = state.markets[orders.market[slot]!]!;
  const left = orders.quoteAtoms[slot]! - orders.executedQuoteAtoms[slot]!;
  const nextTicks = bestTicks(market.book, orders.side[slot] === Side.Bid ? Side.Ask : Side.Bid);
  return orders.executedLots[slot]! > 0 && left < Math.max(market.lastTicks, nextTicks) * market.k;
}

function finish(state: State, slot: number, eventCode: number, status: number, reason: number): void {
  emitOrder(state, eventCode, slot, status, reason);
  answerOrder(state, slot, status, reason);
  dropOrder(state, slot);
}
