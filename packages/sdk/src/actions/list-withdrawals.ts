/** `GET /wapi/v1/capital/withdrawals`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { Withdrawal } from '../types/capital.ts';
import type { Page } from '../types/page.ts';

/** What {@link listWithdrawals} takes. */
export type ListWithdrawalsParams = {
  /** Only the one with this id. */
  readonly id?: number;
  /** Only the one with this id of yours. */
  readonly clientId?: string;
  /** Not before, in Unix milliseconds. */
  readonly from?: number;
  /** Before, in Unix milliseconds. */
  readonly to?: number;
  /** Rows to answer, at most 1000; 100 when absent. */
  readonly limit?: number;
  readonly offset?: number;
};

/**
 * Lists withdrawals.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows } = await listWithdrawals(client);
 * console.log(rows.length, 'withdrawals');
 */
export function listWithdrawals(client: Client, params: ListWithdrawalsParams = {}): Promise<Page<Withdrawal>> {
  return readPage(client, 'GET /wapi/v1/capital/withdrawals', params);
}
