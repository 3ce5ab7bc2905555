/** `GET /api/v1/trades/history`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Trade } from '../types/market-data.ts';

/** What {@link tradesHistory} takes. */
export type TradesHistoryParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
  /** Trades to answer, at most 1000; 100 when absent. */
  readonly limit?: number;
  /** Trades to pass over; with `limit` at most 10000. */
  readonly offset?: number;
};

/**
 * Lists older trades of a market. 30 such requests a minute are allowed.
 *
 * @returns trades, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const older = await tradesHistory(client, { symbol: 'SOL_USDC_PERP', limit: 5, offset: 5 });
 * console.log(older.length, 'trades');
 */
export function tradesHistory(client: Client, params: TradesHistoryParams): Promise<Trade[]> {
  return readPublic(client, '/api/v1/trades/history', 'list', params);
}
