/** The turns of one second of liquidation, a bounded number of them a command, so that trading goes on in between. */
import { liquidationEnd } from '@mochila/math';
import { LIQUIDATIONS_PER_COMMAND } from '../limits.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import type { State } from '../state.ts';
import { unflag } from './end-case.ts';

/** Takes the next turns of the second. An account that was unflagged meanwhile has none. */
export function runTurns(state: State): void {
  const { liquidation, accounts } = state;
  const end = Math.min(liquidation.turns, liquidation.next + LIQUIDATIONS_PER_COMMAND);
  while (liquidation.next < end) {
    const account = liquidation.cases.queue[liquidation.next]!;
    liquidation.next += 1;
    if (accounts.liquidationCase[account]! >= 0) takeTurn(state, account);
  }
  liquidation.round += 1;
}

function takeTurn(state: State, account: number): void {
  const { cases } = state.liquidation;
  const row = state.accounts.liquidationCase[account]!;
  cases.actedSecond[row] = state.liquidation.second;
  const { health } = state.scratch;
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  if (health.netEquity >= liquidationEnd(health.maintenanceMargin)) unflag(state, account, health);
}
