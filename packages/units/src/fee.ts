import { assert } from './assert.ts';
import { type Atoms, asAtoms, type Ppm } from './quantities.ts';
import { assertSafe } from './safe.ts';

const MILLION = 1_000_000;

/**
 * Returns the fee on a notional, rounded up, in favour of the venue.
 * Formula: `q = floor(n / D)`, `r = n - q * D`, `fee = q * rate + ceil(r * rate / D)`, which never overflows.
 *
 * @param notional quote atoms, 0 or more
 * @param rate millionths, 0 to 1,000,000
 * @returns quote atoms, rounded up
 * @throws AssertionError when an argument is out of range
 * @example feeUp(atoms(1000001), ppm(500)) // 501
 */
export function feeUp(notional: Atoms, rate: Ppm): Atoms {
  feeCheck(notional, rate);
  const whole = Math.floor(notional / MILLION);
  const rest = notional - whole * MILLION;
  return asAtoms(assertSafe(whole * rate + Math.ceil((rest * rate) / MILLION)));
}

/**
 * Returns the rebate on a notional, rounded down, in favour of the venue.
 *
 * @param notional quote atoms, 0 or more
 * @param rate millionths, 0 to 1,000,000: the size of the rebate
 * @returns quote atoms, rounded down
 * @throws AssertionError when an argument is out of range
 * @example feeDown(atoms(1000001), ppm(500)) // 500
 */
export function feeDown(notional: Atoms, rate: Ppm): Atoms {
  feeCheck(notional, rate);
  const whole = Math.floor(notional / MILLION);
  const rest = notional - whole * MILLION;
  return asAtoms(assertSafe(whole * rate + Math.floor((rest * rate) / MILLION)));
}

function feeCheck(notional: Atoms, rate: Ppm): void {
  assert(notional >= 0, 'notional of a fee is at least 0');
  assert(rate >= 0, 'size of a fee rate is at least 0');
  assert(rate <= MILLION, 'size of a fee rate is at most the whole notional');
}
