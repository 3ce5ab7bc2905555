/**
 * The fill guard (accounts.md 5): prices move while orders rest, so before each fill both sides are projected with it.
 * INV-11: no fill leaves either side below maintenance unless it raised that side's margin fraction.
 */
import { ExpiryReason, MarketType, Side } from '@mochila/protocol';
import { OrderFlag } from '../book/order-flags.ts';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { findHolding, freeAtomsOf, ownedAtomsOf, roomForCredit } from '../ledger/holding-rows.ts';
import { holdingHeld } from '../ledger/holdings.ts';
import { checkBorrow } from '../lending/borrow-checks.ts';
import type { Market } from '../markets.ts';
import { projectionLowersRisk, staysAboveInitial, staysAboveMaintenance } from '../risk/check.ts';
import type { State } from '../state.ts';
import type { FillSums } from './fill-sums.ts';
import { payAssetOf } from './open-orders.ts';
import { projectFill } from './project-fill.ts';

/** Why this may not happen for the maker, or ExpiryReason.None. */
export function guardMaker(state: State, market: Market, makerSlot: number, sums: FillSums): number {
  const { orders } = state;
  if (market.type === MarketType.SPOT) {
    const reason = guardFunds(state, market, makerSlot, sums);
    if (reason !== ExpiryReason.None) return reason;
  }
  projectFill(state, market, orders.side[makerSlot]!, sums.lots, sums.notional, sums.fee, sums.fromBookLots);
  const maker = orders.account[makerSlot]!;
  // Whatever the fund offers it gives back, between mark and index: that goes on when it is short of margin.
  return maker === FUND_ACCOUNT || staysAboveMaintenance(state, maker) ? ExpiryReason.None : ExpiryReason.InsufficientMargin;
}

/** Why this may not happen for the taker, or ExpiryReason.None. */
export function guardTaker(state: State, market: Market, takerSlot: number, sums: FillSums, lowersRisk: boolean): number {
  const { orders } = state;
  const account = orders.account[takerSlot]!;
  if (market.type === MarketType.SPOT) {
    const reason = guardFunds(state, market, takerSlot, sums);
    if (reason !== ExpiryReason.None) return reason;
  }
  projectFill(state, market, orders.side[takerSlot]!, sums.lots, sums.notional, sums.fee, sums.fromBookLots);
  if (staysAboveInitial(state, account)) return ExpiryReason.None;
  if (!lowersRisk) return ExpiryReason.InsufficientMargin;
  return staysAboveMaintenance(state, account) && projectionLowersRisk(state, account)
    ? ExpiryReason.None
    : ExpiryReason.InsufficientMargin;
}

/** A spot side must be able to pay (from what is there, by redeeming, or by borrowing if the order may) and to hold what it gets. */
function guardFunds(state: State, market: Market, slot: number, sums: FillSums): number {
  const { orders } = state;
  const account = orders.account[slot]!;
  const side = orders.side[slot]!;
  const flags = orders.flags[slot]!;
  const asset = payAssetOf(market, side);
  const needed = spotPayAtoms(market, side, sums);
  if (roomForCredit(state, account, side === Side.Bid ? market.base : market.quote) < spotGetAtoms(market, side, sums))
    return ExpiryReason.Unknown;
  const row = findHolding(state, account, asset);
  const isRedeemOff = (flags & OrderFlag.AutoLendRedeemOff) !== 0;
  const owned = row < 0 ? 0 : isRedeemOff ? freeAtomsOf(state, row) : ownedAtomsOf(state, row);
  if ((flags & OrderFlag.AutoBorrow) === 0) {
    const heldElsewhere = row < 0 ? 0 : Math.max(0, holdingHeld(state.holdings, row) - sums.holdAtoms);
    return owned - heldElsewhere >= needed ? ExpiryReason.None : ExpiryReason.InsufficientFunds;
  }
  if (owned >= needed) return ExpiryReason.None;
  if (isRedeemOff && row >= 0 && ownedAtomsOf(state, row) > owned) return ExpiryReason.BorrowRequiresLendRedeem;
  const refused = checkBorrow(state, account, asset, needed - owned + sums.borrowedBefore);
  return refused === null ? ExpiryReason.None : ExpiryReason.InsufficientBorrowableQuantity;
}

/** What a spot side pays, in atoms of what it pays with; a seller's fee comes out of the proceeds. */
export function spotPayAtoms(market: Market, side: number, sums: FillSums): number {
  return side === Side.Ask ? sums.lots * market.lotAtoms : sums.notional + sums.fee;
}

function spotGetAtoms(market: Market, side: number, sums: FillSums): number {
  return side === Side.Ask ? sums.notional - sums.fee : sums.lots * market.lotAtoms;
}
