/** `GET /api/v1/fundingRates`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { FundingIntervalRate } from '../types/market-data.ts';

/** What {@link fundingRates} takes. */
export type FundingRatesParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
  /** Rows to answer, at most 10000; 100 when absent. */
  readonly limit?: number;
  /** Rows to pass over. */
  readonly offset?: number;
};

/**
 * Lists past funding rates of a perpetual.
 *
 * @returns rates, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const rates = await fundingRates(client, { symbol: 'SOL_USDC_PERP', limit: 8 });
 * console.log(rates.length, 'intervals');
 */
export function fundingRates(client: Client, params: FundingRatesParams): Promise<FundingIntervalRate[]> {
  return readPublic(client, '/api/v1/fundingRates', 'list', params);
}
