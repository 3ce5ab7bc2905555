/** `DELETE /api/v1/keys`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';

/** What {@link revokeKey} takes. */
export type RevokeKeyParams = {
  /** Public ED25519 key in base64. */
  readonly publicKey: string;
};

/**
 * Revokes a key of the user. It is dead at once, everywhere. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { publicKey } = createKeyPair();
 * await createKey(client, { publicKey, permissions: ['read'] });
 * await revokeKey(client, { publicKey });
 * console.log('revoked', publicKey);
 */
export function revokeKey(client: Client, params: RevokeKeyParams, options: WriteOptions = {}): Promise<void> {
  return write(client, 'DELETE /api/v1/keys', 'empty', params, { retry: true, ...options });
}
