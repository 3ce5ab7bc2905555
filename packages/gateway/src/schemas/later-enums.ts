/** The closed sets of words of quotes, strategies, vaults and predictions. */
import type { z } from 'zod';
import { words } from './define.ts';

/** Where the outcome of a prediction is read. */
export const ResolutionSource = words('ResolutionSource', 'Where the outcome of a prediction is read.', ['binance']);
/** Where the outcome of a prediction is read. */
export type ResolutionSource = z.infer<typeof ResolutionSource>;

/** Whether the requester accepts a quote or the first good one is taken. */
export const RfqExecutionMode = words('RfqExecutionMode', 'Whether the requester accepts a quote or the first good one is taken.', [
  'AwaitAccept',
  'Immediate',
]);
/** Whether the requester accepts a quote or the first good one is taken. */
export type RfqExecutionMode = z.infer<typeof RfqExecutionMode>;

/** Who asked for the quote. */
export const RfqFillType = words('RfqFillType', 'Who asked for the quote.', ['User', 'CollateralConversion']);
/** Who asked for the quote. */
export type RfqFillType = z.infer<typeof RfqFillType>;

/** How often a series of predictions repeats. */
export const SeriesRecurrence = words('SeriesRecurrence', 'How often a series of predictions repeats.', [
  'minutely',
  'fiveMinutely',
  'fifteenMinutely',
  'hourly',
  'daily',
  'weekly',
  'monthly',
]);
/** How often a series of predictions repeats. */
export type SeriesRecurrence = z.infer<typeof SeriesRecurrence>;

/** Why a strategy ended. */
export const StrategyCrankCancelReason = words('StrategyCrankCancelReason', 'Why a strategy ended.', [
  'Expired',
  'FillOrKill',
  'InsufficientBorrowableQuantity',
  'InsufficientFunds',
  'InsufficientLiquidity',
  'InvalidPrice',
  'InvalidQuantity',
  'InsufficientMargin',
  'Liquidation',
  'PriceOutOfBounds',
  'ReduceOnlyNotReduced',
  'SelfTradePrevention',
  'Unknown',
  'UserPermissions',
]);
/** Why a strategy ended. */
export type StrategyCrankCancelReason = z.infer<typeof StrategyCrankCancelReason>;

/** Life of a strategy. */
export const StrategyStatus = words('StrategyStatus', 'Life of a strategy.', ['Running', 'Completed', 'Cancelled', 'Terminated']);
/** Life of a strategy. */
export type StrategyStatus = z.infer<typeof StrategyStatus>;

/** Kind of a strategy. */
export const StrategyTypeEnum = words('StrategyTypeEnum', 'Kind of a strategy.', ['Scheduled']);
/** Kind of a strategy. */
export type StrategyTypeEnum = z.infer<typeof StrategyTypeEnum>;

/** Side of the strike on which a prediction comes true. */
export const StrikePriceCondition = words('StrikePriceCondition', 'Side of the strike on which a prediction comes true.', [
  'above',
  'below',
]);
/** Side of the strike on which a prediction comes true. */
export type StrikePriceCondition = z.infer<typeof StrikePriceCondition>;

/** Span of the history. */
export const VaultHistoryInterval = words('VaultHistoryInterval', 'Span of the history.', ['1d', '1w', '1month', '1year']);
/** Span of the history. */
export type VaultHistoryInterval = z.infer<typeof VaultHistoryInterval>;

/** Life of a redemption. */
export const VaultRedeemStatus = words('VaultRedeemStatus', 'Life of a redemption.', ['Requested', 'Redeemed', 'Cancelled']);
/** Life of a redemption. */
export type VaultRedeemStatus = z.infer<typeof VaultRedeemStatus>;
