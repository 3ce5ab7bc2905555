/**
 * Free credits against the pool (accounts rules 3): a credit becomes free cash only as far as the pool stays within
 * maxUtilization on the frame's net; what is beyond repays the account's debt or becomes lent, whatever its settings.
 *
 * The frame's net of an asset is the cash it takes out of the pool: change of free cash less what came from outside. Frames of
 * one settlement epoch count together, through `clearingCash`, so that cash losers paid in one slice reaches winners in the next.
 */
import { BorrowLendSource } from '@mochila/protocol';
import type { Asset } from '../assets.ts';
import type { Pool } from '../lending/pool.ts';
import { excessOf } from '../lending/utilization.ts';
import type { State } from '../state.ts';
import { enqueueForcedLend } from './forced-lends.ts';
import { changeFree } from './free-cash.ts';
import { touchHolding } from './holding-rows.ts';
import { holdingAsset, holdingFree } from './holdings.ts';
import { lendAct, repayAct } from './lending-acts.ts';

/** Judges the free credits of the frame before it closes. What was judged is judged no more: a second call finds only what came after. */
export function settleFreeCredits(state: State): void {
  for (const asset of state.assets) if (asset.frameCash !== 0 || asset.isClearingMoved) settleAsset(state, asset);
  state.scratch.ledger.creditCount = 0;
}

function settleAsset(state: State, asset: Asset): void {
  let taken = asset.frameCash + (asset.isClearingMoved ? asset.clearingCash : 0);
  if (taken > 0 && asset.pool !== null) taken -= forceCredits(state, asset, asset.pool, taken);
  if (asset.isClearingMoved) asset.clearingCash = asset.clearingAtoms === 0 ? 0 : taken;
  asset.frameCash = 0;
}

/** Takes free credits back into the pool, the newest first, until it is within its bound; returns the atoms taken. */
function forceCredits(state: State, asset: Asset, pool: Pool, taken: number): number {
  const { ledger } = state.scratch;
  let left = taken;
  for (let at = ledger.creditCount - 1; at >= 0 && left > 0; at -= 1) {
    const row = ledger.creditRow[at]!;
    if (holdingAsset(state.holdings, row) !== asset.ix) continue;
    const excess = excessOf(asset, pool);
    if (excess <= 0) break;
    const atoms = Math.min(excess, left, ledger.creditAtoms[at]!, holdingFree(state.holdings, row));
    if (atoms > 0) forceCredit(state, asset, pool, row, atoms);
    left -= atoms;
  }
  return taken - left;
}

function forceCredit(state: State, asset: Asset, pool: Pool, row: number, atoms: number): void {
  touchHolding(state, row);
  changeFree(state, asset, row, -atoms);
  const repaid = repayAct(state, pool, row, atoms, BorrowLendSource.AutoBorrowRepay, 0);
  if (repaid === atoms) return;
  lendAct(state, pool, row, atoms - repaid, BorrowLendSource.AutoLend, 0);
  enqueueForcedLend(state, pool, row, atoms - repaid);
}
