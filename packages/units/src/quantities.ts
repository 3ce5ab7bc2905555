import type { Brand } from './brand.ts';
import { checkInteger, SAFE_MAX } from './safe.ts';

/** A price, or a difference of prices, in whole ticks of its market. */
export type Ticks = Brand<'Ticks'>;
/** A quantity in whole lots of its market; a position is signed, long positive. */
export type Lots = Brand<'Lots'>;
/** An amount in the smallest ledger unit of its asset; a change of balance is signed, credit positive. */
export type Atoms = Brand<'Atoms'>;
/** A rate in millionths; a rebate is negative. */
export type Ppm = Brand<'Ppm'>;
/** A rate in billionths, as funding rates are; signed. */
export type Ppb = Brand<'Ppb'>;
/** A rate in ten-thousandths; signed. */
export type Bps = Brand<'Bps'>;

/**
 * Makes a price in ticks.
 *
 * @param value whole number of ticks, 0 to 2^53 - 1
 * @throws AssertionError naming the value and the rule
 * @example ticks(145) // 145
 */
export function ticks(value: number): Ticks {
  return asTicks(checkInteger('Ticks', value, 0, SAFE_MAX));
}

/** Makes a difference of two prices, of either sign, in ticks. */
export function signedTicks(value: number): Ticks {
  return asTicks(checkInteger('signed Ticks', value, -SAFE_MAX, SAFE_MAX));
}

/**
 * Makes an order or trade quantity in lots.
 *
 * @param value whole number of lots, 0 to 2^53 - 1
 * @throws AssertionError naming the value and the rule
 * @example lots(2000) // 2000
 */
export function lots(value: number): Lots {
  return asLots(checkInteger('Lots', value, 0, SAFE_MAX));
}

/** Makes a position size, of either sign, in lots; long is positive. */
export function signedLots(value: number): Lots {
  return asLots(checkInteger('signed Lots', value, -SAFE_MAX, SAFE_MAX));
}

/**
 * Makes an amount in atoms.
 *
 * @param value whole number of atoms, 0 to 2^53 - 1
 * @throws AssertionError naming the value and the rule
 * @example atoms(54375000) // 54375000
 */
export function atoms(value: number): Atoms {
  return asAtoms(checkInteger('Atoms', value, 0, SAFE_MAX));
}

/** Makes a change of balance, of either sign, in atoms; a credit is positive. */
export function signedAtoms(value: number): Atoms {
  return asAtoms(checkInteger('signed Atoms', value, -SAFE_MAX, SAFE_MAX));
}

/**
 * Makes a rate in millionths, of either sign.
 *
 * @param value whole number of millionths, magnitude at most 10^9 (a thousandfold)
 * @throws AssertionError naming the value and the rule
 * @example ppm(200) // 200
 */
export function ppm(value: number): Ppm {
  return asPpm(checkInteger('Ppm', value, -1e9, 1e9));
}

/** Makes a rate in billionths, of either sign, magnitude at most 10^12 (a thousandfold). */
export function ppb(value: number): Ppb {
  return asPpb(checkInteger('Ppb', value, -1e12, 1e12));
}

/** Makes a rate in ten-thousandths, of either sign, magnitude at most 10^7 (a thousandfold). */
export function bps(value: number): Bps {
  return asBps(checkInteger('Bps', value, -1e7, 1e7));
}

/**
 * Turns ten-thousandths into millionths, exactly.
 *
 * @example ppmFromBps(bps(2)) // 200
 */
export function ppmFromBps(rate: Bps): Ppm {
  return asPpm(rate * 100);
}

/** Brands a number that is known to be a price in ticks; unchecked, for hot paths and columns. */
export function asTicks(value: number): Ticks {
  return value as Ticks;
}

/** Brands a number that is known to be a quantity in lots; unchecked, for hot paths and columns. */
export function asLots(value: number): Lots {
  return value as Lots;
}

/** Brands a number that is known to be an amount in atoms; unchecked, for hot paths and columns. */
export function asAtoms(value: number): Atoms {
  return value as Atoms;
}

/** Brands a number that is known to be a rate in millionths; unchecked. */
export function asPpm(value: number): Ppm {
  return value as Ppm;
}

/** Brands a number that is known to be a rate in billionths; unchecked. */
export function asPpb(value: number): Ppb {
  return value as Ppb;
}

/** Brands a number that is known to be a rate in ten-thousandths; unchecked. */
export function asBps(value: number): Bps {
  return value as Bps;
}
