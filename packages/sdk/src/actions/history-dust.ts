/** `GET /wapi/v1/history/dust`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { DustConversion } from '../types/capital.ts';
import type { Page, PageParams } from '../types/page.ts';

/** What {@link historyDust} takes. */
export type HistoryDustParams = PageParams & {
  readonly id?: number;
  /** Only this asset. */
  readonly symbol?: string;
};

/**
 * Lists conversions of small balances.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historyDust(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historyDust(client: Client, params: HistoryDustParams = {}): Promise<Page<DustConversion>> {
  return readPage(client, 'GET /wapi/v1/history/dust', params);
}
