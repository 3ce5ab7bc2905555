import { type Atoms, asAtoms, asPpm, feeDown, feeUp, type Ppm } from '@mochila/units';

/**
 * Returns the fee of a fill at a signed rate: a fee rounded up, or a rebate, negative, rounded down in size; both in
 * favour of the venue. Source: accounts rules 2 and 5.
 *
 * @param notional quote atoms, 0 or more
 * @param rate millionths; negative is a rebate
 * @returns quote atoms to pay; negative to receive
 * @example tradeFee(atoms(1000001), ppm(-500)) // -500
 */
export function tradeFee(notional: Atoms, rate: Ppm): Atoms {
  if (rate >= 0) return feeUp(notional, rate);
  return asAtoms(0 - feeDown(notional, asPpm(-rate)));
}
