/** Changes an account's settings. A lower leverage limit has to carry what is open. */
import { type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { emitAccountUpdated } from '../identity/people.ts';
import { accountLeverageLimit, setAccountAutoLend, setAccountAutoRepayBorrows, setAccountLeverageLimit } from '../ledger/accounts.ts';
import { endSale } from '../liquidation/settlement-sales/run-sales.ts';
import { reject } from '../reject.ts';
import { checkPlacing } from '../risk/check.ts';
import { clearProjection } from '../risk/projection.ts';
import type { State } from '../state.ts';

/** @returns leverageRange, leverageInUse, or null. */
export function updateAccount(state: State, fields: CommandFields<'updateAccount'>): Reject | null {
  const { accounts } = state;
  const { account, leverageLimit } = fields;
  const max = state.genesis.account.leverageLimitMax;
  if (leverageLimit !== -1 && !(leverageLimit >= 1 && leverageLimit <= max))
    return reject(state, rejects.leverageRange, leverageLimit, max);
  if (leverageLimit !== -1 && leverageLimit < accountLeverageLimit(accounts, account)) {
    const refused = checkLeverage(state, account, leverageLimit);
    if (refused !== null) return refused;
  }
  // Point of no return.
  if (leverageLimit !== -1) setAccountLeverageLimit(accounts, account, leverageLimit);
  if (fields.autoLend !== -1) setAccountAutoLend(accounts, account, flagOf(fields.autoLend));
  if (fields.autoRepayBorrows !== -1) setAccountAutoRepayBorrows(accounts, account, flagOf(fields.autoRepayBorrows));
  if (fields.autoBorrowSettlements !== -1) accounts.autoBorrowSettlements[account] = flagOf(fields.autoBorrowSettlements);
  if (accounts.autoBorrowSettlements[account] === 1) endSale(state, account);
  emitAccountUpdated(state, account);
  return null;
}

/** Asks the one margin formula with the new limit in place, and puts the old one back. */
function checkLeverage(state: State, account: number, leverageLimit: number): Reject | null {
  const { accounts } = state;
  const before = accountLeverageLimit(accounts, account);
  clearProjection(state.scratch.projection);
  setAccountLeverageLimit(accounts, account, leverageLimit);
  const refused = checkPlacing(state, account);
  setAccountLeverageLimit(accounts, account, before);
  return refused === null ? null : reject(state, rejects.leverageInUse, leverageLimit, refused.value);
}

function flagOf(value: number): number {
  return value === 0 ? 0 : 1;
}
