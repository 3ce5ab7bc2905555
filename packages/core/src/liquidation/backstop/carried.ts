/** What a provider still carries of what it took. */
import { MarketType } from '@mochila/protocol';
import { assertSafe } from '@mochila/units';
import { findHolding, netAtomsOf } from '../../ledger/holding-rows.ts';
import { findPosition } from '../../risk/position-rows.ts';
import { positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';

/**
 * What the provider still carries of what it took, signed: never more than it holds in that direction. Lots of a
 * perpetual, atoms of a spot market's base.
 */
export function carriedOf(state: State, row: number): number {
  return withinHeld(state.backstop.carried[row]!, heldOf(state, row));
}

/** Counts a taking that has just moved: `amount` is part of what the provider holds now. */
export function carryMore(state: State, row: number, amount: number): void {
  const { carried } = state.backstop;
  carried[row] = assertSafe(withinHeld(carried[row]!, heldOf(state, row) - amount) + amount);
}

function withinHeld(took: number, held: number): number {
  if (took === 0) return 0;
  return took > 0 ? Math.max(0, Math.min(took, held)) : Math.min(0, Math.max(took, held));
}

function heldOf(state: State, row: number): number {
  const { backstop, positions } = state;
  const account = backstop.account[row]!;
  const market = state.markets[backstop.market[row]!]!;
  if (market.type === MarketType.PERP) {
    const position = findPosition(state, account, market.ix);
    return position < 0 ? 0 : positionSizeLots(positions, position);
  }
  const holding = findHolding(state, account, market.base);
  return holding < 0 ? 0 : netAtomsOf(state, holding);
}
