import { assertSafe, type Ticks, ticks } from '@mochila/units';

/**
 * Rounds to the nearest integer, halves to the even one: favours nobody.
 *
 * @param value magnitude below 2^53
 * @example roundHalfEven(2.5) // 2
 */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const above = value - below; // exact: a double and its floor
  if (above < 0.5) return assertSafe(below);
  if (above > 0.5) return assertSafe(below + 1);
  return assertSafe(Math.floor(below / 2) * 2 === below ? below : below + 1);
}

/**
 * Rounds a price that is given in fractional ticks to whole ticks, half to even; the last step of a published mark.
 * Source: perpetuals rules 2.
 *
 * @param price fractional ticks, 0 or more
 * @example roundToTicks(14500.5) // 14500
 */
export function roundToTicks(price: number): Ticks {
  return ticks(roundHalfEven(price));
}
