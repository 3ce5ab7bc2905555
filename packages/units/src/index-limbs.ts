import { assert } from './assert.ts';

/**
 * An interest index made ready for the hot path, refreshed when the index changes.
 *
 * | element | meaning |
 * |---|---|
 * | 0 to 3 | the index, scaled 1e18, in limbs of base 1e6, lowest first |
 * | 4 | its lower half: the index modulo 1e12 |
 * | 5 | its upper half: floor(index / 1e12) |
 * | 6 | the nearest double of the index |
 * | 7 | how often it was written: the same number means the same index, for what is kept beside it |
 * | 8 to 12 | floor(10^48 / index): shares of an atom, in limbs of base 1e6, lowest first; the last holds all that is left |
 * | 13 | 1 when that division left nothing |
 */
export type IndexLimbs = Float64Array;

/** The scale of an interest index: 1 is 10^18. Indexes start here. */
export const INDEX_SCALE = 1_000_000_000_000_000_000n;
/** The highest index, nine thousandfold. */
export const INDEX_SCALED_MAX = 9_000n * INDEX_SCALE;
/** The lowest index, a millionth: only lenders' losses bring one below 10^18. */
export const INDEX_SCALED_MIN = 1_000_000_000_000n;

const LIMB_COUNT = 4;
const LIMBS_LENGTH = 14;
const RECIPROCAL_AT = 8;
const RECIPROCAL_SCALE = 10n ** 48n;

/**
 * Makes the hot form of an index.
 *
 * @param index scaled 1e18, from 10^12 to 9000 * 10^18
 * @throws AssertionError when the index is out of range
 */
export function createIndexLimbs(index: bigint): IndexLimbs {
  const limbs = new Float64Array(LIMBS_LENGTH);
  refreshIndexLimbs(limbs, index);
  return limbs;
}

/**
 * Writes an index into its hot form, in place.
 *
 * @param limbs what {@link createIndexLimbs} made
 * @param index scaled 1e18, from 10^12 to 9000 * 10^18
 * @throws AssertionError when the index is out of range
 */
export function refreshIndexLimbs(limbs: IndexLimbs, index: bigint): void {
  assert(limbs.length === LIMBS_LENGTH, 'index limbs were made by createIndexLimbs');
  assert(index >= INDEX_SCALED_MIN, 'an interest index is at least 10^12');
  assert(index <= INDEX_SCALED_MAX, 'an interest index is at most 9000 * 10^18');
  let rest = index;
  for (let limb = 0; limb < LIMB_COUNT; limb += 1) {
    limbs[limb] = Number(rest % 1_000_000n);
    rest /= 1_000_000n;
  }
  limbs[4] = Number(index % 1_000_000_000_000n);
  limbs[5] = Number(index / 1_000_000_000_000n);
  limbs[6] = Number(index);
  limbs[7] = limbs[7]! + 1;
  refreshReciprocal(limbs, index);
}

function refreshReciprocal(limbs: IndexLimbs, index: bigint): void {
  let rest = RECIPROCAL_SCALE / index;
  limbs[RECIPROCAL_AT + LIMB_COUNT + 1] = rest * index === RECIPROCAL_SCALE ? 1 : 0;
  for (let limb = 0; limb < LIMB_COUNT; limb += 1) {
    limbs[RECIPROCAL_AT + limb] = Number(rest % 1_000_000n);
    rest /= 1_000_000n;
  }
  limbs[RECIPROCAL_AT + LIMB_COUNT] = Number(rest);
}

/**
 * Reads the index back from its hot form.
 *
 * @returns the index, scaled 1e18, exact
 */
export function indexOfLimbs(limbs: IndexLimbs): bigint {
  assert(limbs.length === LIMBS_LENGTH, 'index limbs were made by createIndexLimbs');
  return BigInt(limbs[5]!) * 1_000_000_000_000n + BigInt(limbs[4]!);
}
