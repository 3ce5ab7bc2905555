/** The next turns of the accounts that are being liquidated (liquidation rules 2). */
import type { CommandFields, Reject } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { runTurns } from '../liquidation/run-second.ts';
import type { State } from '../state.ts';

/** @throws AssertionError when it is not the round that is due: the sequencer issues what `pendingSystemWork` says. */
export function liquidate(state: State, fields: CommandFields<'liquidate'>): Reject | null {
  assert(!state.settlement.isOpen, 'liquidation waits for the last slice of a settlement');
  assert(fields.second === state.liquidation.second, 'turns belong to the last second');
  assert(fields.round === state.liquidation.round, 'rounds of turns come in order');
  // Point of no return.
  runTurns(state);
  return null;
}
