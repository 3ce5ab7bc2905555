/** `GET /api/v1/account`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { AccountSummary } from '../types/account.ts';

/**
 * Reads the settings, fees and limits of the account.
 *
 * @returns the account
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { futuresTakerFee, leverageLimit } = await getAccount(client);
 * console.log(futuresTakerFee, leverageLimit);
 */
export function getAccount(client: Client): Promise<AccountSummary> {
  return readSigned(client, 'GET /api/v1/account', 'object');
}
