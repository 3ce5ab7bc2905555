/** `GET /api/v1/fund`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Fund } from '../types/backstop.ts';

/**
 * Shows the liquidity and insurance fund.
 *
 * @returns its size, its limit and what it has taken over
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { balance, maxNotional, markets } = await getFund(client);
 * console.log(balance, maxNotional, markets.length);
 */
export function getFund(client: Client): Promise<Fund> {
  return readPublic(client, '/api/v1/fund', 'object');
}
