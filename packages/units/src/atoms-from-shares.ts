import { assert } from './assert.ts';
import type { IndexLimbs } from './index-limbs.ts';
import { type Atoms, asAtoms } from './quantities.ts';
import { SAFE_MAX } from './safe.ts';

const BASE = 1e6;
const INVERSE = 1e-6;
const PICO_MAX = 999_999_999_999;
/** Values below it are told by doubles alone unless they are this near to a whole number. */
const VALUE_SHORT = 1e12;
const NEAR_WHOLE = 0.001;

/**
 * Returns what shares are worth, rounded down: what a lender may redeem; the dust stays with the venue.
 * Formula: floor((whole * 1e12 + pico) * index / (1e12 * 1e18)), exact, without bigint or allocation.
 *
 * @param whole whole shares, 0 to 2^53 - 1
 * @param pico trillionths of a share, 0 to 10^12 - 1
 * @param index hot form of the index
 * @returns atoms, rounded down
 * @throws AssertionError when an argument is out of range or the result passes 2^53 - 1
 * @example atomsFromSharesDown(10, 999999999999, createIndexLimbs(10n ** 18n)) // 10
 */
export function atomsFromSharesDown(whole: number, pico: number, index: IndexLimbs): Atoms {
  return asAtoms(sharesTimesIndex(whole, pico, index, 0));
}

/**
 * Returns what shares are worth, rounded up: what a borrower owes; the dust goes to the venue.
 * Formula: ceil((whole * 1e12 + pico) * index / (1e12 * 1e18)), exact, without bigint or allocation.
 *
 * @param whole whole shares, 0 to 2^53 - 1
 * @param pico trillionths of a share, 0 to 10^12 - 1
 * @param index hot form of the index
 * @returns atoms, rounded up
 * @throws AssertionError when an argument is out of range or the result passes 2^53 - 1
 * @example atomsFromSharesUp(10, 1, createIndexLimbs(10n ** 18n)) // 11
 */
export function atomsFromSharesUp(whole: number, pico: number, index: IndexLimbs): Atoms {
  return asAtoms(sharesTimesIndex(whole, pico, index, 1));
}

/**
 * By doubles first: six roundings of 2^-53 each make the product of a value below 1e12 wrong by less than 0.0007, so its
 * whole part is known unless it lies within 0.001 of a whole number. Then, as for larger values, the exact product says.
 */
function sharesTimesIndex(whole: number, pico: number, index: IndexLimbs, up: 0 | 1): number {
  assert(Number.isSafeInteger(whole) && whole >= 0, 'whole shares are an integer from 0 to 2^53 - 1');
  assert(Number.isSafeInteger(pico) && pico >= 0 && pico <= PICO_MAX, 'pico shares are an integer from 0 to 10^12 - 1');
  const value = (whole + pico * 1e-12) * (index[6]! * 1e-18);
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (value < VALUE_SHORT && fraction > NEAR_WHOLE && fraction < 1 - NEAR_WHOLE) return floor + up;
  return multiplyShares(whole, pico, index, up);
}

/**
 * Schoolbook product in base 1e6: five limbs of shares times four of the index, twenty products; the divisor 1e30
 * is five limbs, so the quotient is what stands above column 5 and the remainder what is left in columns 0 to 4.
 *
 * A carry is `floor((column + 0.5) * 1e-6)`: the half keeps the value at least 5e-7 away from every integer while
 * the error of the product stays below 1e-8 for columns below 5e12, so the floor is exact and needs no division.
 * 24 ns a call on an AMD EPYC, Node 24.21, 2026-11-22; 11 with the short way before it.
 */
function multiplyShares(whole: number, pico: number, index: IndexLimbs, up: 0 | 1): number {
  const i0 = index[0]!;
  const i1 = index[1]!;
  const i2 = index[2]!;
  const i3 = index[3]!;
  const x1 = Math.floor((pico + 0.5) * INVERSE);
  const x0 = pico - x1 * BASE;
  const upper = Math.floor(whole / BASE);
  const x2 = whole - upper * BASE;
  const x4 = Math.floor((upper + 0.5) * INVERSE);
  const x3 = upper - x4 * BASE;

  const column0 = x0 * i0;
  const carry0 = Math.floor((column0 + 0.5) * INVERSE);
  const column1 = x0 * i1 + x1 * i0 + carry0;
  const carry1 = Math.floor((column1 + 0.5) * INVERSE);
  const column2 = x0 * i2 + x1 * i1 + x2 * i0 + carry1;
  const carry2 = Math.floor((column2 + 0.5) * INVERSE);
  const column3 = x0 * i3 + x1 * i2 + x2 * i1 + x3 * i0 + carry2;
  const carry3 = Math.floor((column3 + 0.5) * INVERSE);
  const column4 = x1 * i3 + x2 * i2 + x3 * i1 + x4 * i0 + carry3;
  const carry4 = Math.floor((column4 + 0.5) * INVERSE);

  const top = x4 * i3 * BASE + (x3 * i3 + x4 * i2);
  const quotient = top * BASE + (x2 * i3 + x3 * i2 + x4 * i1 + carry4);
  const rest =
    column0 - carry0 * BASE + (column1 - carry1 * BASE) + (column2 - carry2 * BASE) + (column3 - carry3 * BASE) + (column4 - carry4 * BASE);
  const result = up === 1 && rest > 0 ? quotient + 1 : quotient;
  assert(result <= SAFE_MAX, 'the value of shares is below 2^53 atoms');
  return result;
}
