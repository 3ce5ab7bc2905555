/** `GET /api/v1/keys`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { ApiKey } from '../types/own.ts';
import type { KeyPermission } from '../types/words.ts';

/** What {@link listKeys} takes. */
export type ListKeysParams = {
  /** Only keys with this permission. */
  readonly permission?: KeyPermission;
};

/**
 * Lists the keys of the user.
 *
 * @returns keys
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { publicKey, permissions } of await listKeys(client)) console.log(publicKey, permissions.join(' '));
 */
export function listKeys(client: Client, params: ListKeysParams = {}): Promise<ApiKey[]> {
  return readSigned(client, 'GET /api/v1/keys', 'list', params);
}
