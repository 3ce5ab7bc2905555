/** `GET /api/v1/deleveragings`. */
import type { Client } from '../client.ts';
import { readPublicPage } from '../request.ts';
import type { Deleveraging } from '../types/backstop.ts';
import type { Page, PageParams } from '../types/page.ts';

/** What {@link deleveragings} takes. */
export type DeleveragingsParams = PageParams & {
  /** Only this market. */
  readonly symbol?: string;
  /** Not before, and before, in Unix milliseconds. */
  readonly from?: number;
  readonly to?: number;
};

/**
 * Lists positions that were closed against winners: what was needed, and what was taken.
 *
 * @returns a page, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { rows, total } = await deleveragings(client, { symbol: 'SOL_USDC_PERP', limit: 3 });
 * for (const { needed, taken, overshoot, price } of rows) console.log(needed, taken, overshoot, price);
 */
export function deleveragings(client: Client, params: DeleveragingsParams = {}): Promise<Page<Deleveraging>> {
  return readPublicPage(client, '/api/v1/deleveragings', params);
}
