/** `POST /wapi/v1/capital/withdrawals/delay`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';

/** What {@link createWithdrawalDelay} takes. */
export type CreateWithdrawalDelayParams = {
  /** Delay in hours, at most 720. */
  readonly withdrawalDelayHours: number;
};

/**
 * Sets a first withdrawal delay. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * await createWithdrawalDelay(client, { withdrawalDelayHours: 24 });
 * console.log('withdrawals wait 24 hours');
 */
export function createWithdrawalDelay(client: Client, params: CreateWithdrawalDelayParams, options: WriteOptions = {}): Promise<void> {
  return write(client, 'POST /wapi/v1/capital/withdrawals/delay', 'empty', params, { retry: true, ...options });
}
