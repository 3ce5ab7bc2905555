/** What the sequencer has to issue next so that an open epoch goes on. */
import type { State } from '../state.ts';

/** The next slice of the open epoch. */
export interface PendingSlice {
  kind: 'settleSlice';
  epoch: number;
  fromAccount: number;
  toAccount: number;
}

/** The slice that must come next, of `settleSliceAccounts` accounts at most; null when no epoch is open. */
export function pendingSlice(state: State): PendingSlice | null {
  const { settlement } = state;
  if (!settlement.isOpen) return null;
  return { kind: 'settleSlice', epoch: settlement.epoch, fromAccount: settlement.nextAccount, toAccount: sliceEnd(state) };
}

/** Account after the last of the next slice. */
export function sliceEnd(state: State): number {
  const { settlement, genesis } = state;
  return Math.min(settlement.nextAccount + genesis.limits.settleSliceAccounts, settlement.accounts);
}
