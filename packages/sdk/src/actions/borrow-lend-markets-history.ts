/** `GET /api/v1/borrowLend/markets/history`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { BorrowLendHistory } from '../types/borrow-lend.ts';
import type { BorrowLendMarketHistoryInterval } from '../types/words.ts';

/** What {@link borrowLendMarketsHistory} takes. */
export type BorrowLendMarketsHistoryParams = {
  readonly interval: BorrowLendMarketHistoryInterval;
  /** Only this asset. */
  readonly symbol?: string;
};

/**
 * Lists how lending pools were in the past.
 *
 * @returns rates and sizes over time
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const past = await borrowLendMarketsHistory(client, { interval: '1d', symbol: 'USDC' });
 * console.log(past.length, 'rows');
 */
export function borrowLendMarketsHistory(client: Client, params: BorrowLendMarketsHistoryParams): Promise<BorrowLendHistory[]> {
  return readPublic(client, '/api/v1/borrowLend/markets/history', 'list', params);
}
