/**
 * The index that finds accounts below maintenance (liquidation rules 1): an odometer of price moves and interest, each
 * account filed at the reading up to which it is safe, and a list of those whose money or positions changed.
 *
 * Working memory, not state: what it finds does not depend on when an account was last looked at, so after a restore it
 * begins with a look at everyone.
 */
import { createRadiusHeap, type RadiusHeap } from './radius-heap.ts';

/** The index; columns have one row per account, market or asset. */
export interface ShortIndex {
  odometer: number;
  readonly heap: RadiusHeap;
  /** Accounts that changed since the last look, each once. */
  readonly changed: Int32Array;
  changedCount: number;
  readonly isChanged: Uint8Array;
  /** Everyone is to be looked at: after a restore, or new parameters. */
  isAllChanged: boolean;
  /** Settlement of P&L changes no figure of health: what it touches is not listed. */
  isSettling: boolean;
  /** What the odometer saw last: marks of perpetuals in ticks, marks of assets in USD, indexes of pools. */
  readonly perpMarks: Float64Array;
  readonly assetMarks: Float64Array;
  readonly borrowIndexes: Float64Array;
  readonly lendIndexes: Float64Array;
  /** Accounts whose health the last look computed: for the metrics and the bench. */
  looked: number;
}

/** Makes the index of a new or restored venue. */
export function createShortIndex(sizes: { accounts: number; markets: number; assets: number }): ShortIndex {
  return {
    odometer: 0,
    heap: createRadiusHeap(sizes.accounts),
    changed: new Int32Array(sizes.accounts),
    changedCount: 0,
    isChanged: new Uint8Array(sizes.accounts),
    isAllChanged: true,
    isSettling: false,
    perpMarks: new Float64Array(sizes.markets),
    assetMarks: new Float64Array(sizes.assets),
    borrowIndexes: new Float64Array(sizes.assets),
    lendIndexes: new Float64Array(sizes.assets),
    looked: 0,
  };
}

/** Lists an account whose money or position changed: the next look computes it anew. Hot. */
export function noteChanged(index: ShortIndex, account: number): void {
  if (index.isChanged[account] === 1 || index.isSettling) return;
  index.isChanged[account] = 1;
  index.changed[index.changedCount] = account;
  index.changedCount += 1;
}

/** The next look is at everyone: something changed that all healths may depend on. */
export function noteAllChanged(index: ShortIndex): void {
  index.isAllChanged = true;
}
