/** The closed sets of words about markets, orders and positions, as schemas and as types. */
import { CANDLE_INTERVALS } from '@mochila/protocol';
import type { z } from 'zod';
import { words } from './define.ts';

/** Which orders to cancel. */
export const CancelOrderTypeEnum = words('CancelOrderTypeEnum', 'Which orders to cancel.', ['RestingLimitOrder', 'ConditionalOrder']);
/** Which orders to cancel. */
export type CancelOrderTypeEnum = z.infer<typeof CancelOrderTypeEnum>;

/** Levels of each side. */
export const DepthLimit = words('DepthLimit', 'Levels of each side.', ['5', '10', '20', '50', '100', '500', '1000']);
/** Levels of each side. */
export type DepthLimit = z.infer<typeof DepthLimit>;

/** Which fills to list. */
export const FillType = words('FillType', 'Which fills to list.', [
  'User',
  'BookLiquidation',
  'Adl',
  'Backstop',
  'Liquidation',
  'AllLiquidation',
  'CollateralConversion',
  'CollateralConversionAndSpotLiquidation',
]);
/** Which fills to list. */
export type FillType = z.infer<typeof FillType>;

/** Length of one candle. */
export const KlineInterval = words('KlineInterval', 'Length of one candle.', CANDLE_INTERVALS);
/** Length of one candle. */
export type KlineInterval = z.infer<typeof KlineInterval>;

/** Price the candles are made of. */
export const KlinePriceType = words('KlinePriceType', 'Price the candles are made of.', ['Last', 'Index', 'Mark']);
/** Price the candles are made of. */
export type KlinePriceType = z.infer<typeof KlinePriceType>;

/** What a market trades. */
export const MarketType = words('MarketType', 'What a market trades.', ['SPOT', 'PERP', 'IPERP', 'DATED', 'PREDICTION', 'RFQ']);
/** What a market trades. */
export type MarketType = z.infer<typeof MarketType>;

/** What a book accepts. */
export const OrderBookState = words('OrderBookState', 'What a book accepts.', ['Open', 'Closed', 'CancelOnly', 'LimitOnly', 'PostOnly']);
/** What a book accepts. */
export type OrderBookState = z.infer<typeof OrderBookState>;

/** Why the engine ended an order by itself. */
export const OrderExpiryReason = words('OrderExpiryReason', 'Why the engine ended an order by itself.', [
  'AccountTradingSuspended',
  'BorrowRequiresLendRedeem',
  'FillOrKill',
  'InsufficientBorrowableQuantity',
  'InsufficientFunds',
  'InsufficientLiquidity',
  'InvalidPrice',
  'InvalidQuantity',
  'ImmediateOrCancel',
  'InsufficientMargin',
  'Liquidation',
  'NegativeEquity',
  'PostOnlyMode',
  'PostOnlyTaker',
  'PriceOutOfBounds',
  'ReduceOnlyNotReduced',
  'SelfTradePrevention',
  'StopWithoutPosition',
  'PriceImpact',
  'Unknown',
  'UserPermissions',
  'MaxStopOrdersPerPosition',
  'PositionLimit',
  'SlippageToleranceExceeded',
]);
/** Why the engine ended an order by itself. */
export type OrderExpiryReason = z.infer<typeof OrderExpiryReason>;

/** Life of an order. */
export const OrderStatus = words('OrderStatus', 'Life of an order.', [
  'Cancelled',
  'Expired',
  'Filled',
  'New',
  'PartiallyFilled',
  'TriggerPending',
  'TriggerFailed',
]);
/** Life of an order. */
export type OrderStatus = z.infer<typeof OrderStatus>;

/** Kind of an order. */
export const OrderTypeEnum = words('OrderTypeEnum', 'Kind of an order.', ['Market', 'Limit']);
/** Kind of an order. */
export type OrderTypeEnum = z.infer<typeof OrderTypeEnum>;

/** Whether a position is still open. */
export const PositionState = words('PositionState', 'Whether a position is still open.', ['Open', 'Closed']);
/** Whether a position is still open. */
export type PositionState = z.infer<typeof PositionState>;

/** What happens when an order would trade with its own user. */
export const SelfTradePrevention = words('SelfTradePrevention', 'What happens when an order would trade with its own user.', [
  'RejectTaker',
  'RejectMaker',
  'RejectBoth',
]);
/** What happens when an order would trade with its own user. */
export type SelfTradePrevention = z.infer<typeof SelfTradePrevention>;

/** Side of an order. */
export const Side = words('Side', 'Side of an order.', ['Bid', 'Ask']);
/** Side of an order. */
export type Side = z.infer<typeof Side>;

/** How a slippage tolerance is counted. */
export const SlippageToleranceType = words('SlippageToleranceType', 'How a slippage tolerance is counted.', ['TickSize', 'Percent']);
/** How a slippage tolerance is counted. */
export type SlippageToleranceType = z.infer<typeof SlippageToleranceType>;

/** Order of the rows by time. */
export const SortDirection = words('SortDirection', 'Order of the rows by time.', ['Asc', 'Desc']);
/** Order of the rows by time. */
export type SortDirection = z.infer<typeof SortDirection>;

/** Whether the venue works. */
export const Status = words('Status', 'Whether the venue works.', ['Ok', 'Maintenance']);
/** Whether the venue works. */
export type Status = z.infer<typeof Status>;

/** Which part of the venue made an order. */
export const SystemOrderType = words('SystemOrderType', 'Which part of the venue made an order.', [
  'CollateralConversion',
  'FutureExpiry',
  'LiquidatePositionOnAdl',
  'LiquidatePositionOnBook',
  'LiquidatePositionOnBackstop',
  'OrderBookClosed',
]);
/** Which part of the venue made an order. */
export type SystemOrderType = z.infer<typeof SystemOrderType>;

/** Span of the statistics. */
export const TickerInterval = words('TickerInterval', 'Span of the statistics.', ['1d', '1w']);
/** Span of the statistics. */
export type TickerInterval = z.infer<typeof TickerInterval>;

/** How long an order lives. */
export const TimeInForce = words('TimeInForce', 'How long an order lives.', ['GTC', 'IOC', 'FOK']);
/** How long an order lives. */
export type TimeInForce = z.infer<typeof TimeInForce>;

/** Price that a trigger watches. */
export const TriggerBy = words('TriggerBy', 'Price that a trigger watches.', ['MarkPrice', 'LastPrice', 'IndexPrice']);
/** Price that a trigger watches. */
export type TriggerBy = z.infer<typeof TriggerBy>;
