/** `POST /api/v1/account/convertDust`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';

/** What {@link convertDust} takes. */
export type ConvertDustParams = {
  /** Only this asset; all small balances when absent. */
  readonly symbol?: string;
};

/**
 * Turns a balance too small to trade into USDC. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 */
export function convertDust(client: Client, params: ConvertDustParams = {}, options: WriteOptions = {}): Promise<void> {
  return write(client, 'POST /api/v1/account/convertDust', 'empty', params, { retry: true, ...options });
}
