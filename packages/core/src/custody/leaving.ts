/**
 * What everything that leaves an account has to pass (INV-09): withdrawals, and transfers to another
 * account of the user, which would otherwise be a way around.
 */
import { type Reject, rejects } from '@mochila/protocol';
import { accountOfUser } from '../identity/users.ts';
import { accountIsLiquidating, accountUser } from '../ledger/accounts.ts';
import { reject } from '../reject.ts';
import { checkLeaving } from '../risk/check.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { clearProjection } from '../risk/projection.ts';
import type { State } from '../state.ts';
import { countProfitLeft, freshProfitOf, profitAllowed } from './profit-pace.ts';

/** @returns epochOpen while a settlement runs, userLiquidating while any account of the user is being liquidated, or null. */
export function checkDoorOpen(state: State, account: number): Reject | null {
  if (state.settlement.isOpen) return reject(state, rejects.epochOpen);
  const { users } = state.identity;
  const user = accountUser(state.accounts, account);
  for (let sub = 0; sub < users.accountCount[user]!; sub += 1) {
    if (accountIsLiquidating(state.accounts, accountOfUser(users, user, sub)) === 1) return reject(state, rejects.userLiquidating);
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
  const fresh = freshProfitOf(state, account);
  const allowed = profitAllowed(state, account);
  if (profitWithin(state, fresh, health.netEquity, usdcWorth(state, asset, atoms)) <= allowed) return null;
  return reject(state, rejects.profitPace, atoms, leavableAtoms(state, account, asset, atoms, fresh - allowed));
}

/** The part of an amount that is fresh profit: what of the profit the equity left behind no longer covers. USDC atoms. */
function profitWithin(state: State, fresh: number, equityAfterUsd: number, worthAtoms: number): number {
  const covered = Math.floor(Math.max(0, equityAfterUsd) * state.assets[state.usdc]!.unitAtoms);
  return Math.max(0, Math.min(fresh - covered, worthAtoms));
}

/** What an amount is worth in USDC atoms, at the better of mark and index, rounded up: never less than what leaves. */
function usdcWorth(state: State, asset: number, atoms: number): number {
  if (asset === state.usdc) return atoms;
  const { unitAtoms, price } = state.assets[asset]!;
  return Math.ceil((atoms / unitAtoms) * Math.max(price.mark, price.index) * state.assets[state.usdc]!.unitAtoms);
}

/**
 * Atoms of those asked for that may leave: as much as keeps equity for the locked profit, and at least the profit that is
 * let out this hour; values are taken as straight lines.
 */
function leavableAtoms(state: State, account: number, asset: number, atoms: number, lockedAtoms: number): number {
  const { health, healthAfter } = state.scratch;
  computeHealth(state, account, HealthMode.Leaving, null, healthAfter);
  const costUsd = healthAfter.netEquity - health.netEquity;
  const spareUsd = healthAfter.netEquity - lockedAtoms / state.assets[state.usdc]!.unitAtoms;
  const behindEquity = costUsd > 0 && spareUsd > 0 ? (atoms / costUsd) * spareUsd : 0;
  const asProfit = atoms * (profitAllowed(state, account) / usdcWorth(state, asset, atoms));
  return Math.min(atoms, Math.floor(Math.max(behindEquity, asProfit)));
}

/**
 * Counts the fresh profit in an amount that has just left; called after the debit of an amount that passed
 * {@link checkValueLeaving}.
 */
export function noteValueLeft(state: State, account: number, asset: number, atoms: number): void {
  const fresh = freshProfitOf(state, account);
  if (fresh === 0) return;
  const { health } = state.scratch;
  computeHealth(state, account, HealthMode.Leaving, null, health);
  const left = Math.min(profitWithin(state, fresh, health.netEquity, usdcWorth(state, asset, atoms)), profitAllowed(state, account));
  if (left > 0) countProfitLeft(state, account, left);
}
