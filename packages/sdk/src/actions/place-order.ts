/** `POST /api/v1/order`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { OrderAnswer } from '../types/orders.ts';
import type { Decimal, OrderType, SelfTradePrevention, Side, SlippageToleranceType, TimeInForce, TriggerBy } from '../types/words.ts';

/** What {@link placeOrder} takes. */
export type PlaceOrderParams = {
  readonly symbol: string;
  /** Bid buys, Ask sells. */
  readonly side: Side;
  readonly orderType: OrderType;
  /** Of a limit order; a multiple of the tick size. */
  readonly price?: Decimal;
  /** In the base asset; a multiple of the lot size. */
  readonly quantity?: Decimal;
  /** In the quote asset, in place of `quantity`; market orders only. */
  readonly quoteQuantity?: Decimal;
  /** GTC when absent. */
  readonly timeInForce?: TimeInForce;
  /** Rests on the book or expires. */
  readonly postOnly?: boolean;
  /** Makes a perpetual position smaller, never turns it. */
  readonly reduceOnly?: boolean;
  /** RejectTaker when absent. */
  readonly selfTradePrevention?: SelfTradePrevention;
  /** Your own id, 0 to 4294967295. */
  readonly clientId?: number;
  /** Lends what the order brings in; as the account is set when absent. */
  readonly autoLend?: boolean;
  /** Redeems lends to pay for it; true when absent. */
  readonly autoLendRedeem?: boolean;
  /** Borrows what is missing; false when absent. */
  readonly autoBorrow?: boolean;
  /** Repays debts with what it brings in; as the account is set when absent. */
  readonly autoBorrowRepay?: boolean;
  /** Waits until a price reaches this one. */
  readonly triggerPrice?: Decimal;
  readonly triggerBy?: TriggerBy;
  /** What is sent then: a quantity, or a percentage of the position such as `"100%"`. */
  readonly triggerQuantity?: string;
  readonly takeProfitTriggerPrice?: Decimal;
  readonly takeProfitTriggerBy?: TriggerBy;
  readonly takeProfitLimitPrice?: Decimal;
  readonly stopLossTriggerPrice?: Decimal;
  readonly stopLossTriggerBy?: TriggerBy;
  readonly stopLossLimitPrice?: Decimal;
  /** How far from the best price a market order may fill. */
  readonly slippageTolerance?: Decimal;
  readonly slippageToleranceType?: SlippageToleranceType;
};

/**
 * Places an order.
 *
 * @param options with `retry` a broken connection does not do it twice
 * @returns the order as it stands after matching
 * @throws ApiFault when refused, NetworkFault when nobody knows whether it was carried out
 * @example
 * const order = await placeOrder(client, { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '141.25', quantity: '1' });
 */
export function placeOrder(client: Client, params: PlaceOrderParams, options: WriteOptions = {}): Promise<OrderAnswer> {
  return write(client, 'POST /api/v1/order', 'object', params, options);
}
