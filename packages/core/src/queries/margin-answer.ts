/** Balances and the account's risk at the mark, in the shapes people ask for. */
import { collateralWeight } from '@mochila/math';
import type { CollateralAnswer, HoldingAnswer, MarginAnswer } from '@mochila/protocol';
import { accountHoldingHead, accountIsLiquidating } from '../ledger/accounts.ts';
import { debtAtomsOf, hasDebt, hasLend, lentAtomsOf, ownedAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, holdingFree, holdingHeld, nextHolding } from '../ledger/holdings.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { createHealth } from '../risk/health.ts';
import type { State } from '../state.ts';

/** Answers every asset an account has something of. */
export function holdingAnswers(state: State, account: number): HoldingAnswer[] {
  const { holdings } = state;
  const rows: HoldingAnswer[] = [];
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const lentAtoms = lentAtomsOf(state, row);
    const debtAtoms = debtAtomsOf(state, row);
    if (holdingFree(holdings, row) === 0 && lentAtoms === 0 && debtAtoms === 0 && holdingHeld(holdings, row) === 0) continue;
    rows.push({
      asset: holdingAsset(holdings, row),
      freeAtoms: holdingFree(holdings, row),
      lentAtoms,
      debtAtoms,
      heldAtoms: holdingHeld(holdings, row),
      interestAtoms: interestOf(state, row),
      positionId: holdings.openedSeq[row]!,
    });
  }
  return rows;
}

/** Interest since the lend or debt was opened, the running hour included: positive for lends, negative for debts. */
export function interestOf(state: State, row: number): number {
  const { holdings } = state;
  if (hasLend(state, row)) return holdings.interest[row]! + lentAtomsOf(state, row) - holdings.base[row]!;
  if (hasDebt(state, row)) return -(Math.abs(holdings.interest[row]!) + debtAtomsOf(state, row) - holdings.base[row]!);
  return 0;
}

/** Answers equity and requirements of an account in USD, and its collateral asset by asset. */
export function marginAnswer(state: State, account: number): MarginAnswer {
  const maintenance = createHealth();
  const placing = createHealth();
  computeHealth(state, account, HealthMode.Maintenance, null, maintenance);
  computeHealth(state, account, HealthMode.Placing, null, placing);
  return {
    assetsValue: maintenance.assets,
    borrowLiability: maintenance.borrowLiability,
    liabilitiesValue: maintenance.borrowLiability,
    netEquity: maintenance.netEquity,
    realEquity: maintenance.realEquity,
    initialMargin: placing.initialMargin,
    maintenanceMargin: maintenance.maintenanceMargin,
    equityAvailable: placing.netEquity - placing.initialMargin,
    totalExposure: maintenance.totalExposure,
    netExposureFutures: maintenance.futuresExposure,
    unrealisedPnl: maintenance.unrealisedPnl,
    collateral: collateralAnswers(state, account),
    isLiquidating: accountIsLiquidating(state.accounts, account) === 1,
  };
}

function collateralAnswers(state: State, account: number): CollateralAnswer[] {
  const { holdings } = state;
  const rows: CollateralAnswer[] = [];
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = state.assets[holdingAsset(holdings, row)]!;
    const totalAtoms = ownedAtomsOf(state, row);
    if (totalAtoms === 0) continue;
    const markPrice = asset.price.mark;
    const balanceNotional = (totalAtoms / asset.unitAtoms) * markPrice;
    const weight = collateralWeight(asset.listing.weight, balanceNotional);
    rows.push({
      asset: asset.ix,
      markPrice,
      totalAtoms,
      balanceNotional,
      weight,
      value: balanceNotional * weight,
      heldAtoms: holdingHeld(holdings, row),
      lentAtoms: lentAtomsOf(state, row),
      freeAtoms: holdingFree(holdings, row),
    });
  }
  return rows;
}
