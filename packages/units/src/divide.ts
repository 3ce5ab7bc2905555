import { assert } from './assert.ts';
import { assertSafe, SAFE_MAX } from './safe.ts';

const LIMB = 262_144; // 2^18
const LIMB_SQUARED = 68_719_476_736; // 2^36
const DIVISOR_SMALL = 2_251_799_813_685_248; // 2^51
const QUOTIENT_SMALL = 4_503_599_627_370_496; // 2^52

/**
 * Divides and rounds towards minus infinity, exactly.
 *
 * @param a integer, magnitude below 2^53
 * @param d integer, 1 to 2^53 - 1
 * @example divFloor(-7, 2) // -4
 */
export function divFloor(a: number, d: number): number {
  return assertSafe(Math.floor(a / d));
}

/**
 * Divides and rounds towards plus infinity, exactly.
 *
 * @param a integer, magnitude below 2^53
 * @param d integer, 1 to 2^53 - 1
 * @example divCeil(7, 2) // 4
 */
export function divCeil(a: number, d: number): number {
  return assertSafe(Math.ceil(a / d));
}

/**
 * Returns floor(a * b / d), exact even where a * b passes 2^53. Favours whoever owes the result.
 *
 * @param a integer, 0 to 2^53 - 1
 * @param b integer, 0 to 2^53 - 1
 * @param d integer, 1 to 2^53 - 1
 * @throws AssertionError when an argument is out of range or the result passes 2^53 - 1
 * @example mulDivDown(7, 3, 2) // 10
 */
export function mulDivDown(a: number, b: number, d: number): number {
  mulDivCheck(a, b, d);
  const product = a * b;
  if (product <= SAFE_MAX) return Math.floor(product / d);
  return mulDivWide(a, b, d, false);
}

/**
 * Returns ceil(a * b / d), exact even where a * b passes 2^53. Favours whoever is owed the result.
 *
 * @param a integer, 0 to 2^53 - 1
 * @param b integer, 0 to 2^53 - 1
 * @param d integer, 1 to 2^53 - 1
 * @throws AssertionError when an argument is out of range or the result passes 2^53 - 1
 * @example mulDivUp(7, 3, 2) // 11
 */
export function mulDivUp(a: number, b: number, d: number): number {
  mulDivCheck(a, b, d);
  const product = a * b;
  if (product <= SAFE_MAX) return Math.ceil(product / d);
  return mulDivWide(a, b, d, true);
}

function mulDivCheck(a: number, b: number, d: number): void {
  assert(Number.isSafeInteger(a) && a >= 0, 'first factor is an integer from 0 to 2^53 - 1');
  assert(Number.isSafeInteger(b) && b >= 0, 'second factor is an integer from 0 to 2^53 - 1');
  assert(Number.isSafeInteger(d) && d > 0, 'divisor is an integer from 1 to 2^53 - 1');
}

/**
 * The quotient of doubles is off by at most 2 below 2^52, so the exact remainder, computed in limbs, stays within
 * (-2d, 3d): below 2^53 for d < 2^51. What is larger takes the slow road.
 */
function mulDivWide(a: number, b: number, d: number, up: boolean): number {
  let quotient = Math.floor((a * b) / d);
  if (d >= DIVISOR_SMALL || quotient >= QUOTIENT_SMALL) return mulDivBig(a, b, d, up);
  let remainder = mulDivRemainder(a, b, quotient, d);
  for (; remainder < 0; remainder += d) quotient -= 1;
  for (; remainder >= d; remainder -= d) quotient += 1;
  return up && remainder > 0 ? quotient + 1 : quotient;
}

/**
 * a * b - q * d in limbs of 18 bits, from the top: the running value is the small true remainder over a power of
 * the limb plus the carries of what is still to come, so every step is exact.
 */
function mulDivRemainder(a: number, b: number, q: number, d: number): number {
  const a2 = Math.floor(a / LIMB_SQUARED);
  const a1 = Math.floor((a - a2 * LIMB_SQUARED) / LIMB);
  const a0 = a - a2 * LIMB_SQUARED - a1 * LIMB;
  const b2 = Math.floor(b / LIMB_SQUARED);
  const b1 = Math.floor((b - b2 * LIMB_SQUARED) / LIMB);
  const b0 = b - b2 * LIMB_SQUARED - b1 * LIMB;
  const q2 = Math.floor(q / LIMB_SQUARED);
  const q1 = Math.floor((q - q2 * LIMB_SQUARED) / LIMB);
  const q0 = q - q2 * LIMB_SQUARED - q1 * LIMB;
  const d2 = Math.floor(d / LIMB_SQUARED);
  const d1 = Math.floor((d - d2 * LIMB_SQUARED) / LIMB);
  const d0 = d - d2 * LIMB_SQUARED - d1 * LIMB;
  let sum = a2 * b2 - q2 * d2;
  sum = sum * LIMB + (a2 * b1 + a1 * b2 - q2 * d1 - q1 * d2);
  sum = sum * LIMB + (a2 * b0 + a1 * b1 + a0 * b2 - q2 * d0 - q1 * d1 - q0 * d2);
  sum = sum * LIMB + (a1 * b0 + a0 * b1 - q1 * d0 - q0 * d1);
  return sum * LIMB + (a0 * b0 - q0 * d0);
}

function mulDivBig(a: number, b: number, d: number, up: boolean): number {
  const divisor = BigInt(d);
  const product = BigInt(a) * BigInt(b);
  return assertSafe(Number((up ? product + divisor - 1n : product) / divisor));
}
