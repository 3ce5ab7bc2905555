/** The waiting time of withdrawals. */
import { type AccountAnswer, commands } from '@mochila/protocol';
import type { WithdrawalDelay } from '../schemas/capital-answers.ts';
import { type CallerContext, carryOut, headerOf } from './carry-out.ts';
import { writeIso } from './write-decimals.ts';

/** Tells whether an account has a delay, now or to come. */
export function hasDelay({ withdrawalDelayHours, pendingWithdrawalDelayHours }: AccountAnswer): boolean {
  return withdrawalDelayHours > 0 || pendingWithdrawalDelayHours > 0;
}

/** The delay as the interface answers it. */
export function delayAnswer(account: AccountAnswer): WithdrawalDelay {
  const { withdrawalDelayHours, pendingWithdrawalDelayHours, pendingWithdrawalDelayAtMicros } = account;
  const isPending = pendingWithdrawalDelayHours >= 0 && pendingWithdrawalDelayAtMicros > 0;
  return {
    currentWithdrawalDelayHours: withdrawalDelayHours,
    pendingWithdrawalDelayHours: isPending ? pendingWithdrawalDelayHours : null,
    pendingWithdrawalDelayHoursEnabledAt: isPending ? writeIso(pendingWithdrawalDelayAtMicros) : null,
  };
}

/** Sets the delay of the caller's account. @throws ApiError when it is refused. */
export async function setDelay(context: CallerContext, delayHours: number): Promise<void> {
  const fields = { ...commands.setWithdrawalDelay.defaults, ...headerOf(context), delayHours };
  await carryOut(context, { command: { name: 'setWithdrawalDelay', fields }, about: {} });
}
