/** `GET /api/v1/account/limits/withdrawal`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { MaxWithdrawalQuantity } from '../types/account.ts';

/** What {@link maxWithdrawal} takes. */
export type MaxWithdrawalParams = {
  /** Asset, such as `USDC`. */
  readonly symbol: string;
  readonly autoBorrow?: boolean;
  readonly autoLendRedeem?: boolean;
};

/**
 * Asks how much can be withdrawn now.
 *
 * @returns the quantity of the asset
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { maxWithdrawalQuantity } = await maxWithdrawal(client, { symbol: 'USDC' });
 * console.log(maxWithdrawalQuantity);
 */
export function maxWithdrawal(client: Client, params: MaxWithdrawalParams): Promise<MaxWithdrawalQuantity> {
  return readSigned(client, 'GET /api/v1/account/limits/withdrawal', 'object', params);
}
