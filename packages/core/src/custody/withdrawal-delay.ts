/** The withdrawal delay of an account: its own or the venue's, whichever is longer; shortening waits for the old one. */
import type { State } from '../state.ts';

/** Hours a withdrawal asked for now waits; the shortening that is due counted. Writes nothing. */
export function delayHoursOf(state: State, account: number): number {
  const { accounts } = state;
  const isDue = accounts.pendingDelayHours[account]! >= 0 && accounts.pendingDelayAtMicros[account]! <= state.timeMicros;
  const own = isDue ? accounts.pendingDelayHours[account]! : accounts.delayHours[account]!;
  return Math.max(own, state.genesis.account.withdrawalDelayHours);
}

/** Writes a shortening that is due. */
export function applyDueDelay(state: State, account: number): void {
  const { accounts } = state;
  if (accounts.pendingDelayHours[account]! < 0 || accounts.pendingDelayAtMicros[account]! > state.timeMicros) return;
  accounts.delayHours[account] = accounts.pendingDelayHours[account]!;
  accounts.pendingDelayHours[account] = -1;
  accounts.pendingDelayAtMicros[account] = 0;
}
