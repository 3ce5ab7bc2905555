/** `POST /api/v1/keys`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { ApiKey } from '../types/own.ts';
import type { KeyPermission } from '../types/words.ts';

/** What {@link createKey} takes. */
export type CreateKeyParams = {
  /** Public ED25519 key in base64. */
  readonly publicKey: string;
  readonly permissions: readonly KeyPermission[];
  /** Index of the account; that of the signing key when absent. */
  readonly subaccountId?: number;
};

/**
 * Adds a key for one account of the user. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @returns the key
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { publicKey } = createKeyPair();
 * const key = await createKey(client, { publicKey, permissions: ['read'] });
 * console.log(key.publicKey, key.permissions);
 */
export function createKey(client: Client, params: CreateKeyParams, options: WriteOptions = {}): Promise<ApiKey> {
  return write(client, 'POST /api/v1/keys', 'object', params, { retry: true, ...options });
}
