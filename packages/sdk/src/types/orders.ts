/** Answers about orders and fills. */
import type {
  DateTimeText,
  Decimal,
  OrderExpiryReason,
  OrderStatus,
  OrderType,
  SelfTradePrevention,
  Side,
  SlippageToleranceType,
  SystemOrderType,
  TimeInForce,
  TriggerBy,
} from './words.ts';

/** Fields of a limit order. */
export type LimitOrder = {
  /** Id. */
  readonly id: string;
  /** Your own id, if you gave one. */
  readonly clientId: number | null;
  /** When it was created, in Unix milliseconds. */
  readonly createdAt: number;
  /** Quantity filled so far. */
  readonly executedQuantity: Decimal;
  /** Quote amount of the fills so far. */
  readonly executedQuoteQuantity: Decimal;
  /** Whether it may only rest on the book. */
  readonly postOnly: boolean;
  /** Price. */
  readonly price: Decimal;
  /** Quantity. */
  readonly quantity: Decimal;
  /** Whether it may only make a position smaller. */
  readonly reduceOnly: boolean | null;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly status: OrderStatus;
  /** Price at which the stop loss is sent. */
  readonly stopLossTriggerPrice: string | null;
  /** Limit price of the stop loss; null for a market order. */
  readonly stopLossLimitPrice: Decimal | null;
  readonly stopLossTriggerBy: TriggerBy | null;
  readonly side: Side;
  readonly symbol: string;
  /** Price at which the take profit is sent. */
  readonly takeProfitTriggerPrice: string | null;
  /** Limit price of the take profit; null for a market order. */
  readonly takeProfitLimitPrice: Decimal | null;
  readonly takeProfitTriggerBy: TriggerBy | null;
  readonly timeInForce: TimeInForce;
  readonly triggerBy: TriggerBy | null;
  /** Price at which the order is sent. */
  readonly triggerPrice: string | null;
  /** Quantity that is sent, or a percentage of the position. */
  readonly triggerQuantity: string | null;
  /** When it was triggered, in Unix milliseconds. */
  readonly triggeredAt: number | null;
  /** Order that this one belongs to. */
  readonly relatedOrderId: string | null;
  /** Strategy that made the order. */
  readonly strategyId: string | null;
};

/** Fields of a market order. */
export type MarketOrder = {
  /** Id. */
  readonly id: string;
  /** Your own id, if you gave one. */
  readonly clientId: number | null;
  /** When it was created, in Unix milliseconds. */
  readonly createdAt: number;
  /** Quantity filled so far. */
  readonly executedQuantity: Decimal;
  /** Quote amount of the fills so far. */
  readonly executedQuoteQuantity: Decimal;
  /** Quantity. */
  readonly quantity: Decimal | null;
  /** Amount of the quote asset. */
  readonly quoteQuantity: Decimal | null;
  /** Whether it may only make a position smaller. */
  readonly reduceOnly: boolean | null;
  readonly timeInForce: TimeInForce;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly side: Side;
  readonly status: OrderStatus;
  /** Price at which the stop loss is sent. */
  readonly stopLossTriggerPrice: string | null;
  /** Limit price of the stop loss; null for a market order. */
  readonly stopLossLimitPrice: Decimal | null;
  readonly stopLossTriggerBy: TriggerBy | null;
  readonly symbol: string;
  /** Price at which the take profit is sent. */
  readonly takeProfitTriggerPrice: string | null;
  /** Limit price of the take profit; null for a market order. */
  readonly takeProfitLimitPrice: Decimal | null;
  readonly takeProfitTriggerBy: TriggerBy | null;
  readonly triggerBy: TriggerBy | null;
  /** Price at which the order is sent. */
  readonly triggerPrice: string | null;
  /** Quantity that is sent, or a percentage of the position. */
  readonly triggerQuantity: string | null;
  /** When it was triggered, in Unix milliseconds. */
  readonly triggeredAt: number | null;
  /** Order that this one belongs to. */
  readonly relatedOrderId: string | null;
  /** Strategy that made the order. */
  readonly strategyId: string | null;
  /** How far from the best price it may fill. */
  readonly slippageTolerance: Decimal | null;
  readonly slippageToleranceType: SlippageToleranceType | null;
};

/** An order of the past. */
export type PastOrder = {
  /** Id. */
  readonly id: string;
  /** When it was created. */
  readonly createdAt: DateTimeText;
  /** Quantity filled so far. */
  readonly executedQuantity: Decimal | null;
  /** Quote amount of the fills so far. */
  readonly executedQuoteQuantity: Decimal | null;
  readonly expiryReason: OrderExpiryReason | null;
  readonly orderType: OrderType;
  /** Whether it may only rest on the book. */
  readonly postOnly: boolean | null;
  /** Price. */
  readonly price: Decimal | null;
  /** Quantity. */
  readonly quantity: Decimal | null;
  /** Amount of the quote asset. */
  readonly quoteQuantity: Decimal | null;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly status: OrderStatus;
  readonly side: Side;
  /** Price at which the stop loss is sent. */
  readonly stopLossTriggerPrice: string | null;
  /** Limit price of the stop loss; null for a market order. */
  readonly stopLossLimitPrice: Decimal | null;
  readonly stopLossTriggerBy: TriggerBy | null;
  readonly symbol: string;
  /** Price at which the take profit is sent. */
  readonly takeProfitTriggerPrice: string | null;
  /** Limit price of the take profit; null for a market order. */
  readonly takeProfitLimitPrice: Decimal | null;
  readonly takeProfitTriggerBy: TriggerBy | null;
  readonly timeInForce: TimeInForce;
  readonly triggerBy: TriggerBy | null;
  /** Price at which the order is sent. */
  readonly triggerPrice: string | null;
  /** Quantity that is sent, or a percentage of the position. */
  readonly triggerQuantity: string | null;
  /** Your own id, if you gave one. */
  readonly clientId: number | null;
  readonly systemOrderType: SystemOrderType | null;
  /** Strategy that made the order. */
  readonly strategyId: string | null;
  /** How far from the best price it may fill. */
  readonly slippageTolerance: Decimal | null;
  readonly slippageToleranceType: SlippageToleranceType | null;
};

/** A fill. */
export type OrderFill = {
  /** Your own id of the order, as text. */
  readonly clientId: string | null;
  /** Fee; negative for a rebate. */
  readonly fee: Decimal;
  /** Asset of the fee. */
  readonly feeSymbol: string;
  /** Whether the order rested on the book. */
  readonly isMaker: boolean;
  /** Order of the fill. */
  readonly orderId: string;
  /** Price. */
  readonly price: Decimal;
  /** Quantity. */
  readonly quantity: Decimal;
  readonly side: Side;
  readonly symbol: string;
  readonly systemOrderType: SystemOrderType | null;
  /** When it happened. */
  readonly timestamp: DateTimeText;
  /** Public id of the trade. */
  readonly tradeId: number | null;
};

/** An order, as every order route answers it. */
export type OrderAnswer = ({ readonly orderType: 'Limit' } & LimitOrder) | ({ readonly orderType: 'Market' } & MarketOrder);

/** What became of one order of a batch: the order, or why it was refused. A batch is not atomic. */
export type BatchOrderResult =
  | ({ readonly operation: 'Ok' } & OrderAnswer)
  | { readonly operation: 'Err'; readonly code: string; readonly message: string };
