import { assert } from '@mochila/units';

/**
 * Returns the value, or the bound that it passes.
 *
 * @example clamp(7, 0, 5) // 5
 */
export function clamp(value: number, min: number, max: number): number {
  assert(min <= max, 'the lower bound of a range is at most the upper');
  if (value < min) return min;
  return value > max ? max : value;
}
