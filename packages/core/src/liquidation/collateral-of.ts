/**
 * What an account owns that can pay a debt of it, and what of it is worth how much of the debt: each at the worse for the
 * account of mark and index, as positions are, so that nobody is handed a mark that lags (ADR 0026).
 */
import { collateralWeight } from '@mochila/math';
import { MarketType, PriceGrade } from '@mochila/protocol';
import type { Asset } from '../assets.ts';
import { accountHoldingHead } from '../ledger/accounts.ts';
import { findHolding, ownedAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../ledger/holdings.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';
import { netAsIfSettled } from './exposed-parts.ts';

/** An asset that is owned. */
export interface Collateral {
  asset: number;
  /** Atoms that can be given away. */
  atoms: number;
}

/** Assets that can pay a debt, the least haircut cost first, ties by asset. A stale one is not given away. */
export function collateralsOf(state: State, account: number, debtAsset: number): Collateral[] {
  const { holdings } = state;
  const found: (Collateral & { cost: number })[] = [];
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const ix = holdingAsset(holdings, row);
    const asset = state.assets[ix]!;
    if (ix === debtAsset || asset.price.grade === PriceGrade.Stale) continue;
    const atoms = givableAtoms(state, account, ix);
    if (atoms <= 0) continue;
    const value = (atoms / asset.unitAtoms) * asset.price.mark;
    found.push({ asset: ix, atoms, cost: 1 - collateralWeight(asset.listing.weight, value) });
  }
  const order = found.map((_, at) => at).sort((a, b) => found[a]!.cost - found[b]!.cost || a - b);
  return order.map((at) => ({ asset: found[at]!.asset, atoms: found[at]!.atoms }));
}

/** Atoms of an asset that can be given away now: owned, and not needed for what settles next; 0 or less when there are none. */
export function givableAtoms(state: State, account: number, asset: number): number {
  const row = findHolding(state, account, asset);
  return row < 0 ? 0 : Math.min(ownedAtomsOf(state, row), netAsIfSettled(state, account, asset));
}

/** Spot market whose postings stand for a debt: that of the debt's asset, for a debt of USDC that of the collateral; null without one. */
export function marketOfDebt(state: State, debtAsset: number, collateralAsset: number): Market | null {
  const base = debtAsset === state.usdc ? collateralAsset : debtAsset;
  return state.markets.find((market) => market.type === MarketType.SPOT && market.base === base && market.quote === state.usdc) ?? null;
}

/** Atoms of collateral of equal value, rounded up, against the account; no more than there is. */
export function collateralFor(state: State, debtAsset: number, collateral: Collateral, debtAtoms: number): number {
  const debt = state.assets[debtAsset]!;
  const given = state.assets[collateral.asset]!;
  const units = ((debtAtoms / debt.unitAtoms) * owedPrice(debt)) / givenPrice(given);
  return Math.min(collateral.atoms, Math.ceil(units * given.unitAtoms));
}

/** Atoms of debt that all of a collateral is worth, rounded down. */
export function debtOfOwned(state: State, debtAsset: number, collateral: Collateral): number {
  const debt = state.assets[debtAsset]!;
  const given = state.assets[collateral.asset]!;
  const units = ((collateral.atoms / given.unitAtoms) * givenPrice(given)) / owedPrice(debt);
  return Math.floor(units * debt.unitAtoms);
}

/** USD price at which an asset is given away: the lower of mark and index. */
function givenPrice({ price }: Asset): number {
  return price.index > 0 ? Math.min(price.mark, price.index) : price.mark;
}

/** USD price at which a debt is counted when it is taken over: the higher of mark and index. */
function owedPrice({ price }: Asset): number {
  return Math.max(price.mark, price.index);
}
