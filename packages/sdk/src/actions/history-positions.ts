/** `GET /wapi/v1/history/position`. */
import type { Client } from '../client.ts';
import { readPage } from '../request.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { PositionHistoryRow } from '../types/positions.ts';
import type { MarketType, PositionState } from '../types/words.ts';

/** What {@link historyPositions} takes. */
export type HistoryPositionsParams = PageParams & {
  /** Only this market. */
  readonly symbol?: string;
  readonly state?: PositionState;
  readonly marketType?: readonly MarketType[];
};

/**
 * Lists positions, those that were closed too.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await historyPositions(client, { limit: 10 });
 * console.log(rows.length, 'of', total);
 */
export function historyPositions(client: Client, params: HistoryPositionsParams = {}): Promise<Page<PositionHistoryRow>> {
  return readPage(client, 'GET /wapi/v1/history/position', params);
}
