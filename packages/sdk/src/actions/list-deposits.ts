/** `GET /wapi/v1/capital/deposits`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { Deposit } from '../types/capital.ts';
import type { Page } from '../types/page.ts';

/** What {@link listDeposits} takes. */
export type ListDepositsParams = {
  /** Not before, in Unix milliseconds. */
  readonly from?: number;
  /** Before, in Unix milliseconds. */
  readonly to?: number;
  /** Rows to answer, at most 1000; 100 when absent. */
  readonly limit?: number;
  readonly offset?: number;
};

/**
 * Lists deposits.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows } = await listDeposits(client);
 * console.log(rows.length, 'deposits');
 */
export function listDeposits(client: Client, params: ListDepositsParams = {}): Promise<Page<Deposit>> {
  return readPage(client, 'GET /wapi/v1/capital/deposits', params);
}
