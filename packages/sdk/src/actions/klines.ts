/** `GET /api/v1/klines`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Kline } from '../types/market-data.ts';
import type { KlineInterval, KlinePriceType } from '../types/words.ts';

/** What {@link klines} takes. */
export type KlinesParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
  readonly interval: KlineInterval;
  /** Start of the first candle, in Unix seconds. */
  readonly startTime: number;
  /** End of the last candle, in Unix seconds; now when absent. */
  readonly endTime?: number;
  /** Price the candles are made of; Last when absent. */
  readonly priceType?: KlinePriceType;
};

/**
 * Lists candles of a market. 30 such requests a minute are allowed.
 *
 * @returns candles, oldest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const startTime = Math.floor(Date.now() / 1000) - 600;
 * for (const { start, close } of await klines(client, { symbol: 'SOL_USDC_PERP', interval: '1m', startTime })) console.log(start, close);
 */
export function klines(client: Client, params: KlinesParams): Promise<Kline[]> {
  return readPublic(client, '/api/v1/klines', 'list', params);
}
