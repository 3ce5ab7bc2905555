/** Answers of the routes that are this venue's own. */
import type { DateTimeText, Decimal, KeyPermission } from './words.ts';

/** One account of a user: a pool of money and risk of its own. */
export type Subaccount = {
  /** Index among the accounts of the user. */
  readonly subaccountId: number;
  /** Id of the account. */
  readonly accountId: number;
};

/** A transfer that was carried out. */
export type Transfer = {
  readonly symbol: string;
  /** What was moved. */
  readonly quantity: Decimal;
  /** Index of the paying account. */
  readonly fromSubaccountId: number;
  /** Index of the receiving account. */
  readonly toSubaccountId: number;
  /** Sequence of the engine. */
  readonly engineSequence: number;
};

/** A key that may sign for an account. */
export type ApiKey = {
  /** Public ED25519 key in base64. */
  readonly publicKey: string;
  readonly permissions: KeyPermission[];
  /** Index of the account. */
  readonly subaccountId: number;
};

/** Test money given. */
export type FaucetGrant = {
  readonly symbol: string;
  /** What was given. */
  readonly quantity: Decimal;
};

/** The summary of one settlement. */
export type SettlementEpoch = {
  /** Number of the settlement. */
  readonly epoch: number;
  readonly timestamp: DateTimeText;
  /** Accounts that were settled. */
  readonly accounts: number;
  /** USDC borrowed to settle. */
  readonly borrows: Decimal;
  /** Fees collected since the last one, in USDC. */
  readonly fees: Decimal;
  /** Size of the fund, in USDC. */
  readonly fund: Decimal;
  readonly markets: SettlementEpochMarket[];
};

/** How a mark price came about, layer by layer. */
export type MarkExplanation = {
  readonly symbol: string;
  readonly sources: MarkSource[];
  /** Median of the fresh sources. */
  readonly median: Decimal | null;
  /** Index price. */
  readonly indexPrice: Decimal | null;
  /** What the index may be used for. */
  readonly grade: 'Good' | 'Degraded' | 'Stale';
  /** Middle of the book. */
  readonly mid: Decimal | null;
  /** Whether the middle of the book counts now. */
  readonly isMidCounted: boolean;
  /** Smoothed premium over the index. */
  readonly ewma: Decimal | null;
  /** First candidate. */
  readonly layer1: Decimal | null;
  /** Second candidate. */
  readonly layer2: Decimal | null;
  /** Third candidate. */
  readonly layer3: Decimal | null;
  /** Mark price: the middle of the candidates, held near the index. */
  readonly markPrice: Decimal | null;
  /** Slow price that guards margin. */
  readonly stablePrice: Decimal | null;
};

/** One market in a settlement. */
export type SettlementEpochMarket = {
  readonly symbol: string;
  /** Mark price it was settled at. */
  readonly settlePrice: Decimal;
  /** Sum of the gains, in USDC. */
  readonly gains: Decimal;
  /** Sum of the losses, in USDC. */
  readonly losses: Decimal;
};

/** What one source said of an asset. */
export type MarkSource = {
  readonly source: string;
  readonly bid: Decimal | null;
  readonly ask: Decimal | null;
  readonly last: Decimal | null;
  /** Price taken from it. */
  readonly price: Decimal | null;
  /** Price after it was held near the median. */
  readonly clamped: Decimal | null;
  /** Weight among the sources. */
  readonly weight: Decimal;
  readonly ageMs: number;
  /** Whether it is young enough to count. */
  readonly isFresh: boolean;
};
