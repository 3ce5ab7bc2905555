/** `POST /wapi/v1/capital/withdrawals`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { Withdrawal } from '../types/capital.ts';
import type { Blockchain, Decimal } from '../types/words.ts';

/** What {@link requestWithdrawal} takes. */
export type RequestWithdrawalParams = {
  /** Asset, such as `USDC`. */
  readonly symbol: string;
  readonly quantity: Decimal;
  readonly blockchain: Blockchain;
  /** Where to send it. */
  readonly address: string;
  /** Your own id of the withdrawal; unique per account. */
  readonly clientId?: string;
  /** Borrows what is missing; false when absent. */
  readonly autoBorrow?: boolean;
  /** Redeems lends to pay for it; true when absent. */
  readonly autoLendRedeem?: boolean;
};

/**
 * Asks for a withdrawal. The amount leaves the balance at once. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @returns the withdrawal
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const withdrawal = await requestWithdrawal(client, { symbol: 'USDC', quantity: '250', blockchain: 'Solana', address: '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5' });
 * console.log(withdrawal.id, withdrawal.status);
 */
export function requestWithdrawal(client: Client, params: RequestWithdrawalParams, options: WriteOptions = {}): Promise<Withdrawal> {
  return write(client, 'POST /wapi/v1/capital/withdrawals', 'object', params, { retry: true, ...options });
}
