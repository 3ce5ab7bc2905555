/** `GET /api/v1/backstop/capacity`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { BackstopCapacity } from '../types/backstop.ts';

/**
 * Shows what all backstop providers offer together, live.
 *
 * @returns one row for each market
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, providers, free } of await backstopCapacity(client)) console.log(symbol, providers, free);
 */
export function backstopCapacity(client: Client): Promise<BackstopCapacity[]> {
  return readPublic(client, '/api/v1/backstop/capacity', 'list');
}
