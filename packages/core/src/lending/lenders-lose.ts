/** Bad debt that reaches the lenders, last of all (lending rules 5). */
import { divBigDown, divBigUp, scaleIndexDown } from '@mochila/math';
import { events } from '@mochila/protocol';
import { assert, assertSafe, refreshIndexLimbs } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import { ownedAtomsOf, touchHolding } from '../ledger/holding-rows.ts';
import { holdingAsset, holdingHeld } from '../ledger/holdings.ts';
import { LEND_INDEX_MIN } from '../limits.ts';
import type { State } from '../state.ts';
import { changeLentTotal, foldPool } from './pool-totals.ts';

const SHARE_INDEX_SCALE = 10n ** 30n;

/**
 * Most that the lenders of an asset can still lose: all but a hundredth of what their shares began with, and an atom.
 *
 * @returns atoms, 0 or more
 */
export function lossMax(state: State, asset: number): number {
  const { pool } = state.assets[asset]!;
  assert(pool !== null, 'what is owed is owed to a pool');
  foldPool(pool);
  const keptAtoms = divBigUp(pool.lentAtoms * LEND_INDEX_MIN, pool.lendIndex);
  return Math.max(0, Number(pool.lentAtoms - (keptAtoms > 1n ? keptAtoms : 1n)));
}

/**
 * Lowers every lend of an asset in proportion, once, by `atoms` together, rounded against the lenders. In the frame the lenders
 * have paid: the caller gives the same atoms to whoever owes them, by `receive` in the mode Repay.
 *
 * @param atoms - at least 1, at most {@link lossMax}.
 */
export function lendersLose(state: State, asset: number, atoms: number): void {
  const entry = state.assets[asset]!;
  const { pool } = entry;
  assert(state.scratch.isFrameOpen, 'money moves only inside a frame');
  assert(pool !== null, 'lenders of an asset lend to its pool');
  foldPool(pool);
  const before = pool.lentAtoms;
  assert(BigInt(atoms) < before, 'lenders lose less than they lend');
  changeLentTotal(pool, -atoms);
  foldPool(pool);
  const scaled = scaleIndexDown(pool.lendIndex, before, pool.lentAtoms);
  const covered = divBigDown(pool.lentAtoms * SHARE_INDEX_SCALE, pool.lendShares);
  pool.lendIndex = scaled < covered ? scaled : covered;
  refreshIndexLimbs(pool.lendLimbs, pool.lendIndex);
  entry.frameNet = assertSafe(entry.frameNet - atoms);
  state.scratch.isMoneyMoved = true;
  touchUncovered(state, asset);
  emit(state.out, events.lendersLost, { asset, amountAtoms: atoms });
}

/** Lenders whose spot orders hold more than they own now: the end of the command cancels these (INV-05). O(holdings). */
function touchUncovered(state: State, asset: number): void {
  const { holdings } = state;
  for (let row = 0; row < holdings.used; row += 1) {
    if (holdingAsset(holdings, row) !== asset || holdingHeld(holdings, row) === 0) continue;
    if (holdingHeld(holdings, row) > ownedAtomsOf(state, row)) touchHolding(state, row);
  }
}
