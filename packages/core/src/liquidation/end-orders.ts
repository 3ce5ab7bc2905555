/** The end of an account's orders: when its liquidation begins, and before a debt note is written (liquidation rules 2). */
import { ExpiryReason } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { expireSlot } from '../matching/end-order.ts';
import type { State } from '../state.ts';

/** Ends every open order of the account, those that wait for a trigger included, market by market, oldest first. */
export function endOrders(state: State, account: number): void {
  const { positions, accounts } = state;
  for (let row = accounts.positionHead[account]!; row >= 0; row = positions.next[row]!) {
    while (positions.orderHead[row]! >= 0) expireSlot(state, positions.orderHead[row]!, ExpiryReason.Liquidation);
  }
  assert(accounts.limitOrders[account] === 0, 'no order of the account is left');
  assert(accounts.triggerOrders[account] === 0, 'no trigger of the account is left');
}
