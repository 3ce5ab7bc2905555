/** `GET /api/v1/tickers`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Ticker } from '../types/market-data.ts';
import type { TickerInterval } from '../types/words.ts';

/** What {@link tickers} takes. */
export type TickersParams = {
  /** Span; a day when absent. */
  readonly interval?: TickerInterval;
};

/**
 * Reads the statistics of all markets.
 *
 * @returns prices and volumes of the span
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, lastPrice } of await tickers(client)) console.log(symbol, lastPrice);
 */
export function tickers(client: Client, params: TickersParams = {}): Promise<Ticker[]> {
  return readPublic(client, '/api/v1/tickers', 'list', params);
}
