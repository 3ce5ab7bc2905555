/** `PATCH /wapi/v1/capital/withdrawals/delay`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { WithdrawalDelay } from '../types/capital.ts';

/** What {@link updateWithdrawalDelay} takes. */
export type UpdateWithdrawalDelayParams = {
  /** Delay in hours, at most 720. */
  readonly withdrawalDelayHours: number;
};

/**
 * Changes the withdrawal delay; a shorter one takes effect after the old one has passed. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @returns the delay now and the one to come
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * await createWithdrawalDelay(client, { withdrawalDelayHours: 24 });
 * console.log(await updateWithdrawalDelay(client, { withdrawalDelayHours: 48 }));
 */
export function updateWithdrawalDelay(
  client: Client,
  params: UpdateWithdrawalDelayParams,
  options: WriteOptions = {},
): Promise<WithdrawalDelay> {
  return write(client, 'PATCH /wapi/v1/capital/withdrawals/delay', 'object', params, { retry: true, ...options });
}
