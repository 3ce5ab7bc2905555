/** Where the sums of `order-loss.ts` stand. */

/** Words of a sum: the price in USD (NaN none), signed ticks times lots, signed lots, ticks times lots without sign. */
export const SUM_WORDS = 4;
/** Words of a row: a sum for the mark, one for whatever else is asked. */
export const ROW_WORDS = 2 * SUM_WORDS;

/** The sums of every row of positions. */
export interface OrderLossSums {
  readonly words: Float64Array;
}

/** No sums yet. @param positions - rows of the positions table. */
export function createOrderLossSums(positions: number): OrderLossSums {
  return { words: new Float64Array(positions * ROW_WORDS).fill(Number.NaN) };
}
