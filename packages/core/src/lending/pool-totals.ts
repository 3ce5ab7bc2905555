/** Totals of a pool: exact big integers, with guarded numbers in front of them for the hot path. */
import type { Pool } from './pool.ts';

const FOLD_AT = 2 ** 51;
const PICO = 1_000_000_000_000n;

/** Adds to the atoms lent; negative takes. */
export function changeLentTotal(pool: Pool, atoms: number): void {
  if (Math.abs(pool.lentPending) >= FOLD_AT) foldPool(pool);
  pool.lentPending += atoms;
  pool.isMoved = true;
}

/** Adds to the atoms borrowed; negative takes. */
export function changeBorrowedTotal(pool: Pool, atoms: number): void {
  if (Math.abs(pool.borrowedPending) >= FOLD_AT) foldPool(pool);
  pool.borrowedPending += atoms;
  pool.isMoved = true;
}

/** Adds to the lend shares of all holdings. */
export function changeLendShares(pool: Pool, whole: number, pico: number): void {
  if (Math.abs(pool.lendSharesPendingWhole) >= FOLD_AT || Math.abs(pool.lendSharesPendingPico) >= FOLD_AT) foldPool(pool);
  pool.lendSharesPendingWhole += whole;
  pool.lendSharesPendingPico += pico;
}

/** Adds to the debt shares of all holdings. */
export function changeBorrowShares(pool: Pool, whole: number, pico: number): void {
  if (Math.abs(pool.borrowSharesPendingWhole) >= FOLD_AT || Math.abs(pool.borrowSharesPendingPico) >= FOLD_AT) foldPool(pool);
  pool.borrowSharesPendingWhole += whole;
  pool.borrowSharesPendingPico += pico;
}

/** Brings the exact totals up to date. */
export function foldPool(pool: Pool): void {
  pool.lentAtoms += BigInt(pool.lentPending);
  pool.borrowedAtoms += BigInt(pool.borrowedPending);
  pool.lendShares += BigInt(pool.lendSharesPendingWhole) * PICO + BigInt(pool.lendSharesPendingPico);
  pool.borrowShares += BigInt(pool.borrowSharesPendingWhole) * PICO + BigInt(pool.borrowSharesPendingPico);
  pool.lentPending = 0;
  pool.borrowedPending = 0;
  pool.lendSharesPendingWhole = 0;
  pool.lendSharesPendingPico = 0;
  pool.borrowSharesPendingWhole = 0;
  pool.borrowSharesPendingPico = 0;
  pool.foldedCash = Number(pool.lentAtoms - pool.borrowedAtoms);
}

/** Atoms lent as the nearest double: for policy and display, never for balances. */
export function lentTotalOf(pool: Pool): number {
  return totalOf(pool.lentAtoms, pool.lentPending);
}

/**
 * Atoms borrowed as the nearest double, at least 0. The exact total can stand below zero by an atom per debt ended within the
 * running second, because a debt is ended with its value rounded up; the next accrual gives those atoms to the lenders.
 */
export function borrowedTotalOf(pool: Pool): number {
  return Math.max(0, totalOf(pool.borrowedAtoms, pool.borrowedPending));
}

/**
 * The nearest double of an exact total with its pending change: the same whether it was folded before or not, so that a
 * question asked in between, or a replay that tells nobody, changes no later decision.
 */
export function totalOf(folded: bigint, pending: number): number {
  const base = Number(folded);
  const sum = base + pending;
  return Number.isSafeInteger(base) && Number.isSafeInteger(sum) ? sum : Number(folded + BigInt(pending));
}

/** Atoms of the pool that are not borrowed: lent - borrowed. */
export function poolCashOf(pool: Pool): number {
  return pool.foldedCash + pool.lentPending - pool.borrowedPending;
}
