/** What the venue owes itself between two outside commands: the sequencer issues it before it takes the next. */
import { type PendingTurns, pendingTurns } from '../liquidation/pending-turns.ts';
import type { State } from '../state.ts';
import { type PendingSlice, pendingSlice } from './pending-slice.ts';

/** Triggers found by the last tick that have not fired yet. */
export interface PendingTriggers {
  kind: 'fireTriggers';
  round: number;
}

/** A command that the sequencer issues by itself. */
export type SystemWork = PendingSlice | PendingTurns | PendingTriggers;

/** The internal command that must come next, or null. In the order of perpetuals rules 7: settlement, funding, liquidation, triggers. */
export function pendingSystemWork(state: State): SystemWork | null {
  const slice = pendingSlice(state);
  if (slice !== null) return slice;
  const turns = pendingTurns(state);
  if (turns !== null) return turns;
  return state.counters.dueTriggers > 0 ? { kind: 'fireTriggers', round: state.counters.triggerRound } : null;
}
