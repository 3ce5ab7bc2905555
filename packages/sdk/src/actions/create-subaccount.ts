/** `POST /api/v1/subaccounts`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { Subaccount } from '../types/own.ts';

/**
 * Opens a further account of the same user, with money and risk of its own. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @returns the account
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { subaccountId } = await createSubaccount(client);
 * console.log(subaccountId);
 */
export function createSubaccount(client: Client, options: WriteOptions = {}): Promise<Subaccount> {
  return write(client, 'POST /api/v1/subaccounts', 'object', {}, { retry: true, ...options });
}
