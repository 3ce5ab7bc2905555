/** How an account stands to an asset, and what it is worth: what its winners are ranked by, and what hedges what (liquidation rules 3). */
import { MarketType } from '@mochila/protocol';
import { accountHoldingHead, accountPositionHead } from '../../ledger/accounts.ts';
import { netAtomsOf } from '../../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../../ledger/holdings.ts';
import { lastMarkTicks } from '../../risk/position-rows.ts';
import { nextPosition, positionMarket, positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';

/** Figures of an account. */
export interface Standing {
  /**
   * Units of the asset it is long (short negative) in all: spot and lends less debts, perpetuals on it, and what is redeemed
   * for it, by value at the marks.
   */
  netUnits: number;
  /** USD that it owns less what it owes at the marks, weights 1, as if settled now: the real equity of its health. */
  realEquity: number;
}

/**
 * Works both out in one walk, since a close ranks every position of a market. O(positions and assets of the account).
 *
 * @param base - an asset that is redeemed for no other.
 */
export function standIn(state: State, account: number, base: number, out: Standing): void {
  out.netUnits = 0;
  let usdcAtoms = 0;
  const { holdings, positions, usdc } = state;
  out.realEquity = 0;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = holdingAsset(holdings, row);
    const atoms = netAtomsOf(state, row);
    const units = atoms / state.assets[asset]!.unitAtoms;
    if (asset === usdc) usdcAtoms += atoms;
    else out.realEquity += units * state.assets[asset]!.price.mark;
    if (isOf(state, asset, base)) out.netUnits += units * perBase(state, asset, base);
  }
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const size = positionSizeLots(positions, row);
    const market = state.markets[positionMarket(positions, row)]!;
    if (market.type !== MarketType.PERP || size === 0) continue;
    usdcAtoms += size * (market.price.markTicks - lastMarkTicks(state, account, market.ix)) * market.k;
    if (isOf(state, market.base, base)) out.netUnits += size * market.lotSize * perBase(state, market.base, base);
  }
  out.realEquity += usdcAtoms / state.assets[usdc]!.unitAtoms;
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
