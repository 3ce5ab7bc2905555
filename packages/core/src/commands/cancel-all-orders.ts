/** Cancels an account's open orders in a market: all, the resting ones, or those waiting for a trigger. */
import { CancelScope, type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { cancelSlot } from '../matching/end-order.ts';
import { isPendingTrigger } from '../matching/open-orders.ts';
import { reject } from '../reject.ts';
import { findPosition } from '../risk/position-rows.ts';
import { positionOrderHead } from '../risk/positions.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';

/** Answers how many were cancelled; each has its orderCancelled event, oldest first. @returns unknownMarket, or null. */
export function cancelAllOrders(state: State, fields: CommandFields<'cancelAllOrders'>): Reject | null {
  if (state.markets[fields.market] === undefined) return reject(state, rejects.unknownMarket, fields.market);
  // Point of no return.
  const { orders, positions } = state;
  const row = findPosition(state, fields.account, fields.market);
  let count = 0;
  for (let slot = row < 0 ? -1 : positionOrderHead(positions, row); slot >= 0; ) {
    const next = orders.accountNext[slot]!;
    if (isInScope(state, slot, fields.scope)) {
      cancelSlot(state, slot);
      count += 1;
    }
    slot = next;
  }
  setResult(state.scratch, count);
  return null;
}

function isInScope(state: State, slot: number, scope: number): boolean {
  if (scope === CancelScope.All) return true;
  return isPendingTrigger(state, slot) === (scope === CancelScope.ConditionalOrder);
}
