/** `GET /api/v1/markets`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Market } from '../types/markets.ts';
import type { MarketType } from '../types/words.ts';

/** What {@link markets} takes. */
export type MarketsParams = {
  /** Only markets of these types. */
  readonly marketType?: readonly MarketType[];
};

/**
 * Lists the markets with their tick sizes, lot sizes and margin.
 *
 * @returns all markets
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const listed = await markets(client, { marketType: ['PERP'] });
 * for (const { symbol, filters } of listed) console.log(symbol, 'tick', filters.price.tickSize);
 */
export function markets(client: Client, params: MarketsParams = {}): Promise<Market[]> {
  return readPublic(client, '/api/v1/markets', 'list', params);
}
