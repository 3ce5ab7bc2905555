/** Finding and touching position rows; the only place that links them. */
import { assert } from '@mochila/units';
import type { State } from '../state.ts';
import { isTableFull, takeRow } from '../table.ts';
import { forgetOrderLoss } from './order-loss.ts';

/** `askTicksMin` of a row without asks. */
export const TICKS_NONE = 2_147_483_647;

/** Row of (account, market), or -1. Linear in the account's markets: a handful. */
export function findPosition(state: State, account: number, market: number): number {
  const { positions } = state;
  let row = state.accounts.positionHead[account]!;
  while (row >= 0 && positions.market[row]! < market) row = positions.next[row]!;
  return row >= 0 && positions.market[row] === market ? row : -1;
}

/** True when `count` more rows fit; asked before a point of no return. */
export function hasRoomForPositions(state: State, count: number): boolean {
  const { positions } = state;
  return positions.capacity - positions.live >= count && (count === 0 || !isTableFull(positions));
}

/** Row of (account, market), made if there is none. The caller asked {@link hasRoomForPositions}. */
export function ensurePosition(state: State, account: number, market: number): number {
  const { positions, accounts } = state;
  let before = -1;
  let row = accounts.positionHead[account]!;
  while (row >= 0 && positions.market[row]! < market) {
    before = row;
    row = positions.next[row]!;
  }
  if (row >= 0 && positions.market[row] === market) return row;
  const made = takeRow(positions);
  positions.account[made] = account;
  positions.market[made] = market;
  positions.next[made] = row;
  positions.bidTicksMax[made] = 0;
  positions.askTicksMin[made] = TICKS_NONE;
  positions.orderHead[made] = -1;
  positions.orderTail[made] = -1;
  positions.profitHour[made] = -1;
  positions.stamp[made] = -1;
  forgetOrderLoss(state, made);
  if (before < 0) accounts.positionHead[account] = made;
  else positions.next[before] = made;
  return made;
}

/** Lists a row as touched by the running command, once, with the size it had before. */
export function touchPosition(state: State, row: number): void {
  const { positions, scratch } = state;
  if (positions.stamp[row] === state.seq) return;
  positions.stamp[row] = state.seq;
  const at = scratch.touchedPositionCount;
  assert(at < scratch.touchedPositions.length, 'every position row can be touched once');
  scratch.touchedPositions[at] = row;
  scratch.touchedPositionSizes[at] = positions.sizeLots[row]!;
  scratch.touchedPositionCount = at + 1;
}

/**
 * Ticks of the mark this account's positions in a market were last settled at (accounts.md 4): a property of market and
 * epoch, so both sides of a fill share it once both are settled to the open epoch.
 */
export function lastMarkTicks(state: State, account: number, market: number): number {
  const { price } = state.markets[market]!;
  return state.accounts.settledEpoch[account] === state.settlement.epoch ? price.settleTicks : price.settleTicksBefore;
}
