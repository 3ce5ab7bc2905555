/** Who is liquidated this second, in which order (perpetuals rules 7): lowest margin fraction first, ties by account index. */

import { accountHoldingHead, accountPositionHead, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { netAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../ledger/holdings.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { nextPosition, positionOrderCount, positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';

/** Lists the turns of a second, after its flags. Turns of an earlier second that never came are forgotten. O(cases * log). */
export function openTurns(state: State): void {
  const { liquidation, scratch } = state;
  const { cases } = liquidation;
  liquidation.second = state.tickSecond;
  liquidation.next = 0;
  liquidation.turns = 0;
  liquidation.round = 0;
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

/** True when the fund holds a position or a coin, owes one, or has an order out: there is something to unwind. */
function isFundBusy(state: State): boolean {
  const { accounts, positions, holdings } = state;
  for (let row = accountPositionHead(accounts, FUND_ACCOUNT); row >= 0; row = nextPosition(positions, row))
    if (positionSizeLots(positions, row) !== 0 || positionOrderCount(positions, row) !== 0) return true;
  for (let row = accountHoldingHead(accounts, FUND_ACCOUNT); row >= 0; row = nextHolding(holdings, row))
    if (holdingAsset(holdings, row) !== state.usdc && netAtomsOf(state, row) !== 0) return true;
  return false;
}
