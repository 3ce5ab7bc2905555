/** `GET /wapi/v1/history/funding`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { FundingPayment } from '../types/positions.ts';

/** What {@link historyFunding} takes. */
export type HistoryFundingParams = PageParams & {
  /** Only this market. */
  readonly symbol?: string;
};

/**
 * Lists funding payments.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historyFunding(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historyFunding(client: Client, params: HistoryFundingParams = {}): Promise<Page<FundingPayment>> {
  return readPage(client, 'GET /wapi/v1/history/funding', params);
}
