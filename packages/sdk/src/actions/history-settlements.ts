/** `GET /wapi/v1/history/settlement`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { Settlement } from '../types/capital.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { SettlementSourceFilter } from '../types/words.ts';

/** What {@link historySettlements} takes. */
export type HistorySettlementsParams = PageParams & {
  readonly source?: SettlementSourceFilter;
};

/**
 * Lists changes of cash by settlement.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historySettlements(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historySettlements(client: Client, params: HistorySettlementsParams = {}): Promise<Page<Settlement>> {
  return readPage(client, 'GET /wapi/v1/history/settlement', params);
}
