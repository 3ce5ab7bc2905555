/**
 * When withdrawals go to the custodian: after their delay, and no faster than the daily guard of deposits allows: those
 * that would take them below three quarters of the one-day average wait in a queue, smallest first. A user's
 * first 10,000 USD of a day never wait, and nothing waits for longer than the day the average speaks of.
 */
import { WithdrawalStatus } from '@mochila/protocol';
import { MICROS_PER_DAY } from '@mochila/units';
import { depositsGuard } from '../lending/deposits-guard.ts';
import type { State } from '../state.ts';
import { emitWithdrawal, isOpen, releaseRow } from './withdrawal-rows.ts';

/** USD a user may withdraw a day past the guard. */
const UNGUARDED_USD_PER_DAY = 10_000;
const NO_BYTES = new Uint8Array(0);

/** Releases what is due; called by every tick. O(1) when nothing waits, else linear in open withdrawals per release. */
export function releaseWithdrawals(state: State): void {
  const { withdrawals } = state;
  if (withdrawals.delayed === 0) return;
  for (let row = 0; row < withdrawals.used; row += 1) {
    if (isDue(state, row) && isUnguarded(state, row)) release(state, row);
  }
  for (const asset of state.assets) {
    let row = smallestGuarded(state, asset.ix);
    while (row >= 0 && isWithinGuard(state, row)) {
      release(state, row);
      row = smallestGuarded(state, asset.ix);
    }
  }
}

/** Releases a withdrawal that has just been opened, when nothing holds it back. Tells nothing. */
export function releaseAtOnce(state: State, row: number): void {
  if (!isDue(state, row)) return;
  if (isUnguarded(state, row) || (isWithinGuard(state, row) && smallestGuarded(state, state.withdrawals.asset[row]!) === row))
    releaseRow(state, row);
}

function release(state: State, row: number): void {
  releaseRow(state, row);
  emitWithdrawal(state, row, WithdrawalStatus.Pending, NO_BYTES);
}

function isDue(state: State, row: number): boolean {
  const { withdrawals } = state;
  if (!isOpen(withdrawals, row) || withdrawals.status[row] !== WithdrawalStatus.Delayed) return false;
  return withdrawals.releaseAtMicros[row]! <= state.timeMicros;
}

function isUnguarded(state: State, row: number): boolean {
  const { withdrawals } = state;
  return withdrawals.isGuarded[row] === 0 || withdrawals.releaseAtMicros[row]! + MICROS_PER_DAY <= state.timeMicros;
}

/** Due row of the asset that waits for the guard and is smallest, the oldest of equals; -1 none. */
function smallestGuarded(state: State, asset: number): number {
  const { withdrawals } = state;
  let best = -1;
  for (let row = 0; row < withdrawals.used; row += 1) {
    if (withdrawals.asset[row] !== asset || !isDue(state, row) || withdrawals.isGuarded[row] === 0) continue;
    if (best < 0 || isSmaller(state, row, best)) best = row;
  }
  return best;
}

function isSmaller(state: State, row: number, other: number): boolean {
  const { quantityAtoms, id } = state.withdrawals;
  if (quantityAtoms[row] !== quantityAtoms[other]) return quantityAtoms[row]! < quantityAtoms[other]!;
  return id[row]! < id[other]!;
}

/** True when the deposits still with the venue, the queue included, stay above the guard once this one is gone. */
function isWithinGuard(state: State, row: number): boolean {
  const { withdrawals } = state;
  const asset = withdrawals.asset[row]!;
  let others = -withdrawals.quantityAtoms[row]!;
  for (let other = 0; other < withdrawals.used; other += 1) {
    if (withdrawals.asset[other] !== asset || !isOpen(withdrawals, other) || withdrawals.status[other] !== WithdrawalStatus.Delayed)
      continue;
    others += withdrawals.quantityAtoms[other]!;
  }
  return depositsGuard(state, asset, -others);
}

/**
 * Takes a withdrawal out of the user's daily amount that never waits, when it fits.
 *
 * @param usd - what it is worth.
 * @returns true when it does.
 */
export function takeUnguarded(state: State, user: number, usd: number): boolean {
  const { users } = state.identity;
  const day = Math.floor(state.timeMicros / MICROS_PER_DAY);
  const before = users.freeReleaseDay[user] === day ? users.freeReleaseUsd[user]! : 0;
  if (before + usd > UNGUARDED_USD_PER_DAY) return false;
  users.freeReleaseDay[user] = day;
  users.freeReleaseUsd[user] = before + usd;
  return true;
}
