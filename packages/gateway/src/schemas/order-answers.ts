/** Answers about orders and fills. */
import { z } from 'zod';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as enums from './enums.ts';
import { ApiErrorResponse } from './error-answer.ts';
import { MarketSymbol, NaiveDateTime } from './scalars.ts';

/** What every answer about an order says: what it is, and what hangs on it. */
const ORDER_FIELDS = {
  id: str('Id.', '114510214144'),
  clientId: orNull(int('Your own id, if you gave one.', 7)),
  selfTradePrevention: enums.SelfTradePrevention,
  status: enums.OrderStatus,
  side: enums.Side,
  symbol: MarketSymbol,
  timeInForce: enums.TimeInForce,
  stopLossTriggerPrice: orNull(str('Price at which the stop loss is sent.', '130')),
  stopLossLimitPrice: orNull(dec('Limit price of the stop loss; null for a market order.')),
  stopLossTriggerBy: orNull(enums.TriggerBy),
  takeProfitTriggerPrice: orNull(str('Price at which the take profit is sent.', '160')),
  takeProfitLimitPrice: orNull(dec('Limit price of the take profit; null for a market order.')),
  takeProfitTriggerBy: orNull(enums.TriggerBy),
  triggerBy: orNull(enums.TriggerBy),
  triggerPrice: orNull(str('Price at which the order is sent.', '150')),
  triggerQuantity: orNull(str('Quantity that is sent, or a percentage of the position.', '100%')),
  strategyId: orNull(str('Strategy that made the order.', '12')),
};

/** The same of an order as it stands, with what has become of it. */
const OPEN_ORDER_FIELDS = {
  ...ORDER_FIELDS,
  createdAt: int('When it was created, in Unix milliseconds.', 1750793021519),
  executedQuantity: dec('Quantity filled so far.'),
  executedQuoteQuantity: dec('Quote amount of the fills so far.'),
  reduceOnly: orNull(bool('Whether it may only make a position smaller.')),
  triggeredAt: orNull(int('When it was triggered, in Unix milliseconds.', 1750793021519)),
  relatedOrderId: orNull(str('Order that this one belongs to.', '114510214145')),
};

/** Fields of a limit order. */
export const LimitOrder = define(
  'LimitOrder',
  'Fields of a limit order.',
  z.strictObject({
    ...OPEN_ORDER_FIELDS,
    postOnly: bool('Whether it may only rest on the book.'),
    price: dec('Price.', '141.25'),
    quantity: dec('Quantity.', '2.5'),
  }),
);
/** Fields of a limit order. */
export type LimitOrder = z.infer<typeof LimitOrder>;

/** Fields of a market order. */
export const MarketOrder = define(
  'MarketOrder',
  'Fields of a market order.',
  z.strictObject({
    ...OPEN_ORDER_FIELDS,
    quantity: orNull(dec('Quantity.', '2.5')),
    quoteQuantity: orNull(dec('Amount of the quote asset.', '353.12')),
    slippageTolerance: orNull(dec('How far from the best price it may fill.')),
    slippageToleranceType: orNull(enums.SlippageToleranceType),
  }),
);
/** Fields of a market order. */
export type MarketOrder = z.infer<typeof MarketOrder>;

/** An order of the past. */
export const Order = define(
  'Order',
  'An order of the past.',
  z.strictObject({
    ...ORDER_FIELDS,
    createdAt: NaiveDateTime.describe('When it was created.'),
    executedQuantity: orNull(dec('Quantity filled so far.')),
    executedQuoteQuantity: orNull(dec('Quote amount of the fills so far.')),
    expiryReason: orNull(enums.OrderExpiryReason),
    orderType: enums.OrderTypeEnum,
    postOnly: orNull(bool('Whether it may only rest on the book.')),
    price: orNull(dec('Price.', '141.25')),
    quantity: orNull(dec('Quantity.', '2.5')),
    quoteQuantity: orNull(dec('Amount of the quote asset.', '353.12')),
    systemOrderType: orNull(enums.SystemOrderType),
    slippageTolerance: orNull(dec('How far from the best price it may fill.')),
    slippageToleranceType: orNull(enums.SlippageToleranceType),
  }),
);
/** An order of the past. */
export type Order = z.infer<typeof Order>;

/** A fill. */
export const OrderFill = define(
  'OrderFill',
  'A fill.',
  z.strictObject({
    clientId: orNull(str('Your own id of the order, as text.', '7')),
    fee: dec('Fee; negative for a rebate.', '0.14'),
    feeSymbol: str('Asset of the fee.', 'USDC'),
    isMaker: bool('Whether the order rested on the book.'),
    orderId: str('Order of the fill.', '114510214144'),
    price: dec('Price.', '141.25'),
    quantity: dec('Quantity.', '2.5'),
    side: enums.Side,
    symbol: MarketSymbol,
    systemOrderType: orNull(enums.SystemOrderType),
    timestamp: NaiveDateTime.describe('When it happened.'),
    tradeId: orNull(int('Public id of the trade.', 1)),
  }),
);
/** A fill. */
export type OrderFill = z.infer<typeof OrderFill>;

const LimitOrderAnswer = LimitOrder.extend({ orderType: z.literal('Limit') });
const MarketOrderAnswer = MarketOrder.extend({ orderType: z.literal('Market') });

/** An order, as every order route answers it. */
export const OrderType = define('OrderType', 'An order.', z.discriminatedUnion('orderType', [LimitOrderAnswer, MarketOrderAnswer]));
/** An order, as every order route answers it. */
export type OrderType = z.infer<typeof OrderType>;

/** What became of one order of a batch: the order, or why it was refused. A batch is not atomic. */
export const BatchCommandOrderResult = define(
  'BatchCommandOrderResult',
  'What became of one order of a batch: the order, or why it was refused. A batch is not atomic.',
  z.union([
    LimitOrderAnswer.extend({ operation: z.literal('Ok') }),
    MarketOrderAnswer.extend({ operation: z.literal('Ok') }),
    z.strictObject({ operation: z.literal('Err'), ...ApiErrorResponse.shape }),
  ]),
);
/** What became of one order of a batch. */
export type BatchCommandOrderResult = z.infer<typeof BatchCommandOrderResult>;
