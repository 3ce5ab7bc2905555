/** Parts of a tick that a quotient of doubles may be off by; an index on a tick is that tick. */
const TICK_NOISE = 1e-6;

/**
 * Returns the price at which backstop providers and the fund take a position: the worse for its account of mark and index,
 * the index rounded against the account. Source: liquidation rules 2, stage 2.
 *
 * @param markTicks whole ticks
 * @param index in the quote, 0 when there is none: the mark alone counts then
 * @param tickSize in the quote
 * @param isLong the position that is taken
 * @returns whole ticks, at least 1
 * @example takingTicks(1000, 99.87, 0.1, true) // 998
 */
export function takingTicks(markTicks: number, index: number, tickSize: number, isLong: boolean): number {
  const ticks = index / tickSize;
  if (ticks <= 0) return markTicks;
  return isLong ? Math.max(1, Math.min(markTicks, Math.floor(ticks + TICK_NOISE))) : Math.max(markTicks, Math.ceil(ticks - TICK_NOISE));
}
