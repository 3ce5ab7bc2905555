/**
 * Moves between atoms and shares of one holding. Each changes what the holding is worth by exactly the atoms asked for,
 * and keeps as few lend shares, as many debt shares, as that allows: rounding never favours the account, so repeating
 * gains nothing. What rounding leaves stands between the pool's totals and the claims on it.
 */
import { asAtoms, assert, atomsFromSharesDown, atomsFromSharesUp, sharesFromAtomsDown, sharesFromAtomsUp } from '@mochila/units';
import {
  type Holdings,
  holdingDebtPico,
  holdingDebtWhole,
  holdingLentPico,
  holdingLentWhole,
  setHoldingDebtPico,
  setHoldingDebtWhole,
  setHoldingLentPico,
  setHoldingLentWhole,
} from '../ledger/holdings.ts';
import type { Pool } from './pool.ts';
import { changeBorrowShares, changeLendShares } from './pool-totals.ts';

const PICO = 1e12;

/** Adds shares so that the row's are worth exactly `target` atoms. @param atoms - what it is more by. @param two - working memory of two words. */
export function addLendShares(holdings: Holdings, row: number, pool: Pool, atoms: number, target: number, two: Float64Array): void {
  sharesFromAtomsDown(asAtoms(atoms), pool.lendLimbs, two);
  addPico(two, holdingLentWhole(holdings, row), holdingLentPico(holdings, row));
  assert(atomsWithPico(two, pool, target) === target, 'a lend raises the claim by exactly its atoms');
  setLendShares(holdings, row, pool, two[0]!, two[1]!);
}

/** Takes shares so that the rest is worth exactly `target` atoms: at least 1, less than before. @param atoms - what it is less by. */
export function takeLendShares(holdings: Holdings, row: number, pool: Pool, atoms: number, target: number, two: Float64Array): void {
  sharesFromAtomsUp(asAtoms(atoms), pool.lendLimbs, two);
  takeFrom(two, holdingLentWhole(holdings, row), holdingLentPico(holdings, row));
  assert(atomsWithPico(two, pool, target) === target, 'a redeem lowers the claim by exactly its atoms');
  setLendShares(holdings, row, pool, two[0]!, two[1]!);
}

/** Adds debt shares so that the row's are worth exactly `target` atoms. @param atoms - what it is more by. */
export function addDebtShares(holdings: Holdings, row: number, pool: Pool, atoms: number, target: number, two: Float64Array): void {
  sharesFromAtomsUp(asAtoms(atoms), pool.borrowLimbs, two);
  addPico(two, holdingDebtWhole(holdings, row), holdingDebtPico(holdings, row));
  assert(debtWithoutPico(two, pool, target) === target, 'a borrow raises the debt by exactly its atoms');
  setDebtShares(holdings, row, pool, two[0]!, two[1]!);
}

/** Takes debt shares so that the rest is worth exactly `target` atoms: at least 1, less than before. @param atoms - what it is less by. */
export function takeDebtShares(holdings: Holdings, row: number, pool: Pool, atoms: number, target: number, two: Float64Array): void {
  sharesFromAtomsDown(asAtoms(atoms), pool.borrowLimbs, two);
  takeFrom(two, holdingDebtWhole(holdings, row), holdingDebtPico(holdings, row));
  assert(debtWithoutPico(two, pool, target) === target, 'a repay lowers the debt by exactly its atoms');
  setDebtShares(holdings, row, pool, two[0]!, two[1]!);
}

/** Writes a holding's lend shares and carries the change into the pool's total. */
export function setLendShares(holdings: Holdings, row: number, pool: Pool, whole: number, pico: number): void {
  changeLendShares(pool, whole - holdingLentWhole(holdings, row), pico - holdingLentPico(holdings, row));
  setHoldingLentWhole(holdings, row, whole);
  setHoldingLentPico(holdings, row, pico);
}

/** Writes a holding's debt shares and carries the change into the pool's total. */
export function setDebtShares(holdings: Holdings, row: number, pool: Pool, whole: number, pico: number): void {
  changeBorrowShares(pool, whole - holdingDebtWhole(holdings, row), pico - holdingDebtPico(holdings, row));
  setHoldingDebtWhole(holdings, row, whole);
  setHoldingDebtPico(holdings, row, pico);
}

/** Worth of lend shares, with a pico-share more where they fall short of the target. */
function atomsWithPico(two: Float64Array, pool: Pool, target: number): number {
  const worth = atomsFromSharesDown(two[0]!, two[1]!, pool.lendLimbs);
  if (worth >= target) return worth;
  addPico(two, 0, 1);
  return atomsFromSharesDown(two[0]!, two[1]!, pool.lendLimbs);
}

/** Worth of debt shares, with a pico-share less where they pass the target. */
function debtWithoutPico(two: Float64Array, pool: Pool, target: number): number {
  const worth = atomsFromSharesUp(two[0]!, two[1]!, pool.borrowLimbs);
  if (worth <= target) return worth;
  takePico(two);
  return atomsFromSharesUp(two[0]!, two[1]!, pool.borrowLimbs);
}

function addPico(two: Float64Array, whole: number, pico: number): void {
  const sum = two[1]! + pico;
  const carry = sum >= PICO ? 1 : 0;
  two[0] = two[0]! + whole + carry;
  two[1] = sum - carry * PICO;
}

function takePico(two: Float64Array): void {
  const borrow = two[1] === 0 ? 1 : 0;
  two[0] = two[0]! - borrow;
  two[1] = two[1]! - 1 + borrow * PICO;
}

/** two = (whole, pico) - two. */
function takeFrom(two: Float64Array, whole: number, pico: number): void {
  const borrow = pico < two[1]! ? 1 : 0;
  two[0] = whole - two[0]! - borrow;
  two[1] = pico - two[1]! + borrow * PICO;
  assert(two[0]! >= 0, 'no more shares are taken than there are');
}
