/** Filing accounts whose settlement borrow is to be repaid, and taking them out. O(1). */
import { assert } from '@mochila/units';
import type { State } from '../../state.ts';

/** Files an account whose settlement has just borrowed. @param otherAtoms - what it owed before. */
export function openSale(state: State, account: number, otherAtoms: number): void {
  const { sales, accounts } = state;
  assert(accounts.saleRow[account] === -1, 'an account is filed once');
  const row = sales.used;
  sales.used += 1;
  accounts.saleRow[account] = row;
  sales.account[row] = account;
  sales.otherAtoms[row] = otherAtoms;
  sales.turnSecond[row] = state.tickSecond;
}

/** Takes an account out that is filed; the last row moves into its place. */
export function closeSale(state: State, account: number): void {
  const { sales, accounts } = state;
  const row = accounts.saleRow[account]!;
  assert(row >= 0, 'an account that is taken out was filed');
  const last = sales.used - 1;
  accounts.saleRow[sales.account[last]!] = row;
  sales.account[row] = sales.account[last]!;
  sales.otherAtoms[row] = sales.otherAtoms[last]!;
  sales.turnSecond[row] = sales.turnSecond[last]!;
  sales.used = last;
  accounts.saleRow[account] = -1;
}
