/** `GET /api/v1/market`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Market } from '../types/markets.ts';

/** What {@link market} takes. */
export type MarketParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
};

/**
 * Reads one market.
 *
 * @returns the market
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { filters } = await market(client, { symbol: 'SOL_USDC_PERP' });
 * console.log(filters.price.tickSize, filters.quantity.stepSize);
 */
export function market(client: Client, params: MarketParams): Promise<Market> {
  return readPublic(client, '/api/v1/market', 'object', params);
}
