/** Free cash: the one place that changes it, keeping the totals of the asset with it. */
import { assert, assertSafe } from '@mochila/units';
import type { Asset } from '../assets.ts';
import { totalOf } from '../lending/pool-totals.ts';
import type { State } from '../state.ts';
import { holdingFree, setHoldingFree } from './holdings.ts';

const FOLD_AT = 2 ** 51;

/** Adds to a row's free atoms; negative takes. */
export function changeFree(state: State, asset: Asset, row: number, atoms: number): void {
  const free = assertSafe(holdingFree(state.holdings, row) + atoms);
  assert(free >= 0, 'free cash is not negative');
  setHoldingFree(state.holdings, row, free);
  asset.frameCash = assertSafe(asset.frameCash + atoms);
  if (Math.abs(asset.freePending) >= FOLD_AT) foldFree(asset);
  asset.freePending = assertSafe(asset.freePending + atoms);
}

/** Brings the exact total of free cash up to date and returns it, in atoms. */
export function foldFree(asset: Asset): bigint {
  asset.freeAtoms += BigInt(asset.freePending);
  asset.freePending = 0;
  return asset.freeAtoms;
}

/** Free cash of all accounts as the nearest double: for policy and display, never for balances. */
export function freeTotalOf(asset: Asset): number {
  return totalOf(asset.freeAtoms, asset.freePending);
}
