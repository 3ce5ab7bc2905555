/** `POST /api/v1/transfers`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { Transfer } from '../types/own.ts';
import type { Decimal } from '../types/words.ts';

/** What {@link transfer} takes. */
export type TransferParams = {
  /** Asset, such as `USDC`. */
  readonly symbol: string;
  readonly quantity: Decimal;
  /** Index of the receiving account. */
  readonly toSubaccountId: number;
};

/**
 * Moves an asset from the account of the key to another account of the same user. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @returns the transfer
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { subaccountId: toSubaccountId } = await createSubaccount(client);
 * const moved = await transfer(client, { symbol: 'USDC', quantity: '100', toSubaccountId });
 * console.log(moved.quantity, 'USDC to account', moved.toSubaccountId);
 */
export function transfer(client: Client, params: TransferParams, options: WriteOptions = {}): Promise<Transfer> {
  return write(client, 'POST /api/v1/transfers', 'object', params, { retry: true, ...options });
}
