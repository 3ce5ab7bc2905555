/**
 * Trigger orders (interface.md 6.3, perpetuals.md 7): each tick finds the ones whose price is met; fireTriggers turns
 * them into live orders by order id, at most 1,000 a command.
 */
import { BookState, ExpiryReason, MarketType, OrderKind, PriceGrade, TriggerBy } from '@mochila/protocol';
import { OrderFlag, orderKindOf, selfTradePreventionOf, timeInForceOf } from '../book/order-flags.ts';
import { orderIdOf } from '../book/orders.ts';
import { feePpm } from '../identity/fee-tiers.ts';
import { accountUser } from '../ledger/accounts.ts';
import { TRIGGERS_PER_COMMAND } from '../limits.ts';
import type { Market } from '../markets.ts';
import { positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { checkIntent } from './check-intent.ts';
import { goLive } from './go-live.ts';
import { countTriggerAsLive, dropOrder, isPendingTrigger } from './open-orders.ts';
import { emitTriggerFailed } from './order-view.ts';
import { closableLots } from './reduce-only.ts';

/** Price a trigger watches, in (fractional) ticks; 0 when there is none yet. */
export function referenceTicks(state: State, market: Market, triggerBy: number): number {
  if (triggerBy === TriggerBy.MarkPrice) return market.price.markTicks;
  if (triggerBy === TriggerBy.IndexPrice) return state.assets[market.base]!.price.index / market.tickSize;
  return market.lastTicks > 0 ? market.lastTicks : market.price.markTicks;
}

/** Marks the triggers whose price is met at this second; those of stale markets, and of books that take no such order now, wait. */
export function findTriggers(state: State): void {
  const { triggers, orders } = state;
  let due = 0;
  for (let row = 0; row < triggers.used; row += 1) {
    triggers.isDue[row] = 0;
    const slot = triggers.order[row]!;
    if (triggers.triggerBy[row] === 0 || orders.trigger[slot] !== row || !isPendingTrigger(state, slot)) continue;
    const market = state.markets[orders.market[slot]!]!;
    if (isShutNow(market, orderKindOf(orders.kind[slot]!)) || !isMet(state, row, market)) continue;
    triggers.isDue[row] = 1;
    due += 1;
  }
  state.counters.dueTriggers = due;
}

// A reopening after a stop and a mark behind its index pass: a stop-loss is not lost because it was met meanwhile.
function isShutNow({ bookState, isStepLimited }: Market, orderKind: number): boolean {
  if (bookState === BookState.PostOnly) return true;
  return (bookState === BookState.LimitOnly || isStepLimited) && orderKind === OrderKind.Market;
}

function isMet(state: State, row: number, market: Market): boolean {
  if (market.price.grade === PriceGrade.Stale) return false;
  const { triggers } = state;
  const ticks = referenceTicks(state, market, triggers.triggerBy[row]!);
  if (ticks === 0) return false;
  return triggers.isAbove[row] === 1 ? ticks >= triggers.triggerTicks[row]! : ticks <= triggers.triggerTicks[row]!;
}

/** Fires the due triggers with the lowest order ids, at most {@link TRIGGERS_PER_COMMAND}. */
export function fireDueTriggers(state: State): void {
  const due = dueSlots(state);
  const count = Math.min(due.length, TRIGGERS_PER_COMMAND);
  for (let at = 0; at < count; at += 1) {
    const { slot, id } = due[at]!;
    // An earlier one may have ended this one (a position that closed).
    if (state.orders.account[slot]! < 0 || orderIdOf(state.orders, slot) !== id) continue;
    state.triggers.isDue[state.orders.trigger[slot]!] = 0;
    fire(state, slot);
  }
  state.counters.dueTriggers = due.length - count;
}

function dueSlots(state: State): { slot: number; id: number }[] {
  const { triggers, orders } = state;
  const due: { slot: number; id: number }[] = [];
  for (let row = 0; row < triggers.used; row += 1) {
    const slot = triggers.order[row]!;
    if (triggers.isDue[row] === 1 && orders.account[slot]! >= 0 && orders.trigger[slot] === row)
      due.push({ slot, id: orderIdOf(orders, slot) });
  }
  return due.sort((a, b) => a.id - b.id);
}

function fire(state: State, slot: number): void {
  const { orders } = state;
  const market = state.markets[orders.market[slot]!]!;
  const lots = firedLots(state, market, slot);
  if (lots === 0) {
    fail(state, slot, ExpiryReason.StopWithoutPosition, 0);
    return;
  }
  orders.lots[slot] = lots;
  orders.totalLots[slot] = lots;
  if (market.type === MarketType.SPOT)
    orders.holdFeePpm[slot] = feePpm(state, accountUser(state.accounts, orders.account[slot]!), true, false);
  const { intent } = state.scratch;
  readFired(state, slot);
  const refused = checkIntent(state, intent);
  if (refused !== null) {
    fail(state, slot, ExpiryReason.Unknown, refused.code);
    return;
  }
  orders.lots[slot] = intent.lots;
  orders.totalLots[slot] = intent.lots;
  countTriggerAsLive(state, slot);
  goLive(state, market, slot, intent);
}

/** Size of a fired trigger: its lots, or a share of the position; a reduce-only one never more than is open. */
function firedLots(state: State, market: Market, slot: number): number {
  const { orders, triggers, positions } = state;
  const row = orders.trigger[slot]!;
  const closable =
    market.type === MarketType.PERP ? closableLots(positionSizeLots(positions, orders.positionRow[slot]!), orders.side[slot]!) : 0;
  if (triggers.isPercent[row] === 1) return Math.floor((closable * triggers.quantity[row]!) / 1_000_000);
  if ((orders.flags[slot]! & OrderFlag.ReduceOnly) !== 0) return Math.min(closable, triggers.quantity[row]!);
  return triggers.quantity[row]!;
}

function readFired(state: State, slot: number): void {
  const { orders, triggers, scratch } = state;
  const { intent } = scratch;
  const row = orders.trigger[slot]!;
  const kind = orders.kind[slot]!;
  intent.account = orders.account[slot]!;
  intent.market = orders.market[slot]!;
  intent.side = orders.side[slot]!;
  intent.orderKind = orderKindOf(kind);
  intent.timeInForce = timeInForceOf(kind);
  intent.selfTradePrevention = selfTradePreventionOf(kind);
  intent.flags = orders.flags[slot]!;
  intent.priceTicks = orders.priceTicks[slot]!;
  intent.lots = orders.lots[slot]!;
  intent.quoteAtoms = 0;
  intent.slippage.kind = triggers.slippageKind[row]!;
  intent.slippage.tolerance = triggers.slippage[row]!;
  intent.isFired = true;
}

function fail(state: State, slot: number, reason: number, rejectCode: number): void {
  emitTriggerFailed(state, slot, reason, rejectCode);
  dropOrder(state, slot);
}
