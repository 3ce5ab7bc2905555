/** `GET /wapi/v1/history/interest`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { InterestPayment } from '../types/borrow-lend.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { InterestPaymentSource } from '../types/words.ts';

/** What {@link historyInterest} takes. */
export type HistoryInterestParams = PageParams & {
  /** Only this asset. */
  readonly asset?: string;
  /** Only this market. */
  readonly symbol?: string;
  readonly positionId?: string;
  readonly source?: InterestPaymentSource;
};

/**
 * Lists interest payments.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historyInterest(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historyInterest(client: Client, params: HistoryInterestParams = {}): Promise<Page<InterestPayment>> {
  return readPage(client, 'GET /wapi/v1/history/interest', params);
}
