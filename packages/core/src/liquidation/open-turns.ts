/** Who is liquidated this second, in which order (perpetuals rules 7): lowest margin fraction first, ties by account index. */

import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import type { State } from '../state.ts';
import { isFundBusy } from './fund/unwind.ts';

/** Lists the turns of a second, after its flags. Turns of an earlier second that never came are forgotten. O(cases * log). */
export function openTurns(state: State): void {
  const { liquidation, scratch } = state;
  const { cases } = liquidation;
  liquidation.second = state.tickSecond;
  liquidation.next = 0;
  liquidation.turns = 0;
  liquidation.round = 0;
  liquidation.unfinished = -1;
  liquidation.unborneAtoms = 0;
  liquidation.rankings.fill(null);
  // Also when nobody is being liquidated now: it may take minutes to unwind what it took; it may take now what it will unwind.
  liquidation.isFundDue = cases.live > 0 || isFundBusy(state);
  if (cases.live === 0) return;
  for (let row = 0; row < cases.used; row += 1) {
    const account = cases.account[row]!;
    if (account < 0) continue;
    computeHealth(state, account, HealthMode.Maintenance, null, scratch.health);
    const { netEquity, totalExposure } = scratch.health;
    cases.fraction[row] = totalExposure > 0 ? netEquity / totalExposure : 0;
    cases.queue[liquidation.turns] = account;
    liquidation.turns += 1;
  }
  const { liquidationCase } = state.accounts;
  cases.queue.subarray(0, liquidation.turns).sort((a, b) => {
    const difference = cases.fraction[liquidationCase[a]!]! - cases.fraction[liquidationCase[b]!]!;
    return difference === 0 ? a - b : difference;
  });
}
