/** `GET /api/v1/subaccounts`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { Subaccount } from '../types/own.ts';

/**
 * Lists the accounts of the user.
 *
 * @returns accounts
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * console.log(await listSubaccounts(client));
 */
export function listSubaccounts(client: Client): Promise<Subaccount[]> {
  return readSigned(client, 'GET /api/v1/subaccounts', 'list');
}
