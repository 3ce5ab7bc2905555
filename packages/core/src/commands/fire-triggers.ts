/** Fires the triggers found by the last tick, lowest order id first, at most 1,000 a command. */
import type { CommandFields, Reject } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { fireDueTriggers } from '../matching/triggers.ts';
import type { State } from '../state.ts';

/** @throws AssertionError when it is not the round that is due: the sequencer issues what `pendingSystemWork` says. */
export function fireTriggers(state: State, fields: CommandFields<'fireTriggers'>): Reject | null {
  assert(fields.round === state.counters.triggerRound, 'rounds of triggers come in order');
  // Point of no return.
  state.counters.triggerRound += 1;
  fireDueTriggers(state);
  return null;
}
