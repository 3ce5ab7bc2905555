/** `GET /api/v1/backstop`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { BackstopPosting } from '../types/backstop.ts';

/**
 * Shows what the account offers to take over in liquidation, and what of it is used.
 *
 * @returns one posting for each market
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, carried, free } of await getBackstop(client)) console.log(symbol, carried, free);
 */
export function getBackstop(client: Client): Promise<BackstopPosting[]> {
  return readSigned(client, 'GET /api/v1/backstop', 'list');
}
