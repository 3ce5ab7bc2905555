/** What the venue owes itself between two outside commands: the sequencer issues it before it takes the next. */
import type { State } from '../state.ts';
import { type PendingSlice, pendingSlice } from './pending-slice.ts';

/** Triggers found by the last tick that have not fired yet. */
export interface PendingTriggers {
  kind: 'fireTriggers';
  round: number;
}

/** A command that the sequencer issues by itself. */
export type SystemWork = PendingSlice | PendingTriggers;

/** The internal command that must come next, or null. An epoch goes before triggers: they wait for its last slice. */
export function pendingSystemWork(state: State): SystemWork | null {
  const slice = pendingSlice(state);
  if (slice !== null) return slice;
  return state.counters.dueTriggers > 0 ? { kind: 'fireTriggers', round: state.counters.triggerRound } : null;
}
