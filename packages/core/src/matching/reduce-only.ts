/**
 * Keeps reduce-only orders and position triggers true to their position (interface.md 6.2, 6.3): no resting reduce-only
 * order is larger than what it may close, and none outlives the position. Runs after each change of a position.
 */
import { ExpiryReason, Side } from '@mochila/protocol';
import { OrderFlag } from '../book/order-flags.ts';
import type { Market } from '../markets.ts';
import { positionOrderHead, positionReduceOnlyCount, positionSizeLots, positionTriggerCount } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { expireSlot } from './end-order.ts';
import { isPendingTrigger, shrinkResting } from './open-orders.ts';
import { emitOrder, OrderEvent, openStatusOf } from './order-view.ts';

/** @param exceptSlot - a taker that is still matching, judged by its own sweep; -1 none. */
export function fitReduceOnly(state: State, market: Market, row: number, exceptSlot: number): void {
  const { positions, orders } = state;
  if (positionReduceOnlyCount(positions, row) === 0 && positionTriggerCount(positions, row) === 0) return;
  const size = positionSizeLots(positions, row);
  let slot = positionOrderHead(positions, row);
  while (slot >= 0) {
    const next = orders.accountNext[slot]!;
    if (slot !== exceptSlot && (orders.flags[slot]! & OrderFlag.ReduceOnly) !== 0) fitOrder(state, market, slot, size);
    slot = next;
  }
}

function fitOrder(state: State, market: Market, slot: number, size: number): void {
  const { orders } = state;
  const closable = closableLots(size, orders.side[slot]!);
  if (isPendingTrigger(state, slot)) {
    if (closable === 0) expireSlot(state, slot, ExpiryReason.StopWithoutPosition);
    return;
  }
  if (orders.isResting[slot] === 0) return;
  if (closable === 0) {
    expireSlot(state, slot, ExpiryReason.ReduceOnlyNotReduced);
    return;
  }
  const excess = orders.lots[slot]! - closable;
  if (excess <= 0) return;
  shrinkResting(state, market, slot, excess);
  orders.totalLots[slot]! -= excess;
  emitOrder(state, OrderEvent.Modified, slot, openStatusOf(state, slot), ExpiryReason.None);
}

/** Lots of a position that an order on `side` can close: 0 when it is flat or on the same side. */
export function closableLots(size: number, side: number): number {
  if (side === Side.Ask) return size > 0 ? size : 0;
  return size < 0 ? -size : 0;
}
