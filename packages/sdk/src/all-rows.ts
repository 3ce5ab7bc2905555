/** Lists longer than a page. */
import type { Page } from './types/page.ts';

/**
 * Walks through all pages of a list, one request at a time.
 *
 * @param readPage asks for the page after a cursor
 * @example
 * for await (const fill of allRows((cursor) => historyFills(client, { symbol: 'SOL_USDC', ...cursor }))) console.log(fill.price);
 */
export async function* allRows<Row>(readPage: (after: { cursor?: string }) => Promise<Page<Row>>): AsyncGenerator<Row, void, void> {
  let after: { cursor?: string } = {};
  for (;;) {
    const { rows, nextCursor } = await readPage(after);
    yield* rows;
    if (nextCursor === null || rows.length === 0) return;
    after = { cursor: nextCursor };
  }
}
