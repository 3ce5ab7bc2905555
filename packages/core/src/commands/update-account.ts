/** Changes an account's settings. A lower leverage limit has to carry what is open. */
import { type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { emitAccountUpdated } from '../identity/people.ts';
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
  if (leverageLimit !== -1 && leverageLimit < accounts.leverageLimit[account]!) {
    const refused = checkLeverage(state, account, leverageLimit);
    if (refused !== null) return refused;
  }
  // Point of no return.
  if (leverageLimit !== -1) accounts.leverageLimit[account] = leverageLimit;
  setFlag(accounts.autoLend, account, fields.autoLend);
  setFlag(accounts.autoRepayBorrows, account, fields.autoRepayBorrows);
  setFlag(accounts.autoBorrowSettlements, account, fields.autoBorrowSettlements);
  if (accounts.autoBorrowSettlements[account] === 1) endSale(state, account);
  emitAccountUpdated(state, account);
  return null;
}

/** Asks the one margin formula with the new limit in place, and puts the old one back. */
function checkLeverage(state: State, account: number, leverageLimit: number): Reject | null {
  const { leverageLimit: limits } = state.accounts;
  const before = limits[account]!;
  clearProjection(state.scratch.projection);
  limits[account] = leverageLimit;
  const refused = checkPlacing(state, account);
  limits[account] = before;
  return refused === null ? null : reject(state, rejects.leverageInUse, leverageLimit, refused.value);
}

function setFlag(column: Uint8Array, account: number, value: number): void {
  if (value !== -1) column[account] = value === 0 ? 0 : 1;
}
