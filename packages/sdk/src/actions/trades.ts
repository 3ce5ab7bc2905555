/** `GET /api/v1/trades`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Trade } from '../types/market-data.ts';

/** What {@link trades} takes. */
export type TradesParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
  /** Trades to answer, at most 1000; 100 when absent. */
  readonly limit?: number;
};

/**
 * Lists the latest trades of a market.
 *
 * @returns trades, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { price, quantity } of await trades(client, { symbol: 'SOL_USDC_PERP', limit: 5 })) console.log(price, quantity);
 */
export function trades(client: Client, params: TradesParams): Promise<Trade[]> {
  return readPublic(client, '/api/v1/trades', 'list', params);
}
