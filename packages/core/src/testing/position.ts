/** Positions set straight into the table, in pairs so that sizes over a market sum to zero. */
import { noteRow } from '../risk/open-rows.ts';
import { ensurePosition } from '../risk/position-rows.ts';
import { positionSizeLots, setPositionSizeLots } from '../risk/positions.ts';
import { noteChanged } from '../risk/short-index.ts';
import type { State } from '../state.ts';

/** Moves `lots` of a market from the seller to the buyer, without money: as if traded at the last mark of both. */
export function tradeLots(state: State, market: number, buyer: number, seller: number, lots: number): void {
  changeSize(state, market, buyer, lots);
  changeSize(state, market, seller, 0 - lots);
}

function changeSize(state: State, market: number, account: number, lots: number): void {
  const { positions } = state;
  const row = ensurePosition(state, account, market);
  const before = positionSizeLots(positions, row);
  setPositionSizeLots(positions, row, before + lots);
  noteChanged(state.scratch.shortIndex, account);
  noteRow(state.scratch.openRows, positions, row);
  state.markets[market]!.openInterestLots += Math.max(0, before + lots) - Math.max(0, before);
}
