import { fail } from './assert.ts';

/** The largest magnitude a money integer may have, 2^53 - 1. */
export const SAFE_MAX = 9_007_199_254_740_991;

/**
 * Tells whether a number is an integer that a double holds exactly (magnitude below 2^53).
 *
 * @example isSafe(9007199254740991) // true
 */
export function isSafe(value: number): boolean {
  return Number.isSafeInteger(value);
}

/**
 * Halts unless the value is an integer of magnitude below 2^53. A rounded product or sum of safe integers is
 * itself beyond the bound whenever the exact one is, so checking the result is enough.
 *
 * @returns the value, with minus zero turned into zero
 * @throws AssertionError naming the value
 * @example assertSafe(3 * 4) // 12
 */
export function assertSafe(value: number): number {
  if (!Number.isSafeInteger(value)) fail(`${value} is an integer below 2^53 in magnitude`);
  return value + 0;
}

/**
 * Halts unless the value is an integer within the bounds, both included.
 *
 * @param name what the value is, for the message
 * @returns the value, with minus zero turned into zero
 * @throws AssertionError naming the value and the rule
 * @example checkInteger('Ppm', 500, 0, 1000) // 500
 */
export function checkInteger(name: string, value: number, min: number, max: number): number {
  if (!Number.isSafeInteger(value)) fail(`${name} is an integer below 2^53 in magnitude, got ${value}`);
  if (value < min) fail(`${name} is at least ${min}, got ${value}`);
  if (value > max) fail(`${name} is at most ${max}, got ${value}`);
  return value + 0;
}
