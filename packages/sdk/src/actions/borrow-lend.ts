/** `POST /api/v1/borrowLend`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { BorrowLendSide, Decimal } from '../types/words.ts';

/** What {@link borrowLend} takes. */
export type BorrowLendParams = {
  /** Asset, such as `USDC`. */
  readonly symbol: string;
  /** Lend repays a debt first and lends the rest; Borrow redeems a lend first and borrows the rest. */
  readonly side: BorrowLendSide;
  readonly quantity: Decimal;
};

/**
 * Lends, redeems, borrows or repays. Sent with an idempotency key, so a broken connection does not do it twice.
 *
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * await borrowLend(client, { symbol: 'USDC', side: 'Lend', quantity: '1000' });
 * console.log('lent 1000 USDC');
 */
export function borrowLend(client: Client, params: BorrowLendParams, options: WriteOptions = {}): Promise<void> {
  return write(client, 'POST /api/v1/borrowLend', 'empty', params, { retry: true, ...options });
}
