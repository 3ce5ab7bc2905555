/** Whether paying so much of a debt with a collateral, and the charge for it, brings an account back to liquidation-end. */
import { chargeOfTaken, collateralWeight, liquidationEnd, mmf as mmfOf } from '@mochila/math';
import type { Market } from '../markets.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { createHealth } from '../risk/health.ts';
import { clearProjection } from '../risk/projection.ts';
import type { State } from '../state.ts';
import { type Collateral, collateralFor } from './collateral-of.ts';
import { usdcAsIfSettled } from './exposed-parts.ts';

/** A debt paid with one collateral. */
export interface DebtTaking {
  market: Market;
  /** AssetIx of the debt, and what of it there is in all. */
  asset: number;
  wholeAtoms: number;
  collateral: Collateral;
  /** USDC atoms for the whole debt. */
  chargeAtoms: number;
}

const health = createHealth();

/** @param atoms - of the debt. */
export function restoresWithDebt(state: State, account: number, taking: DebtTaking, atoms: number): boolean {
  const { asset, collateral, wholeAtoms, chargeAtoms } = taking;
  const { projection } = state.scratch;
  const charge = chargeOfTaken(chargeAtoms, Math.min(atoms, wholeAtoms), wholeAtoms);
  clearProjection(projection);
  projection.assetA = asset;
  projection.atomsA = atoms;
  projection.assetB = collateral.asset;
  projection.atomsB = 0 - collateralFor(state, asset, collateral, atoms);
  if (asset === state.usdc) projection.atomsA -= charge;
  else if (collateral.asset === state.usdc) projection.atomsB -= charge;
  computeHealth(state, account, HealthMode.Maintenance, projection, health);
  if (asset !== state.usdc && collateral.asset !== state.usdc) chargeUsdc(state, account, charge);
  return health.netEquity >= liquidationEnd(health.maintenanceMargin);
}

/** A third asset beside the two of a projection: what the charge in USDC changes of equity and maintenance. */
function chargeUsdc(state: State, account: number, chargeAtoms: number): void {
  const { unitAtoms, listing } = state.assets[state.usdc]!;
  const atoms = usdcAsIfSettled(state, account);
  const before = atoms / unitAtoms;
  const after = (atoms - chargeAtoms) / unitAtoms;
  const value = (usd: number): number => (usd >= 0 ? usd * collateralWeight(listing.weight, usd) : usd);
  const margin = (usd: number): number => (usd >= 0 ? 0 : -usd * mmfOf(-usd, listing.borrowMmf.base, listing.borrowMmf.factor));
  health.netEquity += value(after) - value(before);
  health.maintenanceMargin += margin(after) - margin(before);
}
