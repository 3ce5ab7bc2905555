/**
 * The four acts of lending on one touched holding: lend, redeem, borrow, repay. Each moves exactly its atoms, keeps the
 * pool's totals, the figures for reports and the record of the act. None looks at limits or moves free cash.
 */
import { BorrowLendEventType } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { Pool } from '../lending/pool.ts';
import { changeBorrowedTotal, changeLentTotal } from '../lending/pool-totals.ts';
import { addDebtShares, addLendShares, setDebtShares, setLendShares, takeDebtShares, takeLendShares } from '../lending/shares.ts';
import { noteBorrow } from '../liquidation/settlement-sales/note-borrow.ts';
import type { State } from '../state.ts';
import { debtAtomsOf, hasDebt, hasLend, keepDebtAtoms, keepLentAtoms, lentAtomsOf } from './holding-rows.ts';
import { recordMove } from './moves.ts';

/** Raises the claim of a row on its pool. */
export function lendAct(state: State, pool: Pool, row: number, atoms: number, source: number, orderId: number): void {
  const { holdings } = state;
  assert(!hasDebt(state, row), 'INV-04: who owes an asset does not lend it');
  if (!hasLend(state, row)) openSide(state, row);
  const target = lentAtomsOf(state, row) + atoms;
  addLendShares(holdings, row, pool, atoms, target, state.scratch.shares);
  keepLentAtoms(state, row, pool, target);
  changeLentTotal(pool, atoms);
  holdings.base[row] = holdings.base[row]! + atoms;
  recordMove(state, row, BorrowLendEventType.Lend, atoms, source, orderId);
}

/** Lowers the claim of a row by `atoms`, or by all it is when that is less. @returns the atoms redeemed. */
export function redeemAct(state: State, pool: Pool, row: number, atoms: number, source: number, orderId: number): number {
  const { holdings } = state;
  const lent = lentAtomsOf(state, row);
  if (lent === 0) return 0;
  const redeemed = Math.min(atoms, lent);
  recordMove(state, row, BorrowLendEventType.LendRedeem, redeemed, source, orderId);
  changeLentTotal(pool, -redeemed);
  if (redeemed < lent) {
    takeLendShares(holdings, row, pool, redeemed, lent - redeemed, state.scratch.shares);
    keepLentAtoms(state, row, pool, lent - redeemed);
    holdings.base[row] = holdings.base[row]! - redeemed;
    return redeemed;
  }
  holdings.hourLent[row] = holdings.hourLent[row]! + lent - holdings.base[row]!;
  endLend(state, pool, row);
  return redeemed;
}

/** Raises the debt of a row. A claim worth less than an atom, left by a loss of the lenders, ends first. */
export function borrowAct(state: State, pool: Pool, row: number, atoms: number, source: number, orderId: number): void {
  const { holdings } = state;
  assert(lentAtomsOf(state, row) === 0, 'INV-04: who lends an asset does not owe it');
  if (hasLend(state, row)) endLend(state, pool, row);
  if (!hasDebt(state, row)) openSide(state, row);
  const owed = debtAtomsOf(state, row);
  noteBorrow(state, row, owed, atoms, source);
  const target = owed + atoms;
  addDebtShares(holdings, row, pool, atoms, target, state.scratch.shares);
  keepDebtAtoms(state, row, pool, target);
  changeBorrowedTotal(pool, atoms);
  holdings.base[row] = holdings.base[row]! + atoms;
  recordMove(state, row, BorrowLendEventType.Borrow, atoms, source, orderId);
}

/** Lowers the debt of a row by `atoms`, or by all it is when that is less. @returns the atoms repaid. */
export function repayAct(state: State, pool: Pool, row: number, atoms: number, source: number, orderId: number): number {
  const { holdings } = state;
  const owed = debtAtomsOf(state, row);
  if (owed === 0) return 0;
  const repaid = Math.min(atoms, owed);
  recordMove(state, row, BorrowLendEventType.BorrowRepay, repaid, source, orderId);
  changeBorrowedTotal(pool, -repaid);
  if (repaid < owed) {
    takeDebtShares(holdings, row, pool, repaid, owed - repaid, state.scratch.shares);
    keepDebtAtoms(state, row, pool, owed - repaid);
    holdings.base[row] = holdings.base[row]! - repaid;
    return repaid;
  }
  holdings.hourOwed[row] = holdings.hourOwed[row]! + owed - holdings.base[row]!;
  setDebtShares(holdings, row, pool, 0, 0);
  closeSide(state, row);
  return repaid;
}

function endLend(state: State, pool: Pool, row: number): void {
  setLendShares(state.holdings, row, pool, 0, 0);
  closeSide(state, row);
}

function openSide(state: State, row: number): void {
  state.holdings.openedSeq[row] = state.seq;
  state.holdings.base[row] = 0;
  state.holdings.interest[row] = 0;
}

function closeSide(state: State, row: number): void {
  state.holdings.openedSeq[row] = 0;
  state.holdings.base[row] = 0;
  state.holdings.interest[row] = 0;
}
