/** `PATCH /api/v1/account`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { Decimal } from '../types/words.ts';

/** What {@link updateAccount} takes. */
export type UpdateAccountParams = {
  /** Settlements may borrow instead of selling collateral. */
  readonly autoBorrowSettlements?: boolean;
  /** Lends free balances. */
  readonly autoLend?: boolean;
  /** Credits repay debts first. */
  readonly autoRepayBorrows?: boolean;
  /** Highest leverage. */
  readonly leverageLimit?: Decimal;
};

/**
 * Changes settings of the account; absent ones stay. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * await updateAccount(client, { leverageLimit: '5' });
 * console.log((await getAccount(client)).leverageLimit);
 */
export function updateAccount(client: Client, params: UpdateAccountParams, options: WriteOptions = {}): Promise<void> {
  return write(client, 'PATCH /api/v1/account', 'empty', params, { retry: true, ...options });
}
