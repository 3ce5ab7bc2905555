/** Answers about balances, collateral, deposits and withdrawals. */
import type { Blockchain, DateTimeText, Decimal, DepositSource, DepositStatus, SettlementSource, WithdrawalStatus } from './words.ts';

/** Balance of one asset. */
export type Balance = {
  /** What can be used at once. */
  readonly available: Decimal;
  /** What open orders hold. */
  readonly locked: Decimal;
  /** What is staked; always 0 here. */
  readonly staked: Decimal;
};

/** One asset as collateral. */
export type Collateral = {
  readonly symbol: string;
  /** Mark price of the asset. */
  readonly assetMarkPrice: Decimal;
  /** Whole quantity, before weights. */
  readonly totalQuantity: Decimal;
  /** Balance times index price. */
  readonly balanceNotional: Decimal;
  /** Weight as collateral, a fraction. */
  readonly collateralWeight: Decimal;
  /** Balance times index price times weight. */
  readonly collateralValue: Decimal;
  /** What open orders hold. */
  readonly openOrderQuantity: Decimal;
  /** What is lent and not held. */
  readonly lendQuantity: Decimal;
  /** What is free and not held. */
  readonly availableQuantity: Decimal;
};

/** Equity and margin of the account. */
export type MarginAccountSummary = {
  /** Value of what the account owns. */
  readonly assetsValue: Decimal;
  /** Value of what it has borrowed. */
  readonly borrowLiability: Decimal;
  readonly collateral: Collateral[];
  /** Initial margin fraction. */
  readonly imf: Decimal;
  /** Profit and loss not yet settled. */
  readonly unsettledEquity: Decimal;
  /** Value of all it owes. */
  readonly liabilitiesValue: Decimal;
  /** Net equity over exposure; null without exposure. */
  readonly marginFraction: Decimal | null;
  /** Maintenance margin fraction. */
  readonly mmf: Decimal;
  /** Equity after weights. */
  readonly netEquity: Decimal;
  /** Equity free for new risk. */
  readonly netEquityAvailable: Decimal;
  /** Equity bound by margin. */
  readonly netEquityLocked: Decimal;
  /** Notional of positions and of orders that may become positions. */
  readonly netExposureFutures: Decimal;
  /** Profit at the mark price not yet realised. */
  readonly pnlUnrealized: Decimal;
};

/** A deposit. */
export type Deposit = {
  /** Id. */
  readonly id: number;
  /** Address it goes to. */
  readonly toAddress: string | null;
  /** Address it came from. */
  readonly fromAddress: string | null;
  readonly source: DepositSource;
  readonly status: DepositStatus;
  /** Transaction on the chain, once known. */
  readonly transactionHash: string | null;
  readonly symbol: string;
  /** Quantity. */
  readonly quantity: Decimal;
  /** When it was seen. */
  readonly createdAt: DateTimeText;
  /** Amount in fiat money. */
  readonly fiatAmount: number | null;
  /** Fiat currency. */
  readonly fiatCurrency: string | null;
  /** Bank code of the sender. */
  readonly institutionBic: string | null;
  /** Memo of the platform. */
  readonly platformMemo: string | null;
};

/** Where to send a deposit. */
export type DepositAddress = {
  /** Address. */
  readonly address: string;
};

/** A withdrawal. */
export type Withdrawal = {
  /** Id. */
  readonly id: number;
  readonly blockchain: Blockchain;
  /** Your own id, if you gave one. */
  readonly clientId: string | null;
  /** Identifier. */
  readonly identifier: string | null;
  /** Quantity. */
  readonly quantity: Decimal;
  /** Fee of the venue. */
  readonly fee: Decimal;
  /** Fiat fee. */
  readonly fiatFee: Decimal | null;
  /** Fiat state. */
  readonly fiatState: string | null;
  /** Fiat symbol. */
  readonly fiatSymbol: string | null;
  /** Provider id. */
  readonly providerId: string | null;
  readonly symbol: string;
  readonly status: WithdrawalStatus;
  /** Index of the account among those of its user. */
  readonly subaccountId: number | null;
  /** Address it goes to. */
  readonly toAddress: string;
  /** Transaction on the chain, once known. */
  readonly transactionHash: string | null;
  /** When it was created. */
  readonly createdAt: DateTimeText;
  /** Whether it stays inside the venue. */
  readonly isInternal: boolean;
  /** Bank name. */
  readonly bankName: string | null;
  /** Bank identifier. */
  readonly bankIdentifier: string | null;
  /** Account identifier. */
  readonly accountIdentifier: string | null;
  /** When a delayed withdrawal is sent. */
  readonly triggerAt: DateTimeText | null;
};

/** Waiting time of withdrawals. */
export type WithdrawalDelay = {
  /** Delay now, in hours. */
  readonly currentWithdrawalDelayHours: number | null;
  /** Delay that is to come, in hours. */
  readonly pendingWithdrawalDelayHours: number | null;
  /** When the coming delay begins. */
  readonly pendingWithdrawalDelayHoursEnabledAt: DateTimeText | null;
};

/** A small balance turned into USDC. */
export type DustConversion = {
  /** Id. */
  readonly id: number;
  /** Quantity. */
  readonly quantity: Decimal;
  readonly symbol: string;
  /** USDC received. */
  readonly usdcReceived: Decimal;
  /** When it happened. */
  readonly timestamp: DateTimeText;
};

/** A change of cash by settlement. */
export type Settlement = {
  /** Quantity. */
  readonly quantity: Decimal;
  readonly source: SettlementSource;
  /** Index of the account among those of its user. */
  readonly subaccountId: number | null;
  /** When it happened. */
  readonly timestamp: DateTimeText;
  /** Id of the user. */
  readonly userId: number;
  /** Id of the position. */
  readonly positionId: string | null;
  /** Sequence of the engine. */
  readonly engineSequence: number | null;
};
