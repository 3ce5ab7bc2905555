/** `GET /api/v1/capital/collateral`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { MarginAccountSummary } from '../types/capital.ts';

/** What {@link getCollateral} takes. */
export type GetCollateralParams = {
  /** Index of the account; that of the key when absent. */
  readonly subaccountId?: number;
};

/**
 * Reads equity, collateral and margin of the account.
 *
 * @returns figures in USD
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { netEquity, netEquityAvailable, marginFraction } = await getCollateral(client);
 * console.log(netEquity, netEquityAvailable, marginFraction);
 */
export function getCollateral(client: Client, params: GetCollateralParams = {}): Promise<MarginAccountSummary> {
  return readSigned(client, 'GET /api/v1/capital/collateral', 'object', params);
}
