/** `GET /wapi/v1/capital/deposit/address`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { DepositAddress } from '../types/capital.ts';
import type { Blockchain } from '../types/words.ts';

/** What {@link depositAddress} takes. */
export type DepositAddressParams = {
  readonly blockchain: Blockchain;
};

/**
 * Asks where to send a deposit.
 *
 * @returns the address
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { address } = await depositAddress(client, { blockchain: 'Solana' });
 * console.log(address);
 */
export function depositAddress(client: Client, params: DepositAddressParams): Promise<DepositAddress> {
  return readSigned(client, 'GET /wapi/v1/capital/deposit/address', 'object', params);
}
