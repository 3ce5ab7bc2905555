/** `GET /api/v1/borrowLend/position/liquidationPrice`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { PositionEstimatedLiquidationPrice } from '../types/borrow-lend.ts';

/** What {@link borrowLiquidationPrice} takes. */
export type BorrowLiquidationPriceParams = {
  /** Borrowed asset. */
  readonly borrow: string;
};

/**
 * Asks at which price of a borrowed asset the account would be liquidated.
 *
 * @returns 0 when there is none
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { liquidationPrice, markPrice } = await borrowLiquidationPrice(client, { borrow: 'SOL' });
 * console.log(liquidationPrice, markPrice);
 */
export function borrowLiquidationPrice(client: Client, params: BorrowLiquidationPriceParams): Promise<PositionEstimatedLiquidationPrice> {
  return readSigned(client, 'GET /api/v1/borrowLend/position/liquidationPrice', 'object', params);
}
