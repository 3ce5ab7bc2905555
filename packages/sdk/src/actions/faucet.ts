/** `POST /sandbox/faucet`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { FaucetGrant } from '../types/own.ts';
import type { Decimal } from '../types/words.ts';

/** What {@link faucet} takes. */
export type FaucetParams = {
  /** Asset, such as `USDC`. */
  readonly symbol: string;
  readonly quantity: Decimal;
};

/**
 * Asks the faucet of a sandbox for test money. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @returns what was given
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const grant = await faucet(client, { symbol: 'USDC', quantity: '1000' });
 * console.log(grant.quantity, grant.symbol);
 */
export function faucet(client: Client, params: FaucetParams, options: WriteOptions = {}): Promise<FaucetGrant> {
  return write(client, 'POST /sandbox/faucet', 'object', params, { retry: true, ...options });
}
