/** The closed sets of words of the public interface, as schemas and as types. */
import { z } from 'zod';
import { mustBe } from '../errors/error-of-issues.ts';

function words<const Words extends readonly [string, ...string[]]>(id: string, description: string, members: Words) {
  return z.enum(members, { error: mustBe(`one of ${members.join(', ')}`) }).meta({ id, description, examples: [members[0]] });
}

/** Chain an asset can come from or go to. */
export const Blockchain = words('Blockchain', 'Chain an asset can come from or go to.', [
  '0G',
  'Aptos',
  'Arbitrum',
  'Avalanche',
  'Base',
  'Berachain',
  'Bitcoin',
  'BitcoinCash',
  'Bsc',
  'Cardano',
  'Dogecoin',
  'Eclipse',
  'EqualsMoney',
  'Ethereum',
  'Fogo',
  'HyperEVM',
  'Hyperliquid',
  'Linea',
  'Litecoin',
  'Monad',
  'Near',
  'Optimism',
  'Plasma',
  'Polygon',
  'Sei',
  'Sui',
  'Solana',
  'Stable',
  'Story',
  'Tron',
  'XRP',
  'Zcash',
]);
/** Chain an asset can come from or go to. */
export type Blockchain = z.infer<typeof Blockchain>;

/** What a lending pool accepts. */
export const BorrowLendBookState = words('BorrowLendBookState', 'What a lending pool accepts.', ['Open', 'Closed', 'RepayOnly']);
/** What a lending pool accepts. */
export type BorrowLendBookState = z.infer<typeof BorrowLendBookState>;

/** What a lending act did. */
export const BorrowLendEventType = words('BorrowLendEventType', 'What a lending act did.', ['Borrow', 'BorrowRepay', 'Lend', 'LendRedeem']);
/** What a lending act did. */
export type BorrowLendEventType = z.infer<typeof BorrowLendEventType>;

/** Span of the history. */
export const BorrowLendMarketHistoryInterval = words('BorrowLendMarketHistoryInterval', 'Span of the history.', [
  '1d',
  '1w',
  '1month',
  '1year',
]);
/** Span of the history. */
export type BorrowLendMarketHistoryInterval = z.infer<typeof BorrowLendMarketHistoryInterval>;

/** Whether a borrow or lend is still open. */
export const BorrowLendPositionState = words('BorrowLendPositionState', 'Whether a borrow or lend is still open.', ['Open', 'Closed']);
/** Whether a borrow or lend is still open. */
export type BorrowLendPositionState = z.infer<typeof BorrowLendPositionState>;

/** Side of a lending act. */
export const BorrowLendSide = words('BorrowLendSide', 'Side of a lending act.', ['Borrow', 'Lend']);
/** Side of a lending act. */
export type BorrowLendSide = z.infer<typeof BorrowLendSide>;

/** Why a lending act happened. */
export const BorrowLendSource = words('BorrowLendSource', 'Why a lending act happened.', [
  'AdlProvider',
  'AutoBorrowRepay',
  'AutoLend',
  'BackstopProvider',
  'DustConversion',
  'Interest',
  'Liquidation',
  'LiquidationAdl',
  'LiquidationBackstop',
  'Manual',
  'Reconciliation',
  'Rfq',
  'SpotMargin',
  'Withdrawal',
]);
/** Why a lending act happened. */
export type BorrowLendSource = z.infer<typeof BorrowLendSource>;

/** Which orders to cancel. */
export const CancelOrderTypeEnum = words('CancelOrderTypeEnum', 'Which orders to cancel.', ['RestingLimitOrder', 'ConditionalOrder']);
/** Which orders to cancel. */
export type CancelOrderTypeEnum = z.infer<typeof CancelOrderTypeEnum>;

/** Where a deposit came from. */
export const DepositSource = words('DepositSource', 'Where a deposit came from.', [
  'administrator',
  '0G',
  'aptos',
  'arbitrum',
  'avalanche',
  'base',
  'berachain',
  'bitcoin',
  'bitcoinCash',
  'bsc',
  'cardano',
  'dogecoin',
  'eclipse',
  'ethereum',
  'fogo',
  'hyperEVM',
  'hyperliquid',
  'linea',
  'litecoin',
  'monad',
  'near',
  'polygon',
  'optimism',
  'plasma',
  'sei',
  'stable',
  'sui',
  'solana',
  'story',
  'tron',
  'xRP',
  'zcash',
  'equalsMoney',
  'banxa',
  'internal',
]);
/** Where a deposit came from. */
export type DepositSource = z.infer<typeof DepositSource>;

/** Life of a deposit. */
export const DepositStatus = words('DepositStatus', 'Life of a deposit.', [
  'cancelled',
  'confirmed',
  'declined',
  'expired',
  'initiated',
  'ownershipVerificationRequired',
  'pending',
  'refunded',
  'senderVerificationCompleted',
  'senderVerificationRequired',
]);
/** Life of a deposit. */
export type DepositStatus = z.infer<typeof DepositStatus>;

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

/** What interest was paid on. */
export const InterestPaymentSource = words('InterestPaymentSource', 'What interest was paid on.', ['UnrealizedPnl', 'BorrowLend']);
/** What interest was paid on. */
export type InterestPaymentSource = z.infer<typeof InterestPaymentSource>;

/** Length of one candle. */
export const KlineInterval = words('KlineInterval', 'Length of one candle.', [
  '1s',
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1month',
]);
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

/** Kind of an interest payment. */
export const PaymentType = words('PaymentType', 'Kind of an interest payment.', [
  'EntryFee',
  'Borrow',
  'Lend',
  'UnrealizedPositivePnl',
  'UnrealizedNegativePnl',
]);
/** Kind of an interest payment. */
export type PaymentType = z.infer<typeof PaymentType>;

/** Whether a position is still open. */
export const PositionState = words('PositionState', 'Whether a position is still open.', ['Open', 'Closed']);
/** Whether a position is still open. */
export type PositionState = z.infer<typeof PositionState>;

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

/** What happens when an order would trade with its own user. */
export const SelfTradePrevention = words('SelfTradePrevention', 'What happens when an order would trade with its own user.', [
  'RejectTaker',
  'RejectMaker',
  'RejectBoth',
]);
/** What happens when an order would trade with its own user. */
export type SelfTradePrevention = z.infer<typeof SelfTradePrevention>;

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

/** Why cash was settled. */
export const SettlementSource = words('SettlementSource', 'Why cash was settled.', [
  'TradingFees',
  'TradingFeesSystem',
  'FundingPayment',
  'CulledBorrowInterest',
  'CulledRealizePnlAuto',
  'CulledRealizePnlBookUtilisation',
  'CulledRealizePnlAccountThreshold',
  'CulledRealizePnlSystemThreshold',
  'RealizePnl',
  'BackstopProviderLiquidation',
  'BackstopAdlLiquidation',
  'BackstopLiquidityFundProceeds',
  'SystemLiabilityTransfer',
]);
/** Why cash was settled. */
export type SettlementSource = z.infer<typeof SettlementSource>;

/** Which settlements to list. */
export const SettlementSourceFilter = words('SettlementSourceFilter', 'Which settlements to list.', [
  'BackstopLiquidation',
  'CulledBorrowInterest',
  'CulledRealizePnl',
  'CulledRealizePnlBookUtilization',
  'FundingPayment',
  'RealizePnl',
  'TradingFees',
  'TradingFeesSystem',
]);
/** Which settlements to list. */
export type SettlementSourceFilter = z.infer<typeof SettlementSourceFilter>;

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

/** Span of the history. */
export const VaultHistoryInterval = words('VaultHistoryInterval', 'Span of the history.', ['1d', '1w', '1month', '1year']);
/** Span of the history. */
export type VaultHistoryInterval = z.infer<typeof VaultHistoryInterval>;

/** Life of a redemption. */
export const VaultRedeemStatus = words('VaultRedeemStatus', 'Life of a redemption.', ['Requested', 'Redeemed', 'Cancelled']);
/** Life of a redemption. */
export type VaultRedeemStatus = z.infer<typeof VaultRedeemStatus>;

/** Life of a withdrawal. */
export const WithdrawalStatus = words('WithdrawalStatus', 'Life of a withdrawal.', [
  'confirmed',
  'ownershipVerificationRequired',
  'pending',
  'recipientInformationProvided',
  'recipientInformationRequired',
]);
/** Life of a withdrawal. */
export type WithdrawalStatus = z.infer<typeof WithdrawalStatus>;
