import { assert, mulDivUp } from '@mochila/units';

const MILLION = 1_000_000;

/**
 * Returns what one slice of a liquidation offers: a share of the size at the trigger, rounded up, so that shares of a
 * fifth are five slices; at least one, never more than is left. Source: liquidation rules 2, stage 1.
 *
 * @param atTrigger lots or atoms when the liquidation began, without sign
 * @param left of it now
 * @param fraction share a slice offers, above 0, at most 1; read in millionths
 * @param isWhole too little is left to cut it
 * @returns lots or atoms
 * @example sliceSize(1001, 1001, 0.2, false) // 201
 */
export function sliceSize(atTrigger: number, left: number, fraction: number, isWhole: boolean): number {
  if (isWhole || left <= 1) return left;
  const share = mulDivUp(Math.max(atTrigger, left), Math.round(fraction * MILLION), MILLION);
  return Math.min(left, Math.max(1, share));
}

/**
 * Returns the rate of the liquidation fee in whole millionths: `min(feeMax, MMF * share)`, rounded down, in favour of the
 * account. Source: liquidation rules 2.
 *
 * @param mmf maintenance fraction of the position, or of the debt that is repaid
 * @param feeMax fraction of the notional
 * @param mmfShare share of the maintenance fraction
 * @returns ppm
 * @example liquidationFeePpm(0.0125, 0.01, 0.25) // 3125
 */
export function liquidationFeePpm(mmf: number, feeMax: number, mmfShare: number): number {
  return Math.floor(Math.min(feeMax, mmf * mmfShare) * MILLION);
}

/** Net equity and total exposure of an account at one moment, USD. */
export interface Exposed {
  readonly netEquity: number;
  readonly totalExposure: number;
}

/**
 * Returns the largest fee at which a change does not lower the margin fraction, `net equity / total exposure`. Below zero the
 * change lowers it without any fee.
 *
 * From `(E' - fee) / (X' + fee) >= E / X`: `fee <= (E' X - E X') / (X + E)`. The fee is counted as if it were borrowed, which
 * is at most a margin fraction less than where it is paid from cash. Source: liquidation rules 2.
 *
 * @param before the account as it is, with exposure
 * @param after as it would be with the change and without a fee
 * @returns USD
 * @example feeRoom({ netEquity: 100, totalExposure: 10000 }, { netEquity: 100, totalExposure: 8000 }) // 19.801980198019802
 */
export function feeRoom(before: Exposed, after: Exposed): number {
  assert(before.totalExposure > 0, 'an account in liquidation has exposure');
  const raised = after.netEquity * before.totalExposure - before.netEquity * after.totalExposure;
  return raised / (before.totalExposure + Math.max(0, before.netEquity));
}

/**
 * Tells whether the backstop is due by the margin fraction: `E / X <= max(MMF * share, MMF - less)` with `MMF = M / X`,
 * compared without division. Source: liquidation rules 2, stage 2.
 *
 * @param netEquity E, USD
 * @param maintenance M, USD
 * @param exposure X, USD
 * @param mmfShare one half
 * @param mmfLess six hundredths
 * @example isBackstopDue(600, 1250, 100000, 0.5, 0.06) // true
 */
export function isBackstopDue(netEquity: number, maintenance: number, exposure: number, mmfShare: number, mmfLess: number): boolean {
  return netEquity <= Math.max(maintenance * mmfShare, maintenance - mmfLess * exposure);
}
