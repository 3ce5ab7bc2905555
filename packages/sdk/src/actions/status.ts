/** `GET /api/v1/status`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { StatusAndMessage } from '../types/venue.ts';

/**
 * Asks whether the venue works.
 *
 * @returns its status and a remark for people
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { status: word, message } = await status(client);
 * console.log(word, message ?? '');
 */
export function status(client: Client): Promise<StatusAndMessage> {
  return readPublic(client, '/api/v1/status', 'object');
}
