/**
 * The fill guard (accounts.md 5): prices move while orders rest, so before each fill both sides are projected with it.
 * INV-11: no fill leaves either side below maintenance unless it raised that side's margin fraction.
 */
import { tradeFee } from '@mochila/math';
import { ExpiryReason, MarketType, Side } from '@mochila/protocol';
import { asAtoms, asPpm } from '@mochila/units';
import { OrderFlag } from '../book/order-flags.ts';
import { feePpm } from '../identity/fee-tiers.ts';
import { findHolding, freeAtomsOf, ownedAtomsOf } from '../ledger/holding-rows.ts';
import { checkBorrow } from '../lending/borrow-checks.ts';
import type { Market } from '../markets.ts';
import { projectionLowersRisk, staysAboveInitial, staysAboveMaintenance } from '../risk/check.ts';
import type { State } from '../state.ts';
import { payAssetOf } from './open-orders.ts';
import { projectFill } from './project-fill.ts';

/** Why this fill may not happen for the maker, or ExpiryReason.None. @param lots - of this fill, plus any of the same maker before it in a dry run. */
export function guardMaker(state: State, market: Market, makerSlot: number, lots: number, priceTicks: number): number {
  const { orders } = state;
  const account = orders.account[makerSlot]!;
  const side = orders.side[makerSlot]!;
  const ratePpm = feePpm(state, state.accounts.user[account]!, market.type === MarketType.SPOT, true);
  if (market.type === MarketType.SPOT) {
    const reason = guardFunds(state, market, makerSlot, lots, priceTicks, ratePpm, orders.holdAtoms[makerSlot]!);
    if (reason !== ExpiryReason.None) return reason;
  }
  const isReduceOnly = (orders.flags[makerSlot]! & OrderFlag.ReduceOnly) !== 0;
  projectFill(state, market, side, lots, priceTicks, ratePpm, isReduceOnly ? 0 : lots);
  return staysAboveMaintenance(state, account) ? ExpiryReason.None : ExpiryReason.InsufficientMargin;
}

/** Why this fill may not happen for the taker, or ExpiryReason.None. */
export function guardTaker(
  state: State, market: Market, takerSlot: number, lots: number, priceTicks: number, lowersRisk: boolean,
): number {
  const { orders } = state;
  const account = orders.account[takerSlot]!;
  const ratePpm = feePpm(state, state.accounts.user[account]!, market.type === MarketType.SPOT, false);
  if (market.type === MarketType.SPOT) {
    const reason = guardFunds(state, market, takerSlot, lots, priceTicks, ratePpm, 0);
    if (reason !== ExpiryReason.None) return reason;
  }
  projectFill(state, market, orders.side[takerSlot]!, lots, priceTicks, ratePpm, 0);
  if (staysAboveInitial(state, account)) return ExpiryReason.None;
  if (!lowersRisk) return ExpiryReason.InsufficientMargin;
  return staysAboveMaintenance(state, account) && projectionLowersRisk(state, account) ? ExpiryReason.None : ExpiryReason.InsufficientMargin;
}

/** A spot side must be able to pay: from what is there, by redeeming, or by borrowing if the order may. */
function guardFunds(state: State, market: Market, slot: number, lots: number, priceTicks: number, ratePpm: number, ownHold: number): number {
  const { orders } = state;
  const account = orders.account[slot]!;
  const side = orders.side[slot]!;
  const flags = orders.flags[slot]!;
  const asset = payAssetOf(market, side);
  const needed = payAtoms(market, side, lots, priceTicks, ratePpm);
  const row = findHolding(state, account, asset);
  const isRedeemOff = (flags & OrderFlag.AutoLendRedeemOff) !== 0;
  const owned = row < 0 ? 0 : isRedeemOff ? freeAtomsOf(state, row) : ownedAtomsOf(state, row);
  if ((flags & OrderFlag.AutoBorrow) === 0) {
    const heldElsewhere = row < 0 ? 0 : Math.max(0, state.holdings.held[row]! - ownHold);
    return owned - heldElsewhere >= needed ? ExpiryReason.None : ExpiryReason.InsufficientFunds;
  }
  if (owned >= needed) return ExpiryReason.None;
  if (isRedeemOff && row >= 0 && ownedAtomsOf(state, row) > owned) return ExpiryReason.BorrowRequiresLendRedeem;
  return checkBorrow(state, account, asset, needed - owned) === null ? ExpiryReason.None : ExpiryReason.InsufficientBorrowableQuantity;
}

/** What a spot side pays for a fill, in atoms of what it pays with; a seller's fee comes out of the proceeds. */
function payAtoms(market: Market, side: number, lots: number, priceTicks: number, ratePpm: number): number {
  if (side === Side.Ask) return lots * market.lotAtoms;
  const notional = priceTicks * lots * market.k;
  return notional + tradeFee(asAtoms(notional), asPpm(ratePpm));
}
