/** `GET /api/v1/assets`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { MarketAsset } from '../types/markets.ts';

/**
 * Lists the assets and the chains they come from.
 *
 * @returns all assets
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, tokens } of await assets(client)) console.log(symbol, tokens.map(({ blockchain }) => blockchain).join(' '));
 */
export function assets(client: Client): Promise<MarketAsset[]> {
  return readPublic(client, '/api/v1/assets', 'list');
}
