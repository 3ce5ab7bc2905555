/**
 * Live questions to the engine and their answers. They change nothing and are not journaled; answers are plain data in
 * engine units (ticks, lots, atoms as integers; USD figures and fractions as doubles) and leave, like everything, only
 * when the state they speak of is durable.
 */

import type { BackstopAnswer, BackstopCapacityAnswer, DebtNoteAnswer, FundAnswer } from './forced-queries.ts';
import type { AssetListing, MarketListing } from './genesis.ts';
import type { OrderView } from './order-view.ts';
import type { StressAnswer, StressCopy, StressShock } from './stress.ts';

/** One asset of one account. */
export interface HoldingAnswer {
  asset: number;
  freeAtoms: number;
  lentAtoms: number;
  debtAtoms: number;
  heldAtoms: number;
  /** Interest since the position was opened, positive for lends, negative for debts. */
  interestAtoms: number;
  positionId: number;
}

/** Collateral of one asset in USD. */
export interface CollateralAnswer {
  asset: number;
  markPrice: number;
  totalAtoms: number;
  balanceNotional: number;
  weight: number;
  value: number;
  heldAtoms: number;
  lentAtoms: number;
  freeAtoms: number;
}

/** `GET /capital/collateral`: the account's risk at the mark (accounts.md 5), all in USD. */
export interface MarginAnswer {
  assetsValue: number;
  borrowLiability: number;
  liabilitiesValue: number;
  netEquity: number;
  realEquity: number;
  initialMargin: number;
  maintenanceMargin: number;
  equityAvailable: number;
  totalExposure: number;
  netExposureFutures: number;
  unrealisedPnl: number;
  collateral: CollateralAnswer[];
  isLiquidating: boolean;
}

/** A perpetual position. */
export interface PositionAnswer {
  market: number;
  positionId: number;
  sizeLots: number;
  entryCostAtoms: number;
  realizedPnlAtoms: number;
  fundingAtoms: number;
  feesAtoms: number;
  unrealisedPnlAtoms: number;
  exposureLots: number;
  exposureNotional: number;
  markTicks: number;
  imf: number;
  mmf: number;
  /** 0 when no price of this market alone liquidates the account. */
  liquidationPriceTicks: number;
  openedAtMicros: number;
}

/** A debt or lend with its margin. */
export interface BorrowLendAnswer {
  asset: number;
  positionId: number;
  /** Positive for a lend, negative for a debt. */
  netAtoms: number;
  interestAtoms: number;
  markPrice: number;
  imf: number;
  mmf: number;
  exposureAtoms: number;
  exposureNotional: number;
  liquidationPrice: number;
}

/** Settings, limits and tier of an account. */
export interface AccountAnswer {
  account: number;
  user: number;
  subIndex: number;
  autoLend: boolean;
  autoRepayBorrows: boolean;
  autoBorrowSettlements: boolean;
  leverageLimit: number;
  borrowLimitUsd: number;
  positionLimitUsd: number;
  limitOrders: number;
  triggerOrders: number;
  isLiquidating: boolean;
  feeTier: number;
  withdrawalDelayHours: number;
  pendingWithdrawalDelayHours: number;
  pendingWithdrawalDelayAtMicros: number;
  volume30dUsd: number;
}

/** A lending pool. */
export interface PoolAnswer {
  asset: number;
  poolState: number;
  markPrice: number;
  lentAtoms: number;
  borrowedAtoms: number;
  lendRate: number;
  borrowRate: number;
  utilization: number;
  /** What utilisation may rise to in this minute. */
  throttleBound: number;
}

/** A market's live figures. */
export interface MarketAnswer {
  market: number;
  bookState: number;
  isReduceOnly: boolean;
  markTicks: number;
  indexPrice: number;
  indexGrade: number;
  lastPriceTicks: number;
  fundingPpb: number;
  nextFundingMicros: number;
  openInterestLots: number;
  updateId: number;
}

/** How a mark came about, layer by layer, as of the last second. Doubles; 0 is none. */
export interface MarkExplanation {
  market: number;
  /** Those that spoke of the asset, or of its underlying: what they said in their own quote, then in USD. */
  sources: {
    source: number;
    bid: number;
    ask: number;
    last: number;
    /** USD value of what the source quotes in. */
    quoteUsd: number;
    /** Median of bid, ask and last, in USD. */
    price: number;
    /** The price within `clampFraction` of the median; 0 when the source did not count. */
    clamped: number;
    weight: number;
    ageMs: number;
    isFresh: boolean;
  }[];
  /** Of the fresh sources. */
  median: number;
  clampFraction: number;
  freshSources: number;
  /** With fewer the index holds its last value. */
  freshSourcesMin: number;
  indexPrice: number;
  /** PriceGrade. */
  grade: number;
  /** Layer 1: middle of the book, whether both sides held the impact notional, average of mid - index before and after. */
  mid: number;
  isMidCounted: boolean;
  impactNotionalUsd: number;
  ewmaBefore: number;
  ewma: number;
  layer1: number;
  /** Layer 2: within this fraction of the index. */
  premiumBound: number;
  layer2: number;
  /** Layer 3: from this mark, at most this fraction of it a second, in so many seconds. */
  markBefore: number;
  stepPerSecond: number;
  seconds: number;
  layer3: number;
  /** Layer 4: MarkRule. */
  rule: number;
  markTicks: number;
  /** The state that a trader meets: BookState, reduce-only, LimitOnly because step and range conflict. */
  bookState: number;
  isReduceOnly: boolean;
  isStepLimited: boolean;
  /** What a unit of the base is worth as collateral and debt, and the slow price for what leaves. */
  assetMark: number;
  stablePrice: number;
  /** null when the base is not redeemed for another asset. */
  redemption: {
    /** AssetIx. */
    underlying: number;
    underlyingIndex: number;
    /** The rate in use, and the listed one that it follows. */
    rate: number;
    listedRate: number;
    /** Middle of the asset's own book, 0 thin or none; the discount by which new risk counts it less, 0 to 1. */
    bookPrice: number;
    bookDiscount: number;
  } | null;
}

/** A book by levels. */
export interface DepthAnswer {
  market: number;
  updateId: number;
  /** [priceTicks, lots], best first. */
  bids: [number, number][];
  asks: [number, number][];
}

/** How much is possible, and what limits it. */
export interface MaxAnswer {
  /** In lots for an order, atoms otherwise. */
  quantity: number;
  /** What limits it: a short stable word such as margin, funds, positionLimit, utilization, profitPace. */
  limitedBy: string;
  /** When a pace is the limit, until when; 0 otherwise. */
  untilMicros: number;
}

/** A withdrawal that is not finished. */
export interface WithdrawalAnswer {
  withdrawal: number;
  account: number;
  asset: number;
  quantityAtoms: number;
  feeAtoms: number;
  status: number;
  releaseAtMicros: number;
  requestedAtMicros: number;
  address: string;
  blockchain: string;
  clientReference: string;
}

/** A live key; its public half in hex. */
export interface KeyAnswer {
  key: number;
  generation: number;
  user: number;
  account: number;
  permissions: number;
  publicKey: string;
}

/** What is listed, with the parameters of now: those of the genesis, or the last that an operator set. By index. */
export interface ListingsAnswer {
  assets: AssetListing[];
  markets: MarketListing[];
}

/** How far the engine is. */
export interface StatusAnswer {
  seq: number;
  timeMicros: number;
  epoch: number;
  isSandbox: boolean;
  accounts: number;
  openOrders: number;
  /** Hex hash of the whole state; only when asked for, since it reads everything. */
  stateHash: string;
}

/** Every question: its parameters and its answer. */
export interface Queries {
  account: { ask: { account: number }; answer: AccountAnswer };
  holdings: { ask: { account: number }; answer: HoldingAnswer[] };
  margin: { ask: { account: number }; answer: MarginAnswer };
  positions: { ask: { account: number }; answer: PositionAnswer[] };
  borrowLend: { ask: { account: number }; answer: BorrowLendAnswer[] };
  openOrders: { ask: { account: number; market: number }; answer: OrderView[] };
  order: { ask: { account: number; market: number; orderId: number; clientId: number }; answer: OrderView | null };
  maxOrder: {
    ask: {
      account: number;
      market: number;
      side: number;
      priceTicks: number;
      isReduceOnly: boolean;
      autoBorrow: boolean;
      autoLendRedeem: boolean;
    };
    answer: MaxAnswer;
  };
  maxBorrow: { ask: { account: number; asset: number }; answer: MaxAnswer };
  maxWithdrawal: { ask: { account: number; asset: number; autoBorrow: boolean; autoLendRedeem: boolean }; answer: MaxAnswer };
  borrowLiquidationPrice: { ask: { account: number; asset: number }; answer: { liquidationPrice: number; markPrice: number } };
  pools: { ask: Record<string, never>; answer: PoolAnswer[] };
  markets: { ask: Record<string, never>; answer: MarketAnswer[] };
  listings: { ask: Record<string, never>; answer: ListingsAnswer };
  explainMark: { ask: { market: number }; answer: MarkExplanation };
  depth: { ask: { market: number; levels: number }; answer: DepthAnswer };
  subaccounts: { ask: { user: number }; answer: AccountAnswer[] };
  keys: { ask: { user: number }; answer: KeyAnswer[] };
  allKeys: { ask: Record<string, never>; answer: KeyAnswer[] };
  withdrawals: { ask: { account: number }; answer: WithdrawalAnswer[] };
  openWithdrawals: { ask: Record<string, never>; answer: WithdrawalAnswer[] };
  allOpenOrders: { ask: { afterSlot: number; limit: number }; answer: { orders: OrderView[]; nextSlot: number } };
  backstop: { ask: { account: number }; answer: BackstopAnswer[] };
  backstopCapacity: { ask: Record<string, never>; answer: BackstopCapacityAnswer[] };
  fund: { ask: Record<string, never>; answer: FundAnswer };
  debtNotes: { ask: { account: number }; answer: DebtNoteAnswer[] };
  /** Runs a trial on a copy, in the thread that answers; `stressCopy` is the copy, to be run elsewhere. */
  stress: { ask: { account: number; shocks: StressShock[]; seconds: number }; answer: StressAnswer };
  stressCopy: { ask: { account: number }; answer: StressCopy };
  status: { ask: { withHash: boolean }; answer: StatusAnswer };
  /** Checks every invariant of accounts.md 7 over the whole state; the list of what is broken, empty when all hold. */
  audit: { ask: Record<string, never>; answer: string[] };
}

/** Name of a question. */
export type QueryName = keyof Queries;
/** Parameters of a question. */
export type Ask<N extends QueryName> = Queries[N]['ask'];
/** Answer to a question. */
export type Answer<N extends QueryName> = Queries[N]['answer'];
