/** How much has to be taken so that an account is back at liquidation-end: the smallest whole amount that does it. */
import { liquidationEnd } from '@mochila/math';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { createHealth } from '../risk/health.ts';
import type { State } from '../state.ts';

const health = createHealth();

/** True when net equity is at liquidation-end or above; with nothing left to maintain, when it is not negative. */
export function isRestored(state: State, account: number): boolean {
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  return health.netEquity >= liquidationEnd(health.maintenanceMargin);
}

/** Points at which a taking that restores only in between is looked for. */
const PROBES = 16;

/**
 * Smallest amount that restores.
 *
 * Equity falls in a line with the amount (price and charge), what is needed falls faster than in a line, so the amounts
 * that restore are one run of whole numbers: where the whole does not restore, a part of it hardly ever does.
 *
 * @param whole - the most there is, at least 1.
 * @param restores - whether an amount would; asked some 70 times at most.
 * @returns 1 to `whole`; `whole` when nothing restores.
 */
export function smallestRestoring(whole: number, restores: (amount: number) => boolean): number {
  const high = restores(whole) ? whole : probe(whole, restores);
  if (high === 0) return whole;
  let below = 0;
  let enough = high;
  while (enough - below > 1) {
    const middle = below + Math.floor((enough - below) / 2);
    if (restores(middle)) enough = middle;
    else below = middle;
  }
  return enough;
}

function probe(whole: number, restores: (amount: number) => boolean): number {
  for (let step = 1; step < PROBES; step += 1) {
    const amount = Math.floor((whole * step) / PROBES);
    if (amount > 0 && restores(amount)) return amount;
  }
  return 0;
}

/**
 * Largest amount up to `most` that meets a condition: a taker's margin, which falls with what it takes.
 *
 * @param meets - asked some 55 times at most; who does not meet it with nothing more takes nothing.
 * @returns 0 to `most`.
 */
export function largestMeeting(most: number, meets: (amount: number) => boolean): number {
  if (most <= 0 || meets(most)) return Math.max(0, most);
  if (!meets(0)) return 0;
  let enough = 0;
  let beyond = most;
  while (beyond - enough > 1) {
    const middle = enough + Math.floor((beyond - enough) / 2);
    if (meets(middle)) enough = middle;
    else beyond = middle;
  }
  return enough;
}
