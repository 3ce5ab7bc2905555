/**
 * Settlement, funding, fees and fills may use money that spot orders hold (accounts.md 3). In the same command the
 * orders no longer covered are cancelled, newest first; orders with autoBorrow are covered by margin instead.
 */
import { ExpiryReason, MarketType } from '@mochila/protocol';
import { OrderFlag } from '../book/order-flags.ts';
import { accountPositionHead } from '../ledger/accounts.ts';
import { ownedAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAccount, holdingAsset, holdingHeld } from '../ledger/holdings.ts';
import { nextPosition, positionMarket, positionOrderHead } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { expireSlot } from './end-order.ts';
import { payAssetOf } from './open-orders.ts';

/** Cancels what the touched holdings of this command no longer cover. Runs before the frame closes. */
export function cancelUncoveredOfTouched(state: State): void {
  const { holdings, scratch } = state;
  // Expiring an order touches no holding that is not in the list already, so the count stays.
  for (let at = 0; at < scratch.touchedHoldingCount; at += 1) {
    const row = scratch.touchedHoldings[at]!;
    const held = holdingHeld(holdings, row);
    if (held > 0 && held > ownedAtomsOf(state, row))
      cancelUncovered(state, holdingAccount(holdings, row), holdingAsset(holdings, row), row);
  }
}

function cancelUncovered(state: State, account: number, asset: number, holdingRow: number): void {
  for (;;) {
    const owned = ownedAtomsOf(state, holdingRow);
    const found = newestHolding(state, account, asset);
    if (found.slot < 0 || found.heldAtoms <= owned) return;
    expireSlot(state, found.slot, ExpiryReason.InsufficientFunds);
  }
}

/** The newest order without autoBorrow that holds the asset, and what all of those hold together. */
function newestHolding(state: State, account: number, asset: number): { slot: number; heldAtoms: number } {
  const { positions, orders } = state;
  let slot = -1;
  let heldAtoms = 0;
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const market = state.markets[positionMarket(positions, row)]!;
    if (market.type !== MarketType.SPOT) continue;
    for (let at = positionOrderHead(positions, row); at >= 0; at = orders.accountNext[at]!) {
      if (orders.holdAtoms[at] === 0 || payAssetOf(market, orders.side[at]!) !== asset) continue;
      if ((orders.flags[at]! & OrderFlag.AutoBorrow) !== 0) continue;
      heldAtoms += orders.holdAtoms[at]!;
      // Lists run from oldest to newest, so among equals the later one is the newer.
      if (slot < 0 || orders.createdAtMicros[at]! >= orders.createdAtMicros[slot]!) slot = at;
    }
  }
  return { slot, heldAtoms };
}
