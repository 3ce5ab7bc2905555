import {
  type Atoms,
  absLots,
  asAtoms,
  asPpb,
  assert,
  type Lots,
  mulDivDown,
  mulDivUp,
  notionalAtoms,
  type Ppb,
  type Ticks,
} from '@mochila/units';
import { clamp } from './clamp.ts';
import { roundHalfEven } from './round.ts';

const TRILLION = 1e12;
const BILLION = 1_000_000_000;
const INTEREST_E12 = 100_000_000; // 0.01 %
const INTEREST_BAND_E12 = 500_000_000; // 0.05 %
const E12_OF_EIGHT_HOURS_PER_PPB = 8_000; // an eighth, and 1e-12 to 1e-9

/** The default upper bound of a funding rate, +1.5 % an hour. Source: perpetuals rules 3. */
export const FUNDING_CAP_PPB: Ppb = asPpb(15_000_000);
/** The default lower bound of a funding rate, -1.5 % an hour. */
export const FUNDING_FLOOR_PPB: Ppb = asPpb(-15_000_000);

/**
 * Returns one sample of the premium, `(price - index) / index`, in trillionths, so that the sum of an hour is exact.
 *
 * @param price mark of layer 2, fractional ticks
 * @param index same unit, above 0
 * @returns trillionths, rounded half to even
 * @example premiumE12(100.2, 100) // 2000000000
 */
export function premiumE12(price: number, index: number): number {
  assert(index > 0, 'the index of a premium is above 0');
  return roundHalfEven(((price - index) / index) * TRILLION);
}

/**
 * Returns the mean of the samples of an hour.
 *
 * @param sumE12 sum of samples of {@link premiumE12}
 * @param count of the samples, 1 or more
 * @returns trillionths, rounded half to even
 * @example meanPremiumE12(7200000, 3600) // 2000
 */
export function meanPremiumE12(sumE12: number, count: number): number {
  assert(count > 0, 'a mean premium has at least one sample');
  return roundHalfEven(sumE12 / count);
}

/**
 * Returns the hourly funding rate,
 * `F = clamp((P + clamp(0.01% - P, -0.05%, +0.05%)) / 8, floor, cap)`, rounded to 1e-9. Source: perpetuals rules 3.
 *
 * @param premium mean premium P of the hour, trillionths
 * @param floor billionths
 * @param cap billionths
 * @returns billionths, rounded half to even; longs pay when it is positive
 * @example fundingRate(2000000000) // 187500
 */
export function fundingRate(premium: number, floor: Ppb = FUNDING_FLOOR_PPB, cap: Ppb = FUNDING_CAP_PPB): Ppb {
  assert(Number.isSafeInteger(premium), 'a mean premium is a whole number of trillionths');
  const ofEightHours = premium + clamp(INTEREST_E12 - premium, -INTEREST_BAND_E12, INTEREST_BAND_E12);
  return asPpb(clamp(roundHalfEven(ofEightHours / E12_OF_EIGHT_HOURS_PER_PPB), floor, cap));
}

/**
 * Returns the size of the funding that a payer pays: `|rate| * |size| * mark * k / 1e9`, rounded up, in favour of `dust`.
 *
 * @param rate billionths, signed
 * @param size signed lots
 * @param mark ticks
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, 0 or more
 */
export function fundingPaymentUp(rate: Ppb, size: Lots, mark: Ticks, k: Atoms): Atoms {
  return asAtoms(mulDivUp(notionalAtoms(mark, absLots(size), k), rate < 0 ? -rate : rate, BILLION));
}

/**
 * Returns the size of the funding that a receiver gets: `|rate| * |size| * mark * k / 1e9`, rounded down, in favour of `dust`.
 *
 * @param rate billionths, signed
 * @param size signed lots
 * @param mark ticks
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, 0 or more
 */
export function fundingPaymentDown(rate: Ppb, size: Lots, mark: Ticks, k: Atoms): Atoms {
  return asAtoms(mulDivDown(notionalAtoms(mark, absLots(size), k), rate < 0 ? -rate : rate, BILLION));
}

/**
 * Returns what funding does to the balance of an account: negative, rounded up in size, for the payer (long at a
 * positive rate, short at a negative one); positive, rounded down, for the receiver.
 *
 * @param rate billionths, signed
 * @param size signed lots
 * @param mark ticks
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, signed
 * @example fundingCredit(asPpb(187500), lots(200000), ticks(14500), atoms(100)) // -54375000
 */
export function fundingCredit(rate: Ppb, size: Lots, mark: Ticks, k: Atoms): Atoms {
  const isPayer = rate > 0 === size > 0;
  return isPayer ? asAtoms(0 - fundingPaymentUp(rate, size, mark, k)) : fundingPaymentDown(rate, size, mark, k);
}
