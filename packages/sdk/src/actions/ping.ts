/** `GET /api/v1/ping`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';

/**
 * Asks whether the venue answers at all.
 *
 * @returns the word `pong`
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * console.log(await ping(client));
 */
export function ping(client: Client): Promise<string> {
  return readPublic(client, '/api/v1/ping', 'text');
}
