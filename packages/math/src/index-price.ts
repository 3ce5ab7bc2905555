import { assert } from '@mochila/units';
import { clamp } from './clamp.ts';
import { median } from './median.ts';

/**
 * Returns the index of an asset: the median of its fresh sources, each source clamped to the median +- a deviation, the
 * weighted mean of what results. So one source gone wild moves the index by at most its weight times the deviation.
 * Source: perpetuals rules 1.
 *
 * @param values price of each fresh source, any unit, above 0; at least one
 * @param weights of each source, above 0
 * @param deviation fraction of the median, 0.01 by default
 * @returns the index, same unit
 * @example indexPrice([100, 100, 200], [1, 1, 2], 0.01) // 100.5
 */
export function indexPrice(values: readonly number[], weights: readonly number[], deviation = 0.01): number {
  assert(values.length === weights.length, 'every source has one weight');
  const middle = median(values);
  let weighted = 0;
  let total = 0;
  for (let at = 0; at < values.length; at += 1) {
    const weight = weights[at]!;
    assert(weight > 0, 'the weight of a source is above 0');
    weighted += weight * clamp(values[at]!, middle * (1 - deviation), middle * (1 + deviation));
    total += weight;
  }
  return weighted / total;
}
