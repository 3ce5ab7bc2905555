/** `GET /api/v1/time`. */
import type { Client } from '../client.ts';
import { NetworkFault } from '../faults.ts';
import { readPublic } from '../request.ts';

/**
 * Asks the venue for its clock.
 *
 * @returns Unix milliseconds
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const skewMs = (await time(client)) - Date.now();
 */
export async function time(client: Client): Promise<number> {
  const text = await readPublic<string>(client, '/api/v1/time', 'text');
  if (/^\d{10,16}$/.test(text)) return Number(text);
  throw new NetworkFault(`GET /api/v1/time answered "${text}", which is no time. Is ${client.url} a venue?`);
}
