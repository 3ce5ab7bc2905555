/** Finding and touching position rows; the only place that links them. */
import { assert } from '@mochila/units';
import { accountPositionHead, accountSettledEpoch, setAccountPositionHead } from '../ledger/accounts.ts';
import type { State } from '../state.ts';
import { isTableFull, takeRow } from '../table.ts';
import { forgetOrderLoss } from './order-loss.ts';
import {
  nextPosition,
  positionMarket,
  positionSizeLots,
  positionStamp,
  setNextPosition,
  setPositionAccount,
  setPositionAskTicksMin,
  setPositionBidTicksMax,
  setPositionMarket,
  setPositionOrderHead,
  setPositionOrderTail,
  setPositionProfitHour,
  setPositionStamp,
} from './positions.ts';

/** `askTicksMin` of a row without asks. */
export const TICKS_NONE = 2_147_483_647;

/** Row of (account, market), or -1. Linear in the account's markets: a handful. */
export function findPosition(state: State, account: number, market: number): number {
  const { positions } = state;
  let row = accountPositionHead(state.accounts, account);
  while (row >= 0 && positionMarket(positions, row) < market) row = nextPosition(positions, row);
  return row >= 0 && positionMarket(positions, row) === market ? row : -1;
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
  let row = accountPositionHead(accounts, account);
  while (row >= 0 && positionMarket(positions, row) < market) {
    before = row;
    row = nextPosition(positions, row);
  }
  if (row >= 0 && positionMarket(positions, row) === market) return row;
  const made = takeRow(positions);
  setPositionAccount(positions, made, account);
  setPositionMarket(positions, made, market);
  setNextPosition(positions, made, row);
  setPositionBidTicksMax(positions, made, 0);
  setPositionAskTicksMin(positions, made, TICKS_NONE);
  setPositionOrderHead(positions, made, -1);
  setPositionOrderTail(positions, made, -1);
  setPositionProfitHour(positions, made, -1);
  forgetOrderLoss(state, made);
  if (before < 0) setAccountPositionHead(accounts, account, made);
  else setNextPosition(positions, before, made);
  return made;
}

/** Lists a row as touched by the running command, once, with the size it had before. */
export function touchPosition(state: State, row: number): void {
  const { positions, scratch } = state;
  if (positionStamp(positions, row) !== 0) return;
  setPositionStamp(positions, row, 1);
  const at = scratch.touchedPositionCount;
  assert(at < scratch.touchedPositions.length, 'every position row can be touched once');
  scratch.touchedPositions[at] = row;
  scratch.touchedPositionSizes[at] = positionSizeLots(positions, row);
  scratch.touchedPositionCount = at + 1;
}

/**
 * Ticks of the mark this account's positions in a market were last settled at (accounts.md 4): a property of market and
 * epoch, so both sides of a fill share it once both are settled to the open epoch.
 */
export function lastMarkTicks(state: State, account: number, market: number): number {
  const { price } = state.markets[market]!;
  return accountSettledEpoch(state.accounts, account) === state.settlement.epoch ? price.settleTicks : price.settleTicksBefore;
}
