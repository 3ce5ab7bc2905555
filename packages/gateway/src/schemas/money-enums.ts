/** The closed sets of words about money: lending, deposits, withdrawals, interest, settlement. */
import type { z } from 'zod';
import { words } from './define.ts';

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

/** What interest was paid on. */
export const InterestPaymentSource = words('InterestPaymentSource', 'What interest was paid on.', ['UnrealizedPnl', 'BorrowLend']);
/** What interest was paid on. */
export type InterestPaymentSource = z.infer<typeof InterestPaymentSource>;

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

/** Life of a withdrawal. */
export const WithdrawalStatus = words('WithdrawalStatus', 'Life of a withdrawal; the quantity of one that failed is back in the account.', [
  'confirmed',
  'failed',
  'ownershipVerificationRequired',
  'pending',
  'recipientInformationProvided',
  'recipientInformationRequired',
]);
/** Life of a withdrawal. */
export type WithdrawalStatus = z.infer<typeof WithdrawalStatus>;
