import type { Ppm } from '@mochila/units';
import type { RateCurve } from './borrow-rate.ts';
import type { CollateralWeight } from './collateral.ts';
import type { MarginFunction } from './margin-function.ts';

/** What is wrong with a configuration, in words with its values; nothing when it is right. */
export type ConfigFault = string | undefined;

const E12 = 1e12;
const NOTIONAL_LIMIT = 4_503_599_627_370_496; // 2^52

/**
 * Checks that a liquidation ends before initial margin is short: `1.1 * MMF <= IMF` at every size, for perps and borrows.
 *
 * With s the root of the size, IMF is `max(base or 1/leverage, factor * s)` and MMF the like. At s = 0 the constants
 * decide and for large s the slopes, so `1.1 * mBase <= max(iBase, 1/leverage)` and `1.1 * mFactor <= iFactor` are
 * necessary; a maximum of smaller parts is smaller, so together they are sufficient. Initial margin is taken on
 * exposure, which is never below the notional, so this order of fractions is the order of margins.
 * Compared in trillionths, exactly. Source: accounts rules 5.
 *
 * @param initial margin function
 * @param maintenance margin function
 * @param leverageLimitMax the highest leverage limit that an account may choose
 */
export function checkMarginFunctions(initial: MarginFunction, maintenance: MarginFunction, leverageLimitMax: number): ConfigFault {
  for (const value of [initial.base, initial.factor, maintenance.base, maintenance.factor]) {
    if (!(value >= 0 && value <= 1)) return `a margin parameter is from 0 to 1, got ${value}`;
  }
  if (maintenance.base === 0) return 'the maintenance base is above 0';
  if (!(leverageLimitMax >= 1)) return `the highest leverage limit is at least 1, got ${leverageLimitMax}`;
  const endBase = 11 * inTrillionths(maintenance.base);
  const isBaseCovered = endBase <= 10 * inTrillionths(initial.base) || endBase * leverageLimitMax <= 10 * E12;
  if (!isBaseCovered)
    return `1.1 * maintenance base ${maintenance.base} is at most the initial base ${initial.base} or 1 / ${leverageLimitMax}`;
  const isFactorCovered = 11 * inTrillionths(maintenance.factor) <= 10 * inTrillionths(initial.factor);
  if (!isFactorCovered) return `1.1 * maintenance factor ${maintenance.factor} is at most the initial factor ${initial.factor}`;
  return undefined;
}

/**
 * Checks that the mark may leave the index by at most half the smallest initial margin. Source: perpetuals rules 2.
 *
 * @param premiumBound fraction of the index
 * @param initialBase base initial margin fraction of the market
 */
export function checkPremiumBound(premiumBound: number, initialBase: number): ConfigFault {
  if (!(premiumBound >= 0)) return `the premium bound is at least 0, got ${premiumBound}`;
  if (2 * inTrillionths(premiumBound) <= inTrillionths(initialBase)) return undefined;
  return `the premium bound ${premiumBound} is at most half the initial base ${initialBase}`;
}

/** Maker and taker fee of a tier, millionths; a negative maker fee is a rebate. */
export interface FeeTier {
  readonly maker: Ppm;
  readonly taker: Ppm;
}

/**
 * Checks that the largest rebate is at most the smallest taker fee, so that nobody earns by trading with himself.
 * Source: accounts rules 5.
 *
 * @param tiers every tier of a market, at least one
 */
export function checkFeeTiers(tiers: readonly FeeTier[]): ConfigFault {
  let makerMin = 0;
  let takerMin = Number.POSITIVE_INFINITY;
  for (const { maker, taker } of tiers) {
    if (taker < 0) return `a taker fee is at least 0, got ${taker} ppm`;
    if (maker < makerMin) makerMin = maker;
    if (taker < takerMin) takerMin = taker;
  }
  if (tiers.length === 0) return 'a market has at least one fee tier';
  if (-makerMin <= takerMin) return undefined;
  return `the largest rebate ${-makerMin} ppm is at most the smallest taker fee ${takerMin} ppm`;
}

/** Checks that a borrow rate never falls with utilisation. Source: lending rules 2. */
export function checkRateCurve(curve: RateCurve): ConfigFault {
  if (curve.utilizationOptimal <= 0 || curve.utilizationOptimal >= 850_000) {
    return `the optimal utilisation is above 0 and below 850000 ppm, got ${curve.utilizationOptimal}`;
  }
  if (curve.rateMin < 0) return `the smallest rate is at least 0, got ${curve.rateMin} ppm`;
  if (curve.rateMin > curve.rateOptimal) return `the smallest rate ${curve.rateMin} ppm is at most the optimal ${curve.rateOptimal} ppm`;
  if (curve.rateOptimal > curve.rateMax) return `the optimal rate ${curve.rateOptimal} ppm is at most the largest ${curve.rateMax} ppm`;
  return undefined;
}

/** Checks that a collateral weight is from 0 to 1 at every size and never grows with it. Source: accounts rules 5. */
export function checkCollateralWeight(rule: CollateralWeight): ConfigFault {
  if (!(rule.weight >= 0 && rule.weight <= 1)) return `a collateral weight is from 0 to 1, got ${rule.weight}`;
  if (rule.kind === 'identity') return undefined;
  if (!(rule.base > 0)) return `the base of a collateral weight is above 0, got ${rule.base}`;
  if (!(rule.penalty >= 0)) return `the penalty of a collateral weight is at least 0, got ${rule.penalty}`;
  return undefined;
}

/**
 * Checks that every notional of a market is exact: k is a positive integer and the largest price times the largest
 * quantity times k is below 2^52. Source: accounts rules 2.
 *
 * @param ticksMax the highest price, ticks
 * @param lotsMax the largest quantity, lots
 * @param k quote atoms of one tick times one lot
 */
export function checkNotionalBound(ticksMax: number, lotsMax: number, k: number): ConfigFault {
  if (!(Number.isSafeInteger(k) && k > 0)) return `one tick times one lot is a whole number of quote atoms, got ${k}`;
  if (ticksMax * lotsMax * k < NOTIONAL_LIMIT) return undefined;
  return `the largest notional ${ticksMax} * ${lotsMax} * ${k} is below 2^52`;
}

/** Configured fractions are decimals of at most twelve digits, so the nearest integer is what was meant. */
function inTrillionths(fraction: number): number {
  return Math.round(fraction * E12);
}
