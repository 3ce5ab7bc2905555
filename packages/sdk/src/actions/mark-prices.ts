/** `GET /api/v1/markPrices`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { MarkPrice } from '../types/market-data.ts';
import type { MarketType } from '../types/words.ts';

/** What {@link markPrices} takes. */
export type MarkPricesParams = {
  /** Only this market. */
  readonly symbol?: string;
  readonly marketType?: MarketType;
};

/**
 * Reads mark prices, index prices and funding rates.
 *
 * @returns one row per perpetual
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, markPrice, fundingRate } of await markPrices(client)) console.log(symbol, markPrice, fundingRate);
 */
export function markPrices(client: Client, params: MarkPricesParams = {}): Promise<MarkPrice[]> {
  return readPublic(client, '/api/v1/markPrices', 'list', params);
}
