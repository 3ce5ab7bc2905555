/** `GET /api/v1/depth`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { Depth } from '../types/market-data.ts';
import type { DepthLimit } from '../types/words.ts';

/** What {@link depth} takes. */
export type DepthParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
  /** Levels of each side; 1000 when absent. */
  readonly limit?: DepthLimit;
};

/**
 * Reads a book. Both sides ascend in price, so the best bid is the last.
 *
 * @returns levels as [price, quantity], and the id of the last update
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { bids, asks } = await depth(client, { symbol: 'SOL_USDC_PERP', limit: '5' });
 * console.log('best bid', bids.at(-1), 'best ask', asks[0]);
 */
export function depth(client: Client, params: DepthParams): Promise<Depth> {
  return readPublic(client, '/api/v1/depth', 'object', params);
}
