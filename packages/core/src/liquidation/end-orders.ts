/** The end of an account's orders: when its liquidation begins, and before a debt note is written (liquidation rules 2). */
import { ExpiryReason } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { accountLimitOrders, accountPositionHead, accountTriggerOrders } from '../ledger/accounts.ts';
import { expireSlot } from '../matching/end-order.ts';
import { nextPosition, positionOrderHead } from '../risk/positions.ts';
import type { State } from '../state.ts';

/** Ends every open order of the account, those that wait for a trigger included, market by market, oldest first. */
export function endOrders(state: State, account: number): void {
  const { positions, accounts } = state;
  for (let row = accountPositionHead(accounts, account); row >= 0; row = nextPosition(positions, row)) {
    while (positionOrderHead(positions, row) >= 0) expireSlot(state, positionOrderHead(positions, row), ExpiryReason.Liquidation);
  }
  assert(accountLimitOrders(accounts, account) === 0, 'no order of the account is left');
  assert(accountTriggerOrders(accounts, account) === 0, 'no trigger of the account is left');
}
