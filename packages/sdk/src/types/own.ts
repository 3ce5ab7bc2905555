/** Answers of the routes that are this venue's own. */
import type { DateTimeText, Decimal, KeyPermission, OrderBookState } from './words.ts';

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
  /** A spot market has no premium: its mark is the index at a limited speed. */
  readonly marketType: 'SPOT' | 'PERP';
  /** What the sources said of the asset, or of its underlying. */
  readonly sources: MarkSource[];
  /** Median of the fresh sources. */
  readonly median: Decimal | null;
  /** How far from the median a source counts, a fraction. */
  readonly clampFraction: Decimal;
  readonly freshSources: number;
  /** With fewer the index holds its last value. */
  readonly freshSourcesMin: number;
  /** Index price: weighted mean of the clamped prices. */
  readonly indexPrice: Decimal | null;
  /** What the index may be used for. */
  readonly grade: 'Good' | 'Degraded' | 'Stale';
  readonly redemption: MarkRedemption | null;
  /** Middle of the book. */
  readonly mid: Decimal | null;
  /** Whether both sides of the book held the impact notional. */
  readonly isMidCounted: boolean;
  /** Impact notional, in USD. */
  readonly impactNotional: Decimal;
  /** Five-minute average of mid less index, a second before and now. */
  readonly ewmaBefore: Decimal;
  readonly ewma: Decimal;
  /** Layer 1: index and average. */
  readonly layer1: Decimal | null;
  /** Largest distance from the index, a fraction. */
  readonly premiumBound: Decimal;
  /** Layer 2: layer 1 held within that distance. */
  readonly layer2: Decimal | null;
  readonly isClamped: boolean;
  /** Mark before the step, unrounded. */
  readonly markBefore: Decimal | null;
  /** Largest step a second, a fraction of the mark. */
  readonly stepPerSecond: Decimal;
  /** Seconds of the step. */
  readonly seconds: number;
  /** Layer 3: the mark after the step, unrounded. */
  readonly layer3: Decimal | null;
  /** Whether the step did not reach layer 2. */
  readonly isStepBound: boolean;
  /** Layer 4: the first mark; stepped; the index, of a post-only book; held, the index being stale. */
  readonly rule: 'First' | 'Stepped' | 'Index' | 'Held' | 'LastTrade';
  /** Mark price: layer 3 in whole ticks. */
  readonly markPrice: Decimal | null;
  readonly orderBookState: OrderBookState;
  /** Whether only orders that lower risk are taken. */
  readonly isReduceOnly: boolean;
  /** Whether the book is limit-only since step and range conflict. */
  readonly isLimitOnly: boolean;
  /** What a unit of the base is worth as collateral. */
  readonly assetMarkPrice: Decimal | null;
  /** Slow price that guards what leaves. */
  readonly stablePrice: Decimal | null;
};

/** Where the price of a wrapped or yield-bearing asset comes from. */
export type MarkRedemption = {
  readonly underlying: string;
  /** Index of the underlying, in USD. */
  readonly underlyingIndex: Decimal | null;
  /** Underlying for one unit, as it is used: it follows the listed rate by at most 1 % an hour. */
  readonly rate: Decimal;
  readonly listedRate: Decimal;
  /** Middle of its own book, in USD; null when that is thin. */
  readonly bookPrice: Decimal | null;
  /** Discount of its own book over the last hour: new risk counts it that much less. */
  readonly bookDiscount: Decimal;
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
  /** What it quotes in. */
  readonly quote: string;
  readonly bid: Decimal;
  readonly ask: Decimal;
  readonly last: Decimal;
  /** What its quote is worth in USD; 0 when that is not known. */
  readonly quoteUsd: Decimal;
  /** Median of its bid, ask and last price, in USD. */
  readonly price: Decimal;
  /** Price after it was held near the median; null when it did not count. */
  readonly clamped: Decimal | null;
  /** Weight among the sources. */
  readonly weight: Decimal;
  /** Age in milliseconds, when the index was made. */
  readonly ageMs: number;
  /** Whether it was young enough to count. */
  readonly isFresh: boolean;
};
