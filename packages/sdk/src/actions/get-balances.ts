/** `GET /api/v1/capital`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { Balance } from '../types/capital.ts';

/**
 * Reads the balances of the account.
 *
 * @returns available, locked and staked by asset
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const [asset, { available }] of Object.entries(await getBalances(client))) console.log(asset, available);
 */
export function getBalances(client: Client): Promise<Record<string, Balance>> {
  return readSigned(client, 'GET /api/v1/capital', 'object');
}
