import { assert, MICROS_PER_YEAR } from '@mochila/units';
import { RATE_SCALE } from './borrow-rate.ts';
import { divBigDown, divBigUp } from './divide-big.ts';

const RATE_TIME = RATE_SCALE * BigInt(MICROS_PER_YEAR);

/**
 * Returns a borrow index after a span at a rate: `index + ceil(index * rate * micros / (1e18 * year))`. Simple within
 * the span, compound over spans. Rounded up, against the borrower.
 *
 * @param index scaled 1e18
 * @param rate a year's rate, scaled 1e18, 0 or more
 * @param micros length of the span, microseconds, 0 or more
 * @returns scaled 1e18
 * @example accrueIndexUp(1000000000000000000n, 80000000000000000n, 31536000000000) // 1080000000000000000n
 */
export function accrueIndexUp(index: bigint, rate: bigint, micros: number): bigint {
  assert(micros >= 0, 'interest accrues forward in time');
  return index + divBigUp(index * rate * BigInt(micros), RATE_TIME);
}

/**
 * Returns an index after a span at a rate, rounded down, against the lender; see {@link accrueIndexUp}.
 *
 * @param index scaled 1e18
 * @param rate a year's rate, scaled 1e18, 0 or more
 * @param micros length of the span, microseconds, 0 or more
 * @returns scaled 1e18
 */
export function accrueIndexDown(index: bigint, rate: bigint, micros: number): bigint {
  assert(micros >= 0, 'interest accrues forward in time');
  return index + divBigDown(index * rate * BigInt(micros), RATE_TIME);
}

/**
 * Returns an index that makes claims worth one total worth another: `floor(index * after / before)`. Interest raises a
 * lend index by it, a loss that reaches lenders lowers it. Rounded down: claims never exceed the total. Source: lending rules 1, 5.
 *
 * @param index scaled 1e18
 * @param totalBefore atoms, above 0
 * @param totalAfter atoms, 0 or more
 * @returns scaled 1e18
 * @example scaleIndexDown(1000000000000000000n, 100n, 101n) // 1010000000000000000n
 */
export function scaleIndexDown(index: bigint, totalBefore: bigint, totalAfter: bigint): bigint {
  return divBigDown(index * totalAfter, totalBefore);
}

/**
 * Returns the interest of a pool's debt over a span: `ceil(totalBorrowed * rate * micros / (1e18 * year))`.
 *
 * @param totalBorrowed atoms, 0 or more
 * @param rate a year's rate, scaled 1e18
 * @param micros length of the span, microseconds
 * @returns atoms, rounded up, against borrowers
 * @example interestUp(1000000n, 80000000000000000n, 31536000000000) // 80000n
 */
export function interestUp(totalBorrowed: bigint, rate: bigint, micros: number): bigint {
  assert(micros >= 0, 'interest accrues forward in time');
  return divBigUp(totalBorrowed * rate * BigInt(micros), RATE_TIME);
}
