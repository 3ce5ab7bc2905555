/** The daily guard of deposits (lending rules 3): what would take them far below their average waits. */
import type { Asset } from '../assets.ts';
import { freeTotalOf } from '../ledger/free-cash.ts';
import type { State } from '../state.ts';
import { lentTotalOf } from './pool-totals.ts';

const KEPT_FRACTION = 0.75;

/** True when deposits of the asset, free and lent, stay at or above 75 % of their one-day average after the atoms left; else they queue. */
export function depositsGuard(state: State, asset: number, atoms: number): boolean {
  const entry = state.assets[asset]!;
  return depositsOf(entry) - atoms >= KEPT_FRACTION * entry.averageDeposits;
}

/** Deposits of an asset, free and lent, as the nearest double. */
export function depositsOf(asset: Asset): number {
  return freeTotalOf(asset) + (asset.pool === null ? 0 : lentTotalOf(asset.pool));
}
