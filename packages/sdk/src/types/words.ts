/** The closed sets of words of the interface. */

/** Which orders to cancel. */
export type CancelOrderType = 'RestingLimitOrder' | 'ConditionalOrder';

/** Levels of each side. */
export type DepthLimit = '5' | '10' | '20' | '50' | '100' | '500' | '1000';

/** Which fills to list. */
export type FillType =
  | 'User'
  | 'BookLiquidation'
  | 'Adl'
  | 'Backstop'
  | 'Liquidation'
  | 'AllLiquidation'
  | 'CollateralConversion'
  | 'CollateralConversionAndSpotLiquidation';

/** Length of one candle. */
export type KlineInterval =
  | '1s'
  | '1m'
  | '3m'
  | '5m'
  | '15m'
  | '30m'
  | '1h'
  | '2h'
  | '4h'
  | '6h'
  | '8h'
  | '12h'
  | '1d'
  | '3d'
  | '1w'
  | '1month';

/** Price the candles are made of. */
export type KlinePriceType = 'Last' | 'Index' | 'Mark';

/** What a market trades. */
export type MarketType = 'SPOT' | 'PERP' | 'IPERP' | 'DATED' | 'PREDICTION' | 'RFQ';

/** What a book accepts. */
export type OrderBookState = 'Open' | 'Closed' | 'CancelOnly' | 'LimitOnly' | 'PostOnly';

/** Why the engine ended an order by itself. */
export type OrderExpiryReason =
  | 'AccountTradingSuspended'
  | 'BorrowRequiresLendRedeem'
  | 'FillOrKill'
  | 'InsufficientBorrowableQuantity'
  | 'InsufficientFunds'
  | 'InsufficientLiquidity'
  | 'InvalidPrice'
  | 'InvalidQuantity'
  | 'ImmediateOrCancel'
  | 'InsufficientMargin'
  | 'Liquidation'
  | 'NegativeEquity'
  | 'PostOnlyMode'
  | 'PostOnlyTaker'
  | 'PriceOutOfBounds'
  | 'ReduceOnlyNotReduced'
  | 'SelfTradePrevention'
  | 'StopWithoutPosition'
  | 'PriceImpact'
  | 'Unknown'
  | 'UserPermissions'
  | 'MaxStopOrdersPerPosition'
  | 'PositionLimit'
  | 'SlippageToleranceExceeded';

/** Life of an order. */
export type OrderStatus = 'Cancelled' | 'Expired' | 'Filled' | 'New' | 'PartiallyFilled' | 'TriggerPending' | 'TriggerFailed';

/** Kind of an order. */
export type OrderType = 'Market' | 'Limit';

/** Whether a position is still open. */
export type PositionState = 'Open' | 'Closed';

/** What happens when an order would trade with its own user. */
export type SelfTradePrevention = 'RejectTaker' | 'RejectMaker' | 'RejectBoth';

/** Side of an order. */
export type Side = 'Bid' | 'Ask';

/** How a slippage tolerance is counted. */
export type SlippageToleranceType = 'TickSize' | 'Percent';

/** Order of the rows by time. */
export type SortDirection = 'Asc' | 'Desc';

/** Whether the venue works. */
export type VenueStatus = 'Ok' | 'Maintenance';

/** Which part of the venue made an order. */
export type SystemOrderType =
  | 'CollateralConversion'
  | 'FutureExpiry'
  | 'LiquidatePositionOnAdl'
  | 'LiquidatePositionOnBook'
  | 'LiquidatePositionOnBackstop'
  | 'OrderBookClosed';

/** Span of the statistics. */
export type TickerInterval = '1d' | '1w';

/** How long an order lives. */
export type TimeInForce = 'GTC' | 'IOC' | 'FOK';

/** Price that a trigger watches. */
export type TriggerBy = 'MarkPrice' | 'LastPrice' | 'IndexPrice';

/** Chain an asset can come from or go to. */
export type Blockchain =
  | '0G'
  | 'Aptos'
  | 'Arbitrum'
  | 'Avalanche'
  | 'Base'
  | 'Berachain'
  | 'Bitcoin'
  | 'BitcoinCash'
  | 'Bsc'
  | 'Cardano'
  | 'Dogecoin'
  | 'Eclipse'
  | 'EqualsMoney'
  | 'Ethereum'
  | 'Fogo'
  | 'HyperEVM'
  | 'Hyperliquid'
  | 'Linea'
  | 'Litecoin'
  | 'Monad'
  | 'Near'
  | 'Optimism'
  | 'Plasma'
  | 'Polygon'
  | 'Sei'
  | 'Sui'
  | 'Solana'
  | 'Stable'
  | 'Story'
  | 'Tron'
  | 'XRP'
  | 'Zcash';

/** What a lending pool accepts. */
export type BorrowLendBookState = 'Open' | 'Closed' | 'RepayOnly';

/** What a lending act did. */
export type BorrowLendEventType = 'Borrow' | 'BorrowRepay' | 'Lend' | 'LendRedeem';

/** Span of the history. */
export type BorrowLendMarketHistoryInterval = '1d' | '1w' | '1month' | '1year';

/** Whether a borrow or lend is still open. */
export type BorrowLendPositionState = 'Open' | 'Closed';

/** Side of a lending act. */
export type BorrowLendSide = 'Borrow' | 'Lend';

/** Why a lending act happened. */
export type BorrowLendSource =
  | 'AdlProvider'
  | 'AutoBorrowRepay'
  | 'AutoLend'
  | 'BackstopProvider'
  | 'DustConversion'
  | 'Interest'
  | 'Liquidation'
  | 'LiquidationAdl'
  | 'LiquidationBackstop'
  | 'Manual'
  | 'Reconciliation'
  | 'Rfq'
  | 'SpotMargin'
  | 'Withdrawal';

/** Where a deposit came from. */
export type DepositSource =
  | 'administrator'
  | '0G'
  | 'aptos'
  | 'arbitrum'
  | 'avalanche'
  | 'base'
  | 'berachain'
  | 'bitcoin'
  | 'bitcoinCash'
  | 'bsc'
  | 'cardano'
  | 'dogecoin'
  | 'eclipse'
  | 'ethereum'
  | 'fogo'
  | 'hyperEVM'
  | 'hyperliquid'
  | 'linea'
  | 'litecoin'
  | 'monad'
  | 'near'
  | 'polygon'
  | 'optimism'
  | 'plasma'
  | 'sei'
  | 'stable'
  | 'sui'
  | 'solana'
  | 'story'
  | 'tron'
  | 'xRP'
  | 'zcash'
  | 'equalsMoney'
  | 'banxa'
  | 'internal';

/** Life of a deposit. */
export type DepositStatus =
  | 'cancelled'
  | 'confirmed'
  | 'declined'
  | 'expired'
  | 'initiated'
  | 'ownershipVerificationRequired'
  | 'pending'
  | 'refunded'
  | 'senderVerificationCompleted'
  | 'senderVerificationRequired';

/** What interest was paid on. */
export type InterestPaymentSource = 'UnrealizedPnl' | 'BorrowLend';

/** Kind of an interest payment. */
export type PaymentType = 'EntryFee' | 'Borrow' | 'Lend' | 'UnrealizedPositivePnl' | 'UnrealizedNegativePnl';

/** Why cash was settled. */
export type SettlementSource =
  | 'TradingFees'
  | 'TradingFeesSystem'
  | 'FundingPayment'
  | 'CulledBorrowInterest'
  | 'CulledRealizePnlAuto'
  | 'CulledRealizePnlBookUtilisation'
  | 'CulledRealizePnlAccountThreshold'
  | 'CulledRealizePnlSystemThreshold'
  | 'RealizePnl'
  | 'BackstopProviderLiquidation'
  | 'BackstopAdlLiquidation'
  | 'BackstopLiquidityFundProceeds'
  | 'SystemLiabilityTransfer';

/** Which settlements to list. */
export type SettlementSourceFilter =
  | 'BackstopLiquidation'
  | 'CulledBorrowInterest'
  | 'CulledRealizePnl'
  | 'CulledRealizePnlBookUtilization'
  | 'FundingPayment'
  | 'RealizePnl'
  | 'TradingFees'
  | 'TradingFeesSystem';

/** Life of a withdrawal. */
export type WithdrawalStatus =
  | 'confirmed'
  | 'ownershipVerificationRequired'
  | 'pending'
  | 'recipientInformationProvided'
  | 'recipientInformationRequired';

/** What a key may do. */
export type KeyPermission = 'read' | 'trade' | 'withdraw';

/** A decimal number as text, such as `"141.25"`. Never a float: `parseDecimal` and `formatDecimal` compute with it. */
export type Decimal = string;

/** A moment in UTC as ISO text without a zone, such as `"2026-07-19T13:09:00.123456"`. */
export type DateTimeText = string;

/** Why the fund received or paid, beside its own fills, funding and interest. */
export type FundMoveKind = 'Charge' | 'Fee' | 'DebtPaid' | 'Collateral' | 'NoteRepaid' | 'Grant' | 'Dust' | 'DeficitCash' | 'LendersPaid';

/** What the venue did by itself. */
export type ReceiptKindWord =
  | 'OrderCancel'
  | 'BookSlice'
  | 'CollateralSale'
  | 'BackstopTransfer'
  | 'BackstopDebt'
  | 'FundTransfer'
  | 'FundPayment'
  | 'Deleveraging'
  | 'SettlementBorrow'
  | 'DebtNote'
  | 'LendersLoss';

/** Whether it was done to the account, or with a position of it to carry it out. */
export type ReceiptRoleWord = 'Owner' | 'Counterparty';
