/** `GET /api/v1/fund/moves`. */
import type { Client } from '../client.ts';
import { readPublicPage } from '../request.ts';
import type { FundMove } from '../types/backstop.ts';
import type { Page, PageParams } from '../types/page.ts';
import type { FundMoveKind } from '../types/words.ts';

/** What {@link fundMoves} takes. */
export type FundMovesParams = PageParams & {
  readonly kind?: FundMoveKind;
  /** Only this asset. */
  readonly symbol?: string;
  /** Not before, and before, in Unix milliseconds. */
  readonly from?: number;
  readonly to?: number;
};

/**
 * Lists what the fund received and paid.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows } = await fundMoves(client, { limit: 3 });
 * for (const { kind, quantity, symbol } of rows) console.log(kind, quantity, symbol);
 */
export function fundMoves(client: Client, params: FundMovesParams = {}): Promise<Page<FundMove>> {
  return readPublicPage(client, '/api/v1/fund/moves', params);
}
