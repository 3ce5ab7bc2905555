/**
 * Flags accounts that fell below maintenance and unflags those back at liquidation-end (liquidation.md 1, stage 0 of the
 * waterfall is another module's). Every second, over every account with a position or debt: exact, none missed. The tick
 * does it when no epoch is open; else each last slice of the second does it for its accounts, as soon as they are settled.
 * That is the same: a settlement changes no figure, funding only those of the account it is for.
 */
import { liquidationEnd } from '@mochila/math';
import { events } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { FIRST_CUSTOMER_ACCOUNT } from '../ledger/accounts.ts';
import type { State } from '../state.ts';
import { computeHealth, HealthMode } from './compute-health.ts';

/**
 * Flags and unflags by the marks and interest of this second. Linear in the accounts that carry risk.
 *
 * @param fromAccount - the first account judged.
 * @param toAccount - the account after the last.
 */
export function flagAccounts(state: State, fromAccount = 0, toAccount = state.accounts.used): void {
  const { accounts } = state;
  const { health } = state.scratch;
  for (let account = Math.max(FIRST_CUSTOMER_ACCOUNT, fromAccount); account < toAccount; account += 1) {
    if (!carriesRisk(state, account)) continue;
    computeHealth(state, account, HealthMode.Maintenance, null, health);
    const isShort = health.netEquity < health.maintenanceMargin;
    const wasLiquidating = accounts.isLiquidating[account] === 1;
    if (isShort === wasLiquidating) continue;
    if (wasLiquidating && health.netEquity < liquidationEnd(health.maintenanceMargin)) continue;
    accounts.isLiquidating[account] = isShort ? 1 : 0;
    emit(state.out, events.accountFlagged, {
      account,
      isLiquidating: isShort ? 1 : 0,
      equity: health.netEquity,
      maintenance: health.maintenanceMargin,
    });
  }
}

/** Accounts without a position and without a debt have no maintenance margin; a flag of theirs is lifted here too. */
function carriesRisk(state: State, account: number): boolean {
  const { accounts, positions, holdings } = state;
  if (accounts.isLiquidating[account] === 1) return true;
  for (let row = accounts.positionHead[account]!; row >= 0; row = positions.next[row]!) if (positions.sizeLots[row] !== 0) return true;
  for (let row = accounts.holdingHead[account]!; row >= 0; row = holdings.next[row]!) {
    if (holdings.debtWhole[row]! > 0 || holdings.debtPico[row]! > 0) return true;
  }
  return false;
}
