/** `GET /api/v1/fund/history`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { FundBalance } from '../types/backstop.ts';

/** What {@link fundHistory} takes. */
export type FundHistoryParams = {
  /** Settlements to answer, at most 1000; 100 when absent. */
  readonly limit?: number;
  /** Settlements to pass over. */
  readonly offset?: number;
};

/**
 * Lists the balance of the fund after each settlement.
 *
 * @returns balances, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { timestamp, balance } of await fundHistory(client, { limit: 3 })) console.log(timestamp, balance);
 */
export function fundHistory(client: Client, params: FundHistoryParams = {}): Promise<FundBalance[]> {
  return readPublic(client, '/api/v1/fund/history', 'list', params);
}
