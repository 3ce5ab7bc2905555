/** Sets the account's own withdrawal delay: longer at once, shorter only when the old delay has passed. */
import { type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { MICROS_PER_HOUR } from '@mochila/units';
import { applyDueDelay } from '../custody/withdrawal-delay.ts';
import { emitAccountUpdated } from '../identity/people.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/** @returns delayRange, or null. */
export function setWithdrawalDelay(state: State, fields: CommandFields<'setWithdrawalDelay'>): Reject | null {
  const { account, delayHours } = fields;
  const max = state.genesis.account.withdrawalDelayHoursMax;
  if (!Number.isInteger(delayHours) || delayHours < 0 || delayHours > max) return reject(state, rejects.delayRange, delayHours, max);
  // Point of no return.
  applyDueDelay(state, account);
  const { accounts } = state;
  const before = accounts.delayHours[account]!;
  if (delayHours >= before) {
    accounts.delayHours[account] = delayHours;
    accounts.pendingDelayHours[account] = -1;
    accounts.pendingDelayAtMicros[account] = 0;
  } else {
    accounts.pendingDelayHours[account] = delayHours;
    accounts.pendingDelayAtMicros[account] = state.timeMicros + before * MICROS_PER_HOUR;
  }
  emitAccountUpdated(state, account);
  return null;
}
