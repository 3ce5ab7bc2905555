/** A pool as the outside sees it. */
import { events, type PoolAnswer } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import type { State } from '../state.ts';
import type { Pool } from './pool.ts';
import { borrowedTotalOf, lentTotalOf } from './pool-totals.ts';
import { throttleBoundOf } from './throttle.ts';
import { ratesOf, utilizationOf } from './utilization.ts';

/** The live figures of every pool. */
export function poolAnswers(state: State): PoolAnswer[] {
  const answers: PoolAnswer[] = [];
  for (const { ix, pool, price } of state.assets) {
    if (pool !== null) answers.push({ ...poolFigures(ix, pool), markPrice: price.mark, throttleBound: throttleBoundOf(pool) });
  }
  return answers;
}

/** Tells a pool's figures: once a minute, and when its state changed. */
export function emitPoolUpdated(state: State, asset: number): void {
  const { pool } = state.assets[asset]!;
  if (pool !== null && state.out.isOn) emit(state.out, events.poolUpdated, poolFigures(asset, pool));
}

function poolFigures(asset: number, pool: Pool) {
  const { borrowRate, lendRate } = ratesOf(pool);
  return {
    asset,
    poolState: pool.poolState,
    lentAtoms: lentTotalOf(pool),
    borrowedAtoms: borrowedTotalOf(pool),
    lendRate,
    borrowRate,
    utilization: utilizationOf(pool),
  };
}
