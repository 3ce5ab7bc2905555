/** The lending pool of one asset (lending rules): state as plain data. Functions live in the other files of this folder. */
import type { PoolListing } from '@mochila/protocol';
import { createIndexLimbs, INDEX_SCALE, type IndexLimbs } from '@mochila/units';

/** One asset's pool. */
export interface Pool {
  listing: PoolListing;
  poolState: number;
  /** Scaled 1e18, never fall except when lenders lose (lending rules 5). */
  lendIndex: bigint;
  borrowIndex: bigint;
  /** Hot forms of the two, refreshed whenever they change. */
  readonly lendLimbs: IndexLimbs;
  readonly borrowLimbs: IndexLimbs;
  /** Atoms lent and borrowed in the venue: exact integers, interest included. */
  lentAtoms: bigint;
  borrowedAtoms: bigint;
  /** Changes of the two since they were last folded, as guarded numbers: the hot path adds here. */
  lentPending: number;
  borrowedPending: number;
  /** Sum of all holdings' shares in pico-shares (whole * 1e12 + pico), and changes not yet folded. */
  lendShares: bigint;
  borrowShares: bigint;
  lendSharesPendingWhole: number;
  lendSharesPendingPico: number;
  borrowSharesPendingWhole: number;
  borrowSharesPendingPico: number;
  /** Throttle (lending rules 3): utilisation at the start of the running minute, and that minute. */
  throttleMinute: number;
  throttleStart: number;
  /** One-day average of borrowed, in atoms as a double, for the daily guard. */
  averageBorrowed: number;
  /** Millionths of an atom of the venue's share not yet a whole atom. */
  feeRemainder: number;
  /** lentAtoms - borrowedAtoms as they were last folded. */
  foldedCash: number;
  /** True when lent or borrowed changed in the running frame. */
  isMoved: boolean;
  /** Queue of forced lends, by row of holdings; -1 empty. */
  forcedHead: number;
  forcedTail: number;
}

/** A pool with nothing in it. */
export function createPool(listing: PoolListing): Pool {
  return {
    listing,
    poolState: 0,
    lendIndex: INDEX_SCALE,
    borrowIndex: INDEX_SCALE,
    lendLimbs: createIndexLimbs(INDEX_SCALE),
    borrowLimbs: createIndexLimbs(INDEX_SCALE),
    lentAtoms: 0n,
    borrowedAtoms: 0n,
    lentPending: 0,
    borrowedPending: 0,
    lendShares: 0n,
    borrowShares: 0n,
    lendSharesPendingWhole: 0,
    lendSharesPendingPico: 0,
    borrowSharesPendingWhole: 0,
    borrowSharesPendingPico: 0,
    throttleMinute: 0,
    throttleStart: 0,
    averageBorrowed: 0,
    feeRemainder: 0,
    foldedCash: 0,
    isMoved: false,
    forcedHead: -1,
    forcedTail: -1,
  };
}
