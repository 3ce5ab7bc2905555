/** Ends of open orders: cancelled by the owner, expired by the engine. */
import { ExpiryReason, OrderStatus } from '@mochila/protocol';
import type { State } from '../state.ts';
import { dropOrder, unrestOrder } from './open-orders.ts';
import { answerOrder, emitOrder, OrderEvent } from './order-view.ts';

/** Ends an open order at its owner's wish and makes it the answer of the command. */
export function cancelSlot(state: State, slot: number): void {
  endSlot(state, slot, OrderEvent.Cancelled, OrderStatus.Cancelled, ExpiryReason.None, true);
}

/** Ends an open order for a reason of the engine's. */
export function expireSlot(state: State, slot: number, reason: number): void {
  endSlot(state, slot, OrderEvent.Expired, OrderStatus.Expired, reason, false);
}

function endSlot(state: State, slot: number, eventCode: number, status: number, reason: number, isAnswer: boolean): void {
  const { orders } = state;
  if (orders.isResting[slot] === 1) unrestOrder(state, state.markets[orders.market[slot]!]!, slot);
  emitOrder(state, eventCode, slot, status, reason);
  if (isAnswer) answerOrder(state, slot, status, reason);
  dropOrder(state, slot);
}
