/** The odometer of the index of accounts near their maintenance: how far prices and debts have moved (liquidation rules 1). */
import { MarketType } from '@mochila/protocol';
import type { State } from '../state.ts';
import type { ShortIndex } from './short-index.ts';

/**
 * Moves the odometer by the largest relative move of a price since the last time, `abs(new - old) / min(new, old)`, plus the
 * largest growth of a debt by interest, plus the largest fall of a lend by bad debt.
 */
export function advanceOdometer(state: State): void {
  const index = state.scratch.shortIndex;
  let largest = 0;
  for (const { ix, type, price } of state.markets) {
    if (type !== MarketType.PERP) continue;
    largest = Math.max(largest, moveOf(index, index.perpMarks, ix, price.markTicks));
  }
  let growth = 0;
  let loss = 0;
  for (const { ix, price, pool } of state.assets) {
    largest = Math.max(largest, moveOf(index, index.assetMarks, ix, price.mark));
    if (pool === null) continue;
    growth = Math.max(growth, moveOf(index, index.borrowIndexes, ix, Number(pool.borrowIndex)));
    loss = Math.max(loss, fallOf(index.lendIndexes, ix, Number(pool.lendIndex)));
  }
  index.odometer += largest + growth + loss;
}

/** Only bad debt lowers what is lent: what it earns makes nobody short. */
function fallOf(seen: Float64Array, at: number, now: number): number {
  const before = seen[at]!;
  seen[at] = now;
  return now > 0 && now < before ? (before - now) / now : 0;
}

function moveOf(index: ShortIndex, seen: Float64Array, at: number, now: number): number {
  const before = seen[at]!;
  if (now === before) return 0;
  seen[at] = now;
  if (before > 0 && now > 0) return Math.abs(now - before) / Math.min(now, before);
  // A first price: nobody's radius knows it.
  index.isAllChanged = true;
  return 0;
}
