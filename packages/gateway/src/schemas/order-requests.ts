/** Requests about orders. */
import { z } from 'zod';
import { mustBe } from '../errors/error-of-issues.ts';
import { define } from './define.ts';
import {
  CancelOrderTypeEnum,
  MarketType,
  OrderTypeEnum,
  SelfTradePrevention,
  Side,
  SlippageToleranceType,
  TimeInForce,
  TriggerBy,
} from './enums.ts';
import { queryU32 } from './query-scalars.ts';
import {
  Amount,
  ClientId,
  ClientIdLenient,
  flag,
  MarketSymbol,
  OrderId,
  Price,
  positiveDecimal,
  Quantity,
  TriggerQuantity,
  u16,
} from './scalars.ts';

/** The most orders that one batch may hold. */
export const BATCH_ORDERS_MAX = 50;

const TriggerPrice = positiveDecimal('INVALID_PRICE', 'Price at which the order is sent.', '150');

/** The flags that orders, quotes and requests for quotes share. */
export const spotMarginFlags = {
  autoLend: flag('Lends what the order brings in. Absent: as the account is set.').optional(),
  autoLendRedeem: flag('Redeems lends to pay for the order. Absent: true.').optional(),
  autoBorrow: flag('Borrows what is missing. Absent: false.').optional(),
  autoBorrowRepay: flag('Repays debts with what the order brings in. Absent: as the account is set.').optional(),
};

/** A new order. */
export const OrderExecutePayload = define(
  'OrderExecutePayload',
  'A new order.',
  z.strictObject({
    symbol: MarketSymbol,
    side: Side,
    orderType: OrderTypeEnum,
    price: Price.optional(),
    quantity: Quantity.optional(),
    quoteQuantity: Amount.describe('Amount of the quote asset; market orders only.').optional(),
    timeInForce: TimeInForce.optional(),
    postOnly: flag('Rests on the book or expires.').optional(),
    reduceOnly: flag('Makes a perpetual position smaller, never turns it.').optional(),
    selfTradePrevention: SelfTradePrevention.optional(),
    clientId: ClientId.optional(),
    brokerId: u16('Id of a broker; nothing depends on it here.').optional(),
    ...spotMarginFlags,
    triggerBy: TriggerBy.optional(),
    triggerPrice: TriggerPrice.optional(),
    triggerQuantity: TriggerQuantity.optional(),
    takeProfitTriggerBy: TriggerBy.optional(),
    takeProfitTriggerPrice: TriggerPrice.describe('Price at which the take profit is sent.').optional(),
    takeProfitLimitPrice: Price.describe('Limit price of the take profit; absent for a market order.').optional(),
    stopLossTriggerBy: TriggerBy.optional(),
    stopLossTriggerPrice: TriggerPrice.describe('Price at which the stop loss is sent.').optional(),
    stopLossLimitPrice: Price.describe('Limit price of the stop loss; absent for a market order.').optional(),
    slippageTolerance: positiveDecimal('INVALID_ORDER', 'How far from the best price a market order may fill.', '0.5').optional(),
    slippageToleranceType: SlippageToleranceType.optional(),
  }),
  { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '141.25', quantity: '2.5', clientId: 7 },
);
/** A new order. */
export type OrderExecutePayload = z.infer<typeof OrderExecutePayload>;

/** New orders as the documents describe them. */
export const OrderExecuteBatch = batchOf(OrderExecutePayload);
/** New orders as they come: one that is malformed is refused by itself. */
export const UnreadOrderBatch = batchOf(z.looseObject({}, { error: mustBe('an order') }));

/** Names one open order to cancel. */
export const OrderCancelPayload = define(
  'OrderCancelPayload',
  'Names one open order by orderId or clientId.',
  z.strictObject({ symbol: MarketSymbol, orderId: OrderId.optional(), clientId: ClientIdLenient.optional() }).refine(hasId, {
    error: oneIdRule,
  }),
  { symbol: 'SOL_USDC_PERP', orderId: '114510214144' },
);
/** Names one open order to cancel. */
export type OrderCancelPayload = z.infer<typeof OrderCancelPayload>;

/** Names the open orders of a market to cancel. */
export const OrderCancelAllPayload = define(
  'OrderCancelAllPayload',
  'Names the open orders of a market to cancel.',
  z.strictObject({ symbol: MarketSymbol, orderType: CancelOrderTypeEnum.optional() }),
  { symbol: 'SOL_USDC_PERP' },
);
/** Names the open orders of a market to cancel. */
export type OrderCancelAllPayload = z.infer<typeof OrderCancelAllPayload>;

/** Names one open order to read. */
export const OrderQuery = z
  .object({ symbol: MarketSymbol, orderId: OrderId.optional(), clientId: queryU32('Your own id of the order.').optional() })
  .refine(hasId, { error: oneIdRule })
  .meta({ description: 'Names one open order by orderId or clientId.', examples: [{ symbol: 'SOL_USDC_PERP', orderId: '114510214144' }] });
/** Names one open order to read. */
export type OrderQuery = z.infer<typeof OrderQuery>;

/** Which open orders to list. */
export const OrdersQuery = z.object({ symbol: MarketSymbol.optional(), marketType: MarketType.optional() });
/** Which open orders to list. */
export type OrdersQuery = z.infer<typeof OrdersQuery>;

function batchOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item, { error: mustBe('a list of orders') })
    .min(1, { error: mustBe(`a list of 1 to ${BATCH_ORDERS_MAX} orders`) })
    .max(BATCH_ORDERS_MAX, { error: mustBe(`a list of 1 to ${BATCH_ORDERS_MAX} orders`) });
}

function hasId(order: { readonly orderId?: unknown; readonly clientId?: unknown }): boolean {
  return order.orderId !== undefined || order.clientId !== undefined;
}

function oneIdRule(): string {
  return 'must name the order by orderId or clientId (of both, orderId counts)';
}
