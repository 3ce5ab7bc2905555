import { clamp } from './clamp.ts';

/**
 * Moves a price towards a target by at most a fraction of itself a second. Marks 0.5 % or 1 %, stable prices 0.05 %.
 * Keep the unrounded result: a limit below half a tick would otherwise hold the price for ever.
 * Source: perpetuals rules 2, accounts rules 5.
 *
 * @param previous the price so far, any unit, 0 or more
 * @param target where it would go
 * @param fraction of the previous price, per second
 * @param seconds since the previous price, 0 or more
 * @returns the new price, same unit
 * @example stepLimit(100, 103, 0.01, 1) // 101
 */
export function stepLimit(previous: number, target: number, fraction: number, seconds: number): number {
  const span = previous * fraction * seconds;
  return clamp(target, previous - span < 0 ? 0 : previous - span, previous + span);
}
