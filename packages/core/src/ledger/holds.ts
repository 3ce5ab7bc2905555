/** Holds: what open spot orders reserve out of free + lent (accounts rules 3). A hold moves nothing; held money keeps earning. */
import { assert, assertSafe } from '@mochila/units';
import type { State } from '../state.ts';
import { ensureHolding, findHolding, touchHolding } from './holding-rows.ts';
import { holdingHeld, setHoldingHeld } from './holdings.ts';

/** Reserves atoms for an order. The caller checked that they are there, or that the order may borrow. */
export function addHold(state: State, account: number, asset: number, atoms: number): void {
  if (atoms === 0) return;
  assert(atoms > 0, 'a hold reserves a positive amount');
  const row = ensureHolding(state, account, asset);
  touchHolding(state, row);
  setHoldingHeld(state.holdings, row, assertSafe(holdingHeld(state.holdings, row) + atoms));
}

/** Gives back what an order reserved, or the part a fill used. */
export function releaseHold(state: State, account: number, asset: number, atoms: number): void {
  if (atoms === 0) return;
  assert(atoms > 0, 'a released hold is a positive amount');
  const row = findHolding(state, account, asset);
  assert(row >= 0, 'INV-05: a released hold was made');
  assert(holdingHeld(state.holdings, row) >= atoms, 'INV-05: no more is released than is held');
  touchHolding(state, row);
  setHoldingHeld(state.holdings, row, holdingHeld(state.holdings, row) - atoms);
}
