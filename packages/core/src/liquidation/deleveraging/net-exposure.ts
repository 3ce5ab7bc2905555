/** An account's net exposure in one asset: what hedges what (liquidation rules 3). */
import { MarketType } from '@mochila/protocol';
import { accountHoldingHead, accountPositionHead } from '../../ledger/accounts.ts';
import { netAtomsOf } from '../../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../../ledger/holdings.ts';
import { nextPosition, positionMarket, positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';

/**
 * Units of an asset an account is long (short negative) in all: spot and lends less debts, perpetuals on it, and what is
 * redeemed for it, by value at the marks. O(positions and assets of the account).
 */
export function netExposureUnits(state: State, account: number, base: number): number {
  const { holdings, positions } = state;
  let units = 0;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = holdingAsset(holdings, row);
    if (isOf(state, asset, base)) units += (netAtomsOf(state, row) / state.assets[asset]!.unitAtoms) * perBase(state, asset, base);
  }
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const market = state.markets[positionMarket(positions, row)]!;
    if (market.type !== MarketType.PERP || positionSizeLots(positions, row) === 0) continue;
    if (isOf(state, market.base, base)) units += positionSizeLots(positions, row) * market.lotSize * perBase(state, market.base, base);
  }
  return units;
}

/** True when an asset is a root, or redeemed for it in the end. */
function isOf(state: State, asset: number, root: number): boolean {
  return asset === root || rootOf(state, asset) === root;
}

/** Asset that an asset is redeemed for in the end; itself when it is not redeemable. */
export function rootOf(state: State, asset: number): number {
  let root = asset;
  for (let step = 0; step < state.assets.length; step += 1) {
    const { redemption } = state.assets[root]!.listing;
    if (redemption === null) return root;
    root = state.assets.findIndex(({ symbol }) => symbol === redemption.underlying);
  }
  return root;
}

function perBase(state: State, asset: number, base: number): number {
  if (asset === base) return 1;
  const { mark } = state.assets[base]!.price;
  return mark > 0 ? state.assets[asset]!.price.mark / mark : 0;
}
