/** Settles the open epoch for a fixed range of accounts (perpetuals rules 4). */
import type { CommandFields, Reject } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { closePass } from '../settlement/epoch.ts';
import { sliceEnd } from '../settlement/pending-slice.ts';
import { settleRange } from '../settlement/settle-range.ts';
import type { State } from '../state.ts';

/**
 * Applies the next slice; the last one closes the epoch. The sequencer issues what `pendingSystemWork` says, so
 * anything else is a bug.
 *
 * @throws AssertionError when it is not the next slice.
 */
export function applySettleSlice(state: State, command: CommandFields<'settleSlice'>): Reject | null {
  const { settlement } = state;
  assert(settlement.isOpen, 'a slice belongs to an open epoch');
  assert(command.epoch === settlement.epoch, 'a slice names the open epoch');
  assert(command.fromAccount === settlement.nextAccount, 'slices come in order');
  assert(command.toAccount === sliceEnd(state), 'a slice is as long as the configuration says');
  state.scratch.shortIndex.isSettling = !settlement.isFunding;
  settleRange(state, command.fromAccount, command.toAccount);
  settlement.nextAccount = command.toAccount;
  if (settlement.nextAccount === settlement.accounts) closePass(state);
  return null;
}
