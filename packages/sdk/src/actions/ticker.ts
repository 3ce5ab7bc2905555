/** `GET /api/v1/ticker`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Ticker } from '../types/market-data.ts';
import type { TickerInterval } from '../types/words.ts';

/** What {@link ticker} takes. */
export type TickerParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
  /** Span; a day when absent. */
  readonly interval?: TickerInterval;
};

/**
 * Reads the statistics of a market.
 *
 * @returns prices and volumes of the span
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { lastPrice, volume } = await ticker(client, { symbol: 'SOL_USDC' });
 * console.log(lastPrice, volume);
 */
export function ticker(client: Client, params: TickerParams): Promise<Ticker> {
  return readPublic(client, '/api/v1/ticker', 'object', params);
}
