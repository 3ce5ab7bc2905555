/** Pages of history: what a request asks for, and what the headers of the answer say. */
import { type HistoryList, type HistoryPage, parseHistoryCursor } from '@mochila/ports';
import { ApiError } from '../errors/api-error.ts';
import type { RequestContext } from '../rest/route.ts';

/** The parameters of every history route. */
export type PageQuery = {
  readonly limit: number;
  readonly offset: number;
  readonly sortDirection?: 'Asc' | 'Desc' | undefined;
  readonly cursor?: string | undefined;
};

/**
 * Asks history for a page and writes its headers.
 *
 * @param ask asks for the rows of a page
 * @returns the rows
 * @throws ApiError INVALID_CLIENT_REQUEST for a cursor that no page gave, HistoryUnavailable while the store is away
 */
export async function readPage<Row>(
  context: Pick<RequestContext, 'setHeader'>,
  query: PageQuery,
  ask: (page: HistoryPage) => Promise<HistoryList<Row>>,
): Promise<readonly Row[]> {
  const list = await ask(pageOf(query));
  const { limit, offset } = query;
  const headers = {
    'X-PAGE-COUNT': limit === 0 ? 0 : Math.ceil(list.total / limit),
    'X-CURRENT-PAGE': limit === 0 ? 0 : Math.floor(offset / limit) + 1,
    'X-PAGE-SIZE': limit,
    'X-TOTAL': list.total,
  };
  for (const [name, value] of Object.entries(headers)) context.setHeader(name, String(value));
  if (list.nextCursor !== null && limit > 0) context.setHeader('X-Next-Cursor', list.nextCursor);
  return list.rows.slice(0, limit);
}

/** A list without rows: of what this venue does not offer, or of a filter that nothing can meet. */
export function emptyList(): Promise<HistoryList<never>> {
  return Promise.resolve({ rows: [], total: 0, nextCursor: null });
}

function pageOf({ limit, offset, sortDirection, cursor }: PageQuery): HistoryPage {
  if (cursor !== undefined && parseHistoryCursor(cursor) === undefined) {
    throw new ApiError('INVALID_CLIENT_REQUEST', `\`cursor\` must be the X-Next-Cursor header of an earlier page, got "${cursor}".`);
  }
  return { limit: Math.max(1, limit), offset, direction: sortDirection === 'Asc' ? 'asc' : 'desc', cursor };
}
