/** `GET /api/v1/openInterest`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { OpenInterest } from '../types/market-data.ts';

/** What {@link openInterest} takes. */
export type OpenInterestParams = {
  /** Only this market. */
  readonly symbol?: string;
};

/**
 * Reads the open interest of perpetuals.
 *
 * @returns contracts per market
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const row of await openInterest(client)) console.log(row.symbol, row.openInterest);
 */
export function openInterest(client: Client, params: OpenInterestParams = {}): Promise<OpenInterest[]> {
  return readPublic(client, '/api/v1/openInterest', 'list', params);
}
