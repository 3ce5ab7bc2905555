/** The pair of parameters of a margin function: the smallest fraction, and what it grows by with the root of the size. */
export interface MarginFunction {
  readonly base: number;
  readonly factor: number;
}

/**
 * Returns the initial margin fraction of a perp or a borrow: `max(base, 1 / leverageLimit, factor * sqrt(exposure))`.
 * Source: accounts rules 5.
 *
 * @param exposure USD, 0 or more
 * @param base smallest fraction
 * @param factor per root of a USD
 * @param leverageLimit of the account, 1 or more
 * @example imf(304500, 0.02, 0.00006, 20) // 0.05
 */
export function imf(exposure: number, base: number, factor: number, leverageLimit: number): number {
  const grown = factor * Math.sqrt(exposure);
  const floor = 1 / leverageLimit;
  const fraction = base > floor ? base : floor;
  return grown > fraction ? grown : fraction;
}

/**
 * Returns the maintenance margin fraction of a perp or a borrow: `max(base, factor * sqrt(notional))`.
 * Source: accounts rules 5.
 *
 * @param notional USD, 0 or more
 * @param base smallest fraction
 * @param factor per root of a USD
 * @example mmf(10000, 0.0125, 0.000036) // 0.0125
 */
export function mmf(notional: number, base: number, factor: number): number {
  const grown = factor * Math.sqrt(notional);
  return grown > base ? grown : base;
}
