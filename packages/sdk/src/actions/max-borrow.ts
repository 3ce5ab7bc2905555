/** `GET /api/v1/account/limits/borrow`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { MaxBorrowQuantity } from '../types/account.ts';

/** What {@link maxBorrow} takes. */
export type MaxBorrowParams = {
  /** Asset, such as `USDC`. */
  readonly symbol: string;
};

/**
 * Asks how much can be borrowed now.
 *
 * @returns the quantity of the asset
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { maxBorrowQuantity } = await maxBorrow(client, { symbol: 'SOL' });
 * console.log(maxBorrowQuantity);
 */
export function maxBorrow(client: Client, params: MaxBorrowParams): Promise<MaxBorrowQuantity> {
  return readSigned(client, 'GET /api/v1/account/limits/borrow', 'object', params);
}
