import { assert } from '@mochila/units';

/**
 * Returns the middle of three values: best bid, best ask, last.
 *
 * @example median3(3, 1, 2) // 2
 */
export function median3(a: number, b: number, c: number): number {
  const low = a < b ? a : b;
  const high = a < b ? b : a;
  if (c < low) return low;
  return c > high ? high : c;
}

/**
 * Returns the median; of an even count the mean of the two in the middle.
 *
 * @param values at least one; not changed
 * @example median([4, 1, 3, 2]) // 2.5
 */
export function median(values: readonly number[]): number {
  assert(values.length > 0, 'a median has at least one value');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle]!;
  if (sorted.length > middle * 2) return upper;
  const lower = sorted[middle - 1]!;
  return lower + (upper - lower) / 2;
}

/**
 * Returns the value at which half of the weight is reached, values in rising order; where exactly half is reached the
 * mean of it and the next.
 *
 * @param values at least one; not changed
 * @param weights one for each value, 0 or more, some above 0
 * @example weightedMedian([1, 2, 10], [1, 1, 3]) // 10
 */
export function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  assert(values.length === weights.length, 'every value has one weight');
  const order = values.map((_, at) => at).filter((at) => weights[at]! > 0);
  assert(order.length > 0, 'a weighted median has at least one value with weight');
  order.sort((a, b) => values[a]! - values[b]! || a - b);
  let total = 0;
  for (const at of order) total += weights[at]!;
  let below = 0;
  for (let place = 0; place < order.length - 1; place += 1) {
    const value = values[order[place]!]!;
    below += weights[order[place]!]!;
    if (below * 2 > total) return value;
    if (below * 2 === total) return value + (values[order[place + 1]!]! - value) / 2;
  }
  return values[order[order.length - 1]!]!;
}
