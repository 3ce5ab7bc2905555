/**
 * Settlement borrows of accounts with `autoBorrowSettlements` off: one slice of collateral a second is sold for each, inside
 * the impact band, least haircut first, until the borrow is repaid (lending rules 4, ADR 0022).
 */
import { BorrowLendSource } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { feePpm } from '../../identity/fee-tiers.ts';
import { accountHoldingHead, accountIsLiquidating, accountUser } from '../../ledger/accounts.ts';
import { debtAtomsOf, findHolding, freeAtomsOf } from '../../ledger/holding-rows.ts';
import { holdingHeld, nextHolding } from '../../ledger/holdings.ts';
import { PayPolicy, pay } from '../../ledger/pay.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import type { State } from '../../state.ts';
import { clearSold, sellCollateral } from '../book/sell-collateral.ts';
import type { BookTally } from '../book/tally.ts';
import { usdcAsIfSettled } from '../exposed-parts.ts';
import { closeSale } from './file-sale.ts';

/** Nobody looks at what these sales offered: they lead to no other stage. */
const counted: BookTally = { offeredUsd: 0, takenUsd: 0 };

/** Gives every filed account a turn this second. Turns of an earlier second that never came come first. */
export function openSales(state: State): void {
  state.sales.left = state.sales.used;
}

/** Takes turns of the second. @param most - turns. */
export function runSales(state: State, most: number): void {
  const { sales } = state;
  for (let turns = 0; turns < most && sales.left > 0 && sales.used > 0; turns += 1) {
    sales.left -= 1;
    sales.at = sales.at > 0 && sales.at <= sales.used ? sales.at - 1 : sales.used - 1;
    if (sales.turnSecond[sales.at] === state.tickSecond) continue;
    sales.turnSecond[sales.at] = state.tickSecond;
    takeTurn(state, sales.account[sales.at]!);
  }
  if (sales.used === 0) sales.left = 0;
}

/** One account's turn. While it is being liquidated its debts are met there. */
function takeTurn(state: State, account: number): void {
  if (accountIsLiquidating(state.accounts, account) === 1) return;
  repayFromCash(state, account);
  const due = dueAtoms(state, account);
  if (due === 0) {
    endSale(state, account);
    return;
  }
  // Profits that the next settlement pays repay it: nothing is sold for that part.
  const need = Math.min(due, -usdcAsIfSettled(state, account));
  if (need <= 0) return;
  clearSold(state);
  const ppm = feePpm(state, accountUser(state.accounts, account), true, false);
  sellCollateral(state, account, need, { feePpm: ppm, isSettlement: true }, counted);
  if (dueAtoms(state, account) === 0) endSale(state, account);
}

/** USDC atoms of a filed account's debt that settlements borrowed, with interest. */
export function dueAtoms(state: State, account: number): number {
  const row = findHolding(state, account, state.usdc);
  const other = state.sales.otherAtoms[state.accounts.saleRow[account]!]!;
  return row < 0 ? 0 : Math.max(0, debtAtomsOf(state, row) - other);
}

/** Cash that no order holds goes first; it is there beside a debt where `autoRepayBorrows` is off. */
function repayFromCash(state: State, account: number): void {
  const row = findHolding(state, account, state.usdc);
  if (row < 0) return;
  const atoms = Math.min(dueAtoms(state, account), freeAtomsOf(state, row) - holdingHeld(state.holdings, row));
  if (atoms <= 0) return;
  const shortfall = pay(state, account, state.usdc, atoms, PayPolicy.Free, BorrowLendSource.AutoBorrowRepay);
  assert(shortfall === 0, 'free cash that was counted is there');
  receive(state, account, state.usdc, atoms, ReceiveMode.Repay, BorrowLendSource.AutoBorrowRepay);
}

/** Takes the account out: its next slices are shares of what it has then. Does nothing for one that is not filed. */
export function endSale(state: State, account: number): void {
  const { holdings, accounts } = state;
  if (accounts.saleRow[account]! < 0) return;
  closeSale(state, account);
  // Sizes at the trigger stand in the same column.
  if (accountIsLiquidating(accounts, account) === 1) return;
  for (let row = accountHoldingHead(accounts, account); row >= 0; row = nextHolding(holdings, row)) holdings.caseAtoms[row] = 0;
}

/** Checks the rows against the accounts: part of the audit of the whole state. @param broken - one sentence is added for each broken rule. */
export function auditSales(state: State, broken: string[]): void {
  const { sales, accounts } = state;
  let filed = 0;
  for (let account = 0; account < accounts.used; account += 1) {
    const row = accounts.saleRow[account]!;
    if (row < 0) continue;
    filed += 1;
    if (row >= sales.used || sales.account[row] !== account) broken.push(`account ${account} is filed for sales in a row of another`);
    if (accounts.autoBorrowSettlements[account] === 1) broken.push(`account ${account} is filed for sales it does not want`);
    if (!(sales.otherAtoms[row]! >= 0)) broken.push(`account ${account} owes less than nothing beside its settlements`);
  }
  if (filed !== sales.used) broken.push(`${sales.used} accounts are filed for sales, ${filed} know it`);
}
