/** The questions handlers ask about an account's health; each answers a reject or null and writes nothing. */
import { lowersRisk } from '@mochila/math';
import { type Reject, rejects } from '@mochila/protocol';
import { accountPostingHead } from '../ledger/accounts.ts';
import { fencedUsd, unusedFenceUsd } from '../liquidation/backstop/fence.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';
import { computeHealth, HealthMode } from './compute-health.ts';

/** Equity available (net equity - initial margin) at placing prices, with `state.scratch.projection` applied, is not negative. */
export function checkPlacing(state: State, account: number): Reject | null {
  return checkAvailable(state, account, HealthMode.Placing, rejects.insufficientMargin);
}

/** The same at leaving prices: for borrows, transfers and withdrawals. */
export function checkLeaving(state: State, account: number): Reject | null {
  return checkAvailable(state, account, HealthMode.Leaving, rejects.leavingMargin);
}

function checkAvailable(
  state: State,
  account: number,
  mode: HealthMode,
  info: typeof rejects.insufficientMargin | typeof rejects.leavingMargin,
): Reject | null {
  const { health, projection } = state.scratch;
  computeHealth(state, account, mode, projection, health);
  const fenced = accountPostingHead(state.accounts, account) < 0 ? 0 : fenceOf(state, account, mode);
  const available = health.netEquity - health.initialMargin - fenced;
  return available >= 0 ? null : reject(state, info, Math.round(available * 100) / 100);
}

/** USD a backstop provider has to keep: all that is ring-fenced where value leaves, what backs nothing taken yet elsewhere. */
function fenceOf(state: State, account: number, mode: HealthMode): number {
  return mode === HealthMode.Leaving ? fencedUsd(state, account) : unusedFenceUsd(state, account);
}

/**
 * True when the projected change does not raise the account's risk (accounts.md 5, Placing): net equity over
 * maintenance margin does not fall, and real equity stays at zero or above.
 */
export function projectionLowersRisk(state: State, account: number): boolean {
  const { health, healthAfter, projection } = state.scratch;
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  computeHealth(state, account, HealthMode.Maintenance, projection, healthAfter);
  return healthAfter.realEquity >= 0 && lowersRisk(health, healthAfter);
}

/** True when the projected change leaves the account at or above its maintenance margin. */
export function staysAboveMaintenance(state: State, account: number): boolean {
  const { healthAfter, projection } = state.scratch;
  computeHealth(state, account, HealthMode.Maintenance, projection, healthAfter);
  return healthAfter.netEquity >= healthAfter.maintenanceMargin;
}

/** True when the projected change leaves the account at or above its initial margin at placing prices. */
export function staysAboveInitial(state: State, account: number): boolean {
  const { healthAfter, projection } = state.scratch;
  computeHealth(state, account, HealthMode.Placing, projection, healthAfter);
  return healthAfter.netEquity >= healthAfter.initialMargin;
}
