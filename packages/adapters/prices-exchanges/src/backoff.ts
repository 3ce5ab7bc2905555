/** How long to wait before the next try. */

/** Doubles from the shortest wait to the longest. */
export type BackoffBounds = { readonly backoffMsMin: number; readonly backoffMsMax: number };

/**
 * The wait before try `attempt`, in ms: at least half of the doubled wait, the rest by chance, so that many who lost the
 * same server do not come back together.
 *
 * @param attempt - failures in a row, from 1
 * @param chance - from 0 to 1
 * @example backoffMs({ backoffMsMin: 1_000, backoffMsMax: 60_000 }, 3, 1) // 4000
 */
export function backoffMs({ backoffMsMin, backoffMsMax }: BackoffBounds, attempt: number, chance: number): number {
  const whole = Math.min(backoffMsMax, backoffMsMin * 2 ** Math.min(attempt - 1, 30));
  return whole / 2 + (whole / 2) * chance;
}
