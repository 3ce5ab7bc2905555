/** `GET /api/v1/borrowLend/apy`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { ApyRates } from '../types/borrow-lend.ts';

/** What {@link borrowLendRates} takes. */
export type BorrowLendRatesParams = {
  /** Fee tier. */
  readonly tierId?: number;
};

/**
 * Reads the yearly rates of all lending pools.
 *
 * @returns rates as fractions
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, lendRate } of (await borrowLendRates(client)).borrowLend) console.log(symbol, lendRate);
 */
export function borrowLendRates(client: Client, params: BorrowLendRatesParams = {}): Promise<ApyRates> {
  return readPublic(client, '/api/v1/borrowLend/apy', 'object', params);
}
