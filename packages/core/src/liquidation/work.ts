/**
 * What the running command of liquidation has done, so that it ends when that is enough and orders go in between. Counted, never
 * timed: a replay ends its commands at the same places.
 */
import { WORK_PER_LIQUIDATION, WORK_PER_MOVE } from '../limits.ts';
import type { State } from '../state.ts';

/** Counts healths computed, about a microsecond each. */
export function spendWork(state: State, healths: number): void {
  const { work } = state.scratch;
  if (work.seq !== state.seq) {
    work.seq = state.seq;
    work.healths = 0;
  }
  work.healths += healths;
}

/** Positions that the command may still move; 0 when it did enough. The first thing a command does always fits. */
export function movesLeft(state: State): number {
  const { work, touchedPositionCount } = state.scratch;
  const healths = work.seq === state.seq ? work.healths : 0;
  const left = WORK_PER_LIQUIDATION - healths - touchedPositionCount * WORK_PER_MOVE;
  return Math.max(0, Math.ceil(left / WORK_PER_MOVE));
}
