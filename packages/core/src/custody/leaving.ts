/**
 * What everything that leaves an account has to pass (INV-09): withdrawals, and transfers to another
 * account of the user, which would otherwise be a way around.
 */
import { type Reject, rejects } from '@mochila/protocol';
import { accountOfUser } from '../identity/users.ts';
import { reject } from '../reject.ts';
import { checkLeaving } from '../risk/check.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { clearProjection } from '../risk/projection.ts';
import type { State } from '../state.ts';
import { countProfitLeft, freshProfitOf, profitStillLocked } from './profit-pace.ts';

/** @returns epochOpen while a settlement runs, userLiquidating while any account of the user is being liquidated, or null. */
export function checkDoorOpen(state: State, account: number): Reject | null {
  if (state.settlement.isOpen) return reject(state, rejects.epochOpen);
  const { users } = state.identity;
  const user = state.accounts.user[account]!;
  for (let sub = 0; sub < users.accountCount[user]!; sub += 1) {
    if (state.accounts.isLiquidating[accountOfUser(users, user, sub)] === 1) return reject(state, rejects.userLiquidating);
  }
  return null;
}

/**
 * Judges an amount about to leave, at the worst of mark, index and stable price. Leaves `state.scratch.projection` set.
 *
 * @param atoms - at least 1.
 * @returns leavingMargin, profitPace with the atoms that may leave, or null.
 */
export function checkValueLeaving(state: State, account: number, asset: number, atoms: number): Reject | null {
  const { projection, health } = state.scratch;
  clearProjection(projection);
  projection.assetA = asset;
  projection.atomsA = -atoms;
  const refused = checkLeaving(state, account);
  if (refused !== null) return refused;
  const lockedAtoms = profitStillLocked(state, account);
  const lockedUsd = lockedAtoms / state.assets[state.usdc]!.unitAtoms;
  if (lockedAtoms === 0 || health.netEquity >= lockedUsd) return null;
  return reject(state, rejects.profitPace, atoms, leavableAtoms(state, account, atoms, lockedUsd));
}

/** Atoms of those asked for that leave equity for the locked profit; the collateral weight is taken as a straight line. */
function leavableAtoms(state: State, account: number, atoms: number, lockedUsd: number): number {
  const { health, healthAfter } = state.scratch;
  computeHealth(state, account, HealthMode.Leaving, null, healthAfter);
  const costUsd = healthAfter.netEquity - health.netEquity;
  const spareUsd = healthAfter.netEquity - lockedUsd;
  return costUsd > 0 && spareUsd > 0 ? Math.min(atoms, Math.floor((atoms / costUsd) * spareUsd)) : 0;
}

/**
 * Counts the fresh profit in an amount that has just left; called after the debit of an amount that passed
 * {@link checkValueLeaving}.
 */
export function noteValueLeft(state: State, account: number, asset: number, atoms: number): void {
  const fresh = freshProfitOf(state, account);
  if (fresh === 0) return;
  const { health } = state.scratch;
  const usdcUnit = state.assets[state.usdc]!.unitAtoms;
  computeHealth(state, account, HealthMode.Leaving, null, health);
  const uncovered = fresh - Math.floor(Math.max(0, health.netEquity) * usdcUnit);
  const { unitAtoms, price } = state.assets[asset]!;
  const value = asset === state.usdc ? atoms : Math.ceil((atoms / unitAtoms) * Math.max(price.mark, price.index) * usdcUnit);
  const left = Math.min(uncovered, value, fresh - profitStillLocked(state, account));
  if (left > 0) countProfitLeft(state, account, left);
}
