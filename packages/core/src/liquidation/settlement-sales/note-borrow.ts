/** Tells settlement borrows from others, for accounts that want theirs repaid by selling collateral. */
import { BorrowLendSource } from '@mochila/protocol';
import { holdingAccount, holdingAsset } from '../../ledger/holdings.ts';
import type { State } from '../../state.ts';
import { openSale } from './file-sale.ts';

/**
 * Asked at every borrow, before it is written: P&L, funding and fees borrow as Reconciliation. Repayments count against what
 * settlements borrowed first.
 *
 * @param owedAtoms - debt of the row without this borrow.
 */
export function noteBorrow(state: State, row: number, owedAtoms: number, atoms: number, source: number): void {
  const { holdings, accounts, sales } = state;
  if (holdingAsset(holdings, row) !== state.usdc) return;
  const account = holdingAccount(holdings, row);
  if (accounts.autoBorrowSettlements[account] === 1) return;
  const sale = accounts.saleRow[account]!;
  const isSettlement = source === BorrowLendSource.Reconciliation;
  if (sale >= 0) sales.otherAtoms[sale] = Math.min(sales.otherAtoms[sale]!, owedAtoms) + (isSettlement ? 0 : atoms);
  else if (isSettlement) openSale(state, account, owedAtoms);
}
