/** Price paths: factors of the first price, by second. */

/** A turn of a path: at this second it stands at this factor. */
export interface Turn {
  readonly second: number;
  readonly factor: number;
}

/**
 * The factor at a second: straight lines between the turns, flat before the first and after the last.
 *
 * @param turns - ascending in second.
 * @example factorAt([{ second: 0, factor: 1 }, { second: 10, factor: 0.5 }], 5) // 0.75
 */
export function factorAt(turns: readonly Turn[], second: number): number {
  const next = turns.findIndex((turn) => turn.second > second);
  const to = turns[next === -1 ? turns.length - 1 : next];
  const from = turns[next === -1 ? turns.length - 1 : next - 1] ?? to;
  if (to === undefined || from === undefined) return 1;
  if (to.second === from.second) return to.factor;
  const share = Math.max(0, second - from.second) / (to.second - from.second);
  return from.factor + (to.factor - from.factor) * Math.min(1, share);
}
