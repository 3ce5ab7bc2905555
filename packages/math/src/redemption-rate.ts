import { stepLimit } from './step-limit.ts';

/** Largest move of a redemption rate that is believed: 1 % an hour, as a fraction a second. */
const RATE_STEP = 0.01 / 3_600;
/** Farther than this from the listed rate nothing new is lent on the asset, a fraction. */
const RATE_TRUST = 0.001;

/**
 * Moves the redemption rate in use towards the listed one by at most 1 % an hour, so that a rate listed wrongly changes
 * little before it is corrected. Source: perpetuals rules 1.
 *
 * @param rate in use, underlying per unit, above 0
 * @param listed where it goes, above 0
 * @param seconds since the rate in use was moved, 0 or more
 * @returns the new rate in use
 * @example followRedemptionRate(1, 2, 3600) // 1.01
 */
export function followRedemptionRate(rate: number, listed: number, seconds: number): number {
  return stepLimit(rate, listed, RATE_STEP, seconds);
}

/**
 * Tells whether the rate in use is near enough to the listed one to lend on the asset: within a thousandth.
 *
 * @param rate in use, above 0
 * @param listed above 0
 * @example isRedemptionTrusted(1.2, 1.2011) // true
 */
export function isRedemptionTrusted(rate: number, listed: number): boolean {
  return Math.abs(listed - rate) <= RATE_TRUST * rate;
}
