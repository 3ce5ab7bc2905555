/** Live capacity of a posting: what it could take now. Public, and what takings are shared by. */
import { MarketType } from '@mochila/protocol';
import { assertSafe } from '@mochila/units';
import { findHolding, netAtomsOf } from '../../ledger/holding-rows.ts';
import { findPosition } from '../../risk/position-rows.ts';
import { positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { offerOf } from './offer.ts';
import { takenInHour, takenInMinute } from './window.ts';

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

/** USDC atoms a carried amount is worth at the mark, rounded up. */
export function carriedNotional(state: State, row: number): number {
  const market = state.markets[state.backstop.market[row]!]!;
  const carried = Math.abs(carriedOf(state, row));
  if (carried === 0) return 0;
  if (market.type === MarketType.PERP) return carried * market.price.markTicks * market.k;
  const { unitAtoms, price } = state.assets[market.base]!;
  return Math.ceil((carried / unitAtoms) * price.mark * state.assets[state.usdc]!.unitAtoms);
}

/**
 * USDC atoms of notional the posting could take now: what is left of its capacity, of the minute and of the hour, and of
 * the multiple of its ring-fenced capital. Its provider's margin is asked beside this.
 */
export function freeCapacity(state: State, row: number): number {
  const offer = offerOf(state, row);
  const carried = carriedNotional(state, row);
  const byCapital = Math.floor(offer.capitalAtoms * state.genesis.liquidation.providerLeverageMax) - carried;
  const inMinute = offer.minuteAtoms - takenInMinute(state, row);
  const inHour = offer.hourAtoms - takenInHour(state, row);
  return Math.max(0, Math.min(offer.notionalAtoms - carried, byCapital, inMinute, inHour));
}
