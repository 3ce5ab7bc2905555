/** `GET /api/v1/borrowLend/markets`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { BorrowLendMarket } from '../types/borrow-lend.ts';

/**
 * Lists the lending pools with their rates.
 *
 * @returns all pools
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, lendInterestRate, borrowInterestRate } of await borrowLendMarkets(client)) console.log(symbol, lendInterestRate, borrowInterestRate);
 */
export function borrowLendMarkets(client: Client): Promise<BorrowLendMarket[]> {
  return readPublic(client, '/api/v1/borrowLend/markets', 'list');
}
