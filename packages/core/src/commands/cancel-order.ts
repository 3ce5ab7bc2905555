/** Cancels one open order, live or waiting for its trigger, by its id or its client id. */
import { type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { orderSlotOf } from '../book/orders.ts';
import { cancelSlot } from '../matching/end-order.ts';
import { reject } from '../reject.ts';
import { findPosition } from '../risk/position-rows.ts';
import { positionOrderTail } from '../risk/positions.ts';
import type { State } from '../state.ts';

/** Answers the order's view. @returns unknownMarket, orderNotFound, or null. */
export function cancelOrder(state: State, fields: CommandFields<'cancelOrder'>): Reject | null {
  if (state.markets[fields.market] === undefined) return reject(state, rejects.unknownMarket, fields.market);
  const slot = findOpenOrder(state, fields.account, fields.market, fields.orderId, fields.clientId);
  if (slot < 0) return reject(state, rejects.orderNotFound, fields.orderId);
  // Point of no return.
  cancelSlot(state, slot);
  return null;
}

/**
 * Slot of an account's open order in a market: by id when given (it wins), else the newest with that client id.
 *
 * @param orderId - 0 none.
 * @param clientId - -1 none.
 * @returns -1 when there is none. Linear in the account's orders of that market for client ids.
 */
export function findOpenOrder(state: State, account: number, market: number, orderId: number, clientId: number): number {
  const { orders, positions } = state;
  if (orderId > 0) {
    const slot = orderSlotOf(orders, orderId);
    return slot >= 0 && orders.account[slot] === account && orders.market[slot] === market ? slot : -1;
  }
  const row = clientId < 0 ? -1 : findPosition(state, account, market);
  if (row < 0) return -1;
  for (let slot = positionOrderTail(positions, row); slot >= 0; slot = orders.accountPrev[slot]!)
    if (orders.clientId[slot] === clientId) return slot;
  return -1;
}
