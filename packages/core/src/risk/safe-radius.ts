/** How far prices can move before an account can be short: what lets the index look at few accounts (liquidation rules 1). */
import { mmf } from '@mochila/math';
import { accountHoldingHead } from '../ledger/accounts.ts';
import { debtAtomsOf, findHolding, hasDebt, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, holdingFree, nextHolding } from '../ledger/holdings.ts';
import type { State } from '../state.ts';
import type { Health } from './health.ts';

/** Taken off every radius: the rounding of the sums it is made from. */
const ROUNDING = 1e-9;
/** An atom of USDC for each of a thousand settlements. */
const SETTLEMENTS_USD = 0.001;
const ATOMS_OF_A_DEBT = 4;

/**
 * The safe radius `b / (L + b)` of an account: as long as the odometer has moved by less, its net equity is not below its
 * maintenance margin.
 *
 * Why. The odometer adds `abs(new - old) / min(new, old)` of the price that moved most, so after a distance d every price
 * stands between `e^-d` and `e^d` times the old one, and `e^d - 1 <= d / (1 - d)`. With that as x, each perp's value moves by
 * at most `notional * x`, each debt's by `debt * x`, collateral by at most its value times x (weights fall slower than
 * values rise), maintenance by 1.5 times itself times x (`factor * sqrt(n) * n` grows with the power 1.5), and a perp's loss
 * may become a USDC borrow with a maintenance of its own. Their sum is at most `L * x`, which reaches b at
 * `d = b / (L + b)`. Debts grow by interest, which the odometer adds as if it were a price; a debt whose asset also lies free
 * counts by the net in a health, but its interest is that of the whole, so it stands in L once more. Lends fall by bad debt,
 * which the odometer adds likewise: they are collateral, but for USDC lent against an unrealised loss, which stands in L by
 * itself. Amounts are whole atoms: what rounding may take between two looks is kept out of b.
 *
 * @param health - of the account, at the mark.
 * @returns distance of the odometer, 0 to 1; 0 for an account below maintenance.
 */
export function safeRadius(state: State, account: number, health: Health): number {
  const buffer = health.netEquity - health.maintenanceMargin - roundingUsd(state, account);
  if (buffer <= 0) return 0;
  // Open orders count in the exposure: it is never less than the notional.
  const perps = health.futuresExposure;
  const { base, factor } = state.assets[state.usdc]!.listing.borrowMmf;
  const usdcMmf = mmf(2 * (perps + health.borrowLiability), base, factor);
  const slope = perps * (1 + usdcMmf) + health.borrowLiability + 1.5 * health.maintenanceMargin + health.collateral;
  const netted = nettedDebts(state, account) + nettedLend(state, account, health.unrealisedPnl) * (1 + 1.5 * usdcMmf);
  return (buffer / (slope + netted + buffer)) * (1 - ROUNDING);
}

/** USD of lent USDC that is no collateral, since an unrealised loss stands against it. */
function nettedLend(state: State, account: number, unrealised: number): number {
  const row = findHolding(state, account, state.usdc);
  if (row < 0 || unrealised >= 0) return 0;
  const { unitAtoms } = state.assets[state.usdc]!;
  const missing = Math.max(0, 0 - unrealised - holdingFree(state.holdings, row) / unitAtoms);
  return Math.min(lentAtomsOf(state, row) / unitAtoms, missing);
}

/** What the interest of debts weighs that a health nets with money of the same asset; for USDC every debt, since P&L is netted too. */
function nettedDebts(state: State, account: number): number {
  const { holdings } = state;
  let weight = 0;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const ix = holdingAsset(holdings, row);
    if (!hasDebt(state, row) || (ix !== state.usdc && holdingFree(holdings, row) === 0)) continue;
    const { price, unitAtoms, listing } = state.assets[ix]!;
    const value = (debtAtomsOf(state, row) / unitAtoms) * price.mark;
    weight += value * (1 + 1.5 * mmf(value, listing.borrowMmf.base, listing.borrowMmf.factor));
  }
  return weight;
}

/** USD that whole atoms may take from an account between two looks: of its debts, rounded up, and of many settlements. */
function roundingUsd(state: State, account: number): number {
  const { holdings } = state;
  let usd = SETTLEMENTS_USD;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    if (!hasDebt(state, row)) continue;
    const { price, unitAtoms } = state.assets[holdingAsset(holdings, row)]!;
    usd += (ATOMS_OF_A_DEBT * price.mark) / unitAtoms;
  }
  return usd;
}
