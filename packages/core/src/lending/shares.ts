/**
 * Moves between atoms and shares of one holding. Each changes what the holding is worth by exactly the atoms asked for,
 * and keeps as few lend shares, as many debt shares, as that allows: rounding never favours the account, so repeating
 * gains nothing. What rounding leaves stands between the pool's totals and the claims on it.
 */
import { asAtoms, assert, atomsFromSharesDown, atomsFromSharesUp, sharesFromAtomsDown, sharesFromAtomsUp } from '@mochila/units';
import type { Holdings } from '../ledger/holdings.ts';
import type { Pool } from './pool.ts';
import { changeBorrowShares, changeLendShares } from './pool-totals.ts';

const PICO = 1e12;

/** Adds shares worth exactly `atoms`. @param two - working memory of two words. */
export function addLendShares(holdings: Holdings, row: number, pool: Pool, atoms: number, two: Float64Array): void {
  const target = lendWorth(holdings, row, pool) + atoms;
  sharesFromAtomsDown(asAtoms(atoms), pool.lendLimbs, two);
  addPico(two, holdings.lentWhole[row]!, holdings.lentPico[row]!);
  if (atomsFromSharesDown(two[0]!, two[1]!, pool.lendLimbs) < target) addPico(two, 0, 1);
  assert(atomsFromSharesDown(two[0]!, two[1]!, pool.lendLimbs) === target, 'a lend raises the claim by exactly its atoms');
  setLendShares(holdings, row, pool, two[0]!, two[1]!);
}

/** Takes shares worth exactly `atoms`, less than the holding's worth. */
export function takeLendShares(holdings: Holdings, row: number, pool: Pool, atoms: number, two: Float64Array): void {
  const target = lendWorth(holdings, row, pool) - atoms;
  sharesFromAtomsUp(asAtoms(atoms), pool.lendLimbs, two);
  takeFrom(two, holdings.lentWhole[row]!, holdings.lentPico[row]!);
  if (atomsFromSharesDown(two[0]!, two[1]!, pool.lendLimbs) < target) addPico(two, 0, 1);
  assert(atomsFromSharesDown(two[0]!, two[1]!, pool.lendLimbs) === target, 'a redeem lowers the claim by exactly its atoms');
  setLendShares(holdings, row, pool, two[0]!, two[1]!);
}

/** Adds debt shares worth exactly `atoms`. */
export function addDebtShares(holdings: Holdings, row: number, pool: Pool, atoms: number, two: Float64Array): void {
  const target = debtWorth(holdings, row, pool) + atoms;
  sharesFromAtomsUp(asAtoms(atoms), pool.borrowLimbs, two);
  addPico(two, holdings.debtWhole[row]!, holdings.debtPico[row]!);
  if (atomsFromSharesUp(two[0]!, two[1]!, pool.borrowLimbs) > target) takePico(two);
  assert(atomsFromSharesUp(two[0]!, two[1]!, pool.borrowLimbs) === target, 'a borrow raises the debt by exactly its atoms');
  setDebtShares(holdings, row, pool, two[0]!, two[1]!);
}

/** Takes debt shares worth exactly `atoms`, less than the holding's debt. */
export function takeDebtShares(holdings: Holdings, row: number, pool: Pool, atoms: number, two: Float64Array): void {
  const target = debtWorth(holdings, row, pool) - atoms;
  sharesFromAtomsDown(asAtoms(atoms), pool.borrowLimbs, two);
  takeFrom(two, holdings.debtWhole[row]!, holdings.debtPico[row]!);
  if (atomsFromSharesUp(two[0]!, two[1]!, pool.borrowLimbs) > target) takePico(two);
  assert(atomsFromSharesUp(two[0]!, two[1]!, pool.borrowLimbs) === target, 'a repay lowers the debt by exactly its atoms');
  setDebtShares(holdings, row, pool, two[0]!, two[1]!);
}

/** Writes a holding's lend shares and carries the change into the pool's total. */
export function setLendShares(holdings: Holdings, row: number, pool: Pool, whole: number, pico: number): void {
  changeLendShares(pool, whole - holdings.lentWhole[row]!, pico - holdings.lentPico[row]!);
  holdings.lentWhole[row] = whole;
  holdings.lentPico[row] = pico;
}

/** Writes a holding's debt shares and carries the change into the pool's total. */
export function setDebtShares(holdings: Holdings, row: number, pool: Pool, whole: number, pico: number): void {
  changeBorrowShares(pool, whole - holdings.debtWhole[row]!, pico - holdings.debtPico[row]!);
  holdings.debtWhole[row] = whole;
  holdings.debtPico[row] = pico;
}

function lendWorth(holdings: Holdings, row: number, pool: Pool): number {
  return atomsFromSharesDown(holdings.lentWhole[row]!, holdings.lentPico[row]!, pool.lendLimbs);
}

function debtWorth(holdings: Holdings, row: number, pool: Pool): number {
  return atomsFromSharesUp(holdings.debtWhole[row]!, holdings.debtPico[row]!, pool.borrowLimbs);
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
