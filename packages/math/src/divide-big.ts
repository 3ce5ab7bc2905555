import { assert } from '@mochila/units';

/**
 * Divides totals and indexes, rounded down.
 *
 * @param a 0 or more
 * @param d above 0
 * @example divBigDown(7n, 2n) // 3n
 */
export function divBigDown(a: bigint, d: bigint): bigint {
  assert(a >= 0n, 'a divided total is not negative');
  assert(d > 0n, 'the divisor of a total is above 0');
  return a / d;
}

/**
 * Divides totals and indexes, rounded up.
 *
 * @param a 0 or more
 * @param d above 0
 * @example divBigUp(7n, 2n) // 4n
 */
export function divBigUp(a: bigint, d: bigint): bigint {
  assert(a >= 0n, 'a divided total is not negative');
  assert(d > 0n, 'the divisor of a total is above 0');
  return (a + d - 1n) / d;
}
