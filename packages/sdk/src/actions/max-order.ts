/** `GET /api/v1/account/limits/order`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { MaxOrderQuantity } from '../types/account.ts';
import type { Decimal, Side } from '../types/words.ts';

/** What {@link maxOrder} takes. */
export type MaxOrderParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
  readonly side: Side;
  /** Of a limit order. */
  readonly price?: Decimal;
  readonly reduceOnly?: boolean;
  readonly autoBorrow?: boolean;
  readonly autoBorrowRepay?: boolean;
  readonly autoLendRedeem?: boolean;
};

/**
 * Asks how large an order can be now.
 *
 * @returns the quantity in the base asset
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { maxOrderQuantity } = await maxOrder(client, { symbol: 'SOL_USDC_PERP', side: 'Bid' });
 * console.log(maxOrderQuantity);
 */
export function maxOrder(client: Client, params: MaxOrderParams): Promise<MaxOrderQuantity> {
  return readSigned(client, 'GET /api/v1/account/limits/order', 'object', params);
}
