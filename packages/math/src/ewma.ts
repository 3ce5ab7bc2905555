import { assert } from '@mochila/units';
import { EWMA_WEIGHTS_FIVE_MINUTES } from './ewma-weights-five-minutes.ts';
import { EWMA_WEIGHTS_HOUR } from './ewma-weights-hour.ts';

const TABLE_LAST = 600;
const NOTHING_LEFT = 1e-30;

/**
 * Returns the weight of a new sample in the five-minute average, `1 - exp(-seconds / 300)`. Source: perpetuals rules 2.
 *
 * @param seconds whole seconds since the last sample, 0 or more
 * @returns 0 to 1; equal to the table up to 600 s, composed from it beyond
 * @example ewmaWeightFiveMinutes(1) // 0.0033277839454766787
 */
export function ewmaWeightFiveMinutes(seconds: number): number {
  return ewmaWeightOf(EWMA_WEIGHTS_FIVE_MINUTES, seconds);
}

/**
 * Returns the weight of a new sample in the one-hour average, `1 - exp(-seconds / 3600)`. Source: accounts rules 5.
 *
 * @param seconds whole seconds since the last sample, 0 or more
 * @returns 0 to 1; equal to the table up to 600 s, composed from it beyond
 */
export function ewmaWeightHour(seconds: number): number {
  return ewmaWeightOf(EWMA_WEIGHTS_HOUR, seconds);
}

/**
 * Moves an exponentially weighted average by one sample: `average + weight * (sample - average)`.
 *
 * @param average the average so far
 * @param sample what held since the last sample
 * @param weight 0 to 1, of {@link ewmaWeightFiveMinutes} or {@link ewmaWeightHour}
 * @example ewmaNext(10, 20, 0.25) // 12.5
 */
export function ewmaNext(average: number, sample: number, weight: number): number {
  return average + weight * (sample - average);
}

/** What is kept of the past over a sum of spans is the product of what is kept over each. */
function ewmaWeightOf(table: readonly number[], seconds: number): number {
  assert(Number.isSafeInteger(seconds) && seconds >= 0, 'the time between two samples is a whole number of seconds');
  if (seconds <= TABLE_LAST) return table[seconds]!;
  let kept = 1;
  let rest = seconds;
  for (; rest > TABLE_LAST && kept > NOTHING_LEFT; rest -= TABLE_LAST) kept *= 1 - table[TABLE_LAST]!;
  return rest > TABLE_LAST ? 1 : 1 - kept * (1 - table[rest]!);
}
