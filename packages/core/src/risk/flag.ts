/**
 * Finds the accounts that fell below maintenance, at the end of the second whose marks or interest made them so (liquidation
 * rules 1): exact, none missed, few looked at. {@link auditFlags} looks at all of them, a sixtieth each second.
 */
import { liquidationEnd } from '@mochila/math';
import { events } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import {
  accountHoldingHead,
  accountIsLiquidating,
  accountPositionHead,
  FIRST_CUSTOMER_ACCOUNT,
  setAccountIsLiquidating,
} from '../ledger/accounts.ts';
import { hasDebt } from '../ledger/holding-rows.ts';
import { nextHolding } from '../ledger/holdings.ts';
import { beginCase } from '../liquidation/begin-case.ts';
import { endCase } from '../liquidation/end-case.ts';
import type { State } from '../state.ts';
import { computeHealth, HealthMode } from './compute-health.ts';
import { advanceOdometer } from './odometer.ts';
import { nextPosition, positionSizeLots } from './positions.ts';
import { fileAccount, takeDue, unfileAccount } from './radius-heap.ts';
import { safeRadius } from './safe-radius.ts';
import type { ShortIndex } from './short-index.ts';

/** Seconds in which {@link auditFlags} sees every account once. */
const AUDIT_SECONDS = 60;

/**
 * Flags and unflags by the marks and interest of this second. O(log n) for each account that changed or whose safe radius
 * was passed; linear only after a restore or when something changed that concerns everyone.
 */
export function flagAccounts(state: State): void {
  const index = state.scratch.shortIndex;
  advanceOdometer(state);
  index.looked = 0;
  if (index.isAllChanged) lookAtAll(state, index);
  else lookAtSome(state, index);
  auditFlags(state, state.tickSecond % AUDIT_SECONDS, AUDIT_SECONDS);
}

function lookAtAll(state: State, index: ShortIndex): void {
  index.isAllChanged = false;
  index.isChanged.fill(0, 0, state.accounts.used);
  index.changedCount = 0;
  for (let account = FIRST_CUSTOMER_ACCOUNT; account < state.accounts.used; account += 1) look(state, index, account);
}

function lookAtSome(state: State, index: ShortIndex): void {
  // Due accounts join the list of changed ones, so that each is looked at once, in ascending order whatever the heap's is.
  for (let account = takeDue(index.heap, index.odometer); account >= 0; account = takeDue(index.heap, index.odometer)) {
    if (index.isChanged[account] === 1) continue;
    index.isChanged[account] = 1;
    index.changed[index.changedCount] = account;
    index.changedCount += 1;
  }
  // tidy-allow: pure: a column sorts as numbers
  const listed = index.changed.subarray(0, index.changedCount).sort();
  index.changedCount = 0;
  for (let at = 0; at < listed.length; at += 1) {
    const account = listed[at]!;
    index.isChanged[account] = 0;
    if (account >= FIRST_CUSTOMER_ACCOUNT) look(state, index, account);
  }
}

/** Computes one account, flags or unflags it, and files it anew. */
function look(state: State, index: ShortIndex, account: number): void {
  if (!carriesRisk(state, account)) {
    unfileAccount(index.heap, account);
    return;
  }
  const { health } = state.scratch;
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  index.looked += 1;
  const isShort = health.netEquity < health.maintenanceMargin;
  const wasLiquidating = accountIsLiquidating(state.accounts, account) === 1;
  const isOver = wasLiquidating && health.netEquity >= liquidationEnd(health.maintenanceMargin);
  if (isShort !== wasLiquidating && (isShort || isOver)) setFlag(state, account, isShort);
  // One that is being liquidated is looked at every second.
  const isWatched = accountIsLiquidating(state.accounts, account) === 1;
  fileAccount(index.heap, account, isWatched ? index.odometer : index.odometer + safeRadius(state, account, health));
}

function setFlag(state: State, account: number, isLiquidating: boolean): void {
  const { health } = state.scratch;
  setAccountIsLiquidating(state.accounts, account, isLiquidating ? 1 : 0);
  emit(state.out, events.accountFlagged, {
    account,
    isLiquidating: isLiquidating ? 1 : 0,
    equity: health.netEquity,
    maintenance: health.maintenanceMargin,
  });
  if (isLiquidating) beginCase(state, account);
  else endCase(state, account);
}

/**
 * Looks at one share of all accounts and changes nothing: a bug if one of them is below maintenance and not flagged.
 *
 * @param share - which of the shares, 0 up to `shares`.
 * @param shares - 1 for a full pass.
 * @throws AssertionError when the index missed an account.
 */
export function auditFlags(state: State, share: number, shares: number): void {
  const { accounts, scratch } = state;
  const length = Math.ceil(accounts.used / shares);
  const end = Math.min(accounts.used, (share + 1) * length);
  for (let account = Math.max(FIRST_CUSTOMER_ACCOUNT, share * length); account < end; account += 1) {
    if (accountIsLiquidating(accounts, account) === 1 || !carriesRisk(state, account)) continue;
    computeHealth(state, account, HealthMode.Maintenance, null, scratch.health);
    assert(scratch.health.netEquity >= scratch.health.maintenanceMargin, 'the index misses no account below maintenance');
  }
}

/** Accounts without a position and without a debt have no maintenance margin; a flag of theirs is lifted here too. */
function carriesRisk(state: State, account: number): boolean {
  const { accounts, positions, holdings } = state;
  if (accountIsLiquidating(accounts, account) === 1) return true;
  for (let row = accountPositionHead(accounts, account); row >= 0; row = nextPosition(positions, row))
    if (positionSizeLots(positions, row) !== 0) return true;
  for (let row = accountHoldingHead(accounts, account); row >= 0; row = nextHolding(holdings, row)) if (hasDebt(state, row)) return true;
  return false;
}
