import { assert, type Ppm } from '@mochila/units';
import { divBigDown, divBigUp } from './divide-big.ts';

/** The curve of a pool's borrow rate; rates are millionths a year. Source: lending rules 2. */
export interface RateCurve {
  /** Uopt, millionths, above 0 and below 850,000. */
  readonly utilizationOptimal: Ppm;
  readonly rateMin: Ppm;
  readonly rateOptimal: Ppm;
  readonly rateMax: Ppm;
}

/** The scale of annual rates and of utilisation: 1 is 10^18. */
export const RATE_SCALE = 1_000_000_000_000_000_000n;

const MILLION = 1_000_000n;
const PPM_TO_SCALE = 1_000_000_000_000n;

/** Above Uopt: utilisation, and the share of the way from the rate at Uopt to the maximum; both in millionths. */
const STEEP: readonly (readonly [utilization: bigint, share: bigint])[] = [
  [850_000n, 50_000n],
  [900_000n, 150_000n],
  [950_000n, 300_000n],
  [990_000n, 500_000n],
  [995_000n, 750_000n],
  [1_000_000n, 1_000_000n],
];

/**
 * Returns the share of a pool that is borrowed, `totalBorrowed / totalLent`; 0 when nothing is lent.
 *
 * @param totalBorrowed atoms, 0 or more
 * @param totalLent atoms, 0 or more
 * @returns scaled 1e18, rounded up (a higher rate, against the borrower)
 * @example utilizationUp(80n, 100n) // 800000000000000000n
 */
export function utilizationUp(totalBorrowed: bigint, totalLent: bigint): bigint {
  return totalLent === 0n ? 0n : divBigUp(totalBorrowed * RATE_SCALE, totalLent);
}

/**
 * Returns the borrow rate at a utilisation, piecewise linear: from `rateMin` to `rateOptimal` up to Uopt, then along the
 * steep table to `rateMax` at full use and beyond. Source: lending rules 2; Drift's curve has the same shape.
 *
 * @param utilization scaled 1e18, 0 or more
 * @returns a year's rate, scaled 1e18, rounded up
 * @example borrowRateUp(800000000000000000n, { utilizationOptimal: ppm(800000), rateMin: ppm(10000), rateOptimal: ppm(80000), rateMax: ppm(1000000) }) // 80000000000000000n
 */
export function borrowRateUp(utilization: bigint, curve: RateCurve): bigint {
  const optimal = BigInt(curve.rateOptimal);
  let fromUse = 0n;
  let fromRate = BigInt(curve.rateMin) * PPM_TO_SCALE;
  let toUse = BigInt(curve.utilizationOptimal) * PPM_TO_SCALE;
  let toRate = optimal * PPM_TO_SCALE;
  assert(toUse > 0n && toUse < 850_000n * PPM_TO_SCALE, 'the optimal utilisation is above 0 and below 0.85');
  for (const [use, share] of STEEP) {
    if (utilization <= toUse) break;
    fromUse = toUse;
    fromRate = toRate;
    toUse = use * PPM_TO_SCALE;
    toRate = optimal * PPM_TO_SCALE + share * (BigInt(curve.rateMax) - optimal) * MILLION;
  }
  if (utilization >= toUse) return toRate;
  return fromRate + divBigUp((toRate - fromRate) * (utilization - fromUse), toUse - fromUse);
}

/**
 * Returns what lenders earn: `borrowRate * utilisation * (1 - fee)`, as shown to people; what they get is the rest of
 * the interest after the fee. Source: lending rules 2.
 *
 * @param borrowRate a year's rate, scaled 1e18
 * @param utilization scaled 1e18
 * @param fee the venue's share of the interest, millionths, 0 to 1,000,000
 * @returns a year's rate, scaled 1e18, rounded down
 * @example lendRateDown(80000000000000000n, 800000000000000000n, ppm(100000)) // 57600000000000000n
 */
export function lendRateDown(borrowRate: bigint, utilization: bigint, fee: Ppm): bigint {
  return divBigDown(borrowRate * utilization * (MILLION - BigInt(fee)), RATE_SCALE * MILLION);
}
