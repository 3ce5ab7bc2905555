/** `GET /wapi/v1/capital/withdrawals/delay`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { WithdrawalDelay } from '../types/capital.ts';

/**
 * Reads how long withdrawals wait.
 *
 * @returns the delay now and the one to come
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * console.log(await getWithdrawalDelay(client));
 */
export function getWithdrawalDelay(client: Client): Promise<WithdrawalDelay> {
  return readSigned(client, 'GET /wapi/v1/capital/withdrawals/delay', 'object');
}
