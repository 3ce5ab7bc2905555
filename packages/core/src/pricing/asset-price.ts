/** Prices of one asset, in USD per unit as doubles (perpetuals rules 1, accounts rules 5): state as plain data. */

export interface AssetPrice {
  /** Last observation of each source: its bid, ask, last in its quote unit; sequence; when its value last changed or was confirmed. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  readonly sourceSeq: Float64Array;
  readonly freshAtMicros: Float64Array;
  /** What each source said when the index was last computed, its quote in USD (0 unknown), its age: for receipts. */
  readonly seenBid: Float64Array;
  readonly seenAsk: Float64Array;
  readonly seenLast: Float64Array;
  readonly seenQuoteUsd: Float64Array;
  readonly seenAgeMicros: Float64Array;
  /** The index; 0 before the first. */
  index: number;
  /** PriceGrade of the index. */
  grade: number;
  freshSources: number;
  /** Last moment at which enough sources were fresh; degraded after it, stale `degradedToStaleMs` later. */
  goodAtMicros: number;
  /** The index passed through the step limit: what the asset is worth as collateral and debt. */
  mark: number;
  /** EWMA of the index with a one-hour horizon, step limited: the slow price for what leaves. */
  stable: number;
  steppedAtMicros: number;
  /** How the mark came about: MarkRule, the mark it went from, seconds of the step. */
  markRule: number;
  markBefore: number;
  markSeconds: number;
  /** Redeemable assets: the rate the index is made with, which follows the listed one at a bounded speed (0 before the first), and when it was moved. */
  redemptionRate: number;
  rateAtMicros: number;
  /** Redeemable assets: middle of their own book in USD (0 thin or none), and the hour's average of its discount to the index, 0 to 1. */
  bookPrice: number;
  bookDiscount: number;
}

/** Prices of an asset nobody has spoken of yet. @param sources - number of sources of the venue. */
export function createAssetPrice(sources: number): AssetPrice {
  return {
    bid: new Float64Array(sources),
    ask: new Float64Array(sources),
    last: new Float64Array(sources),
    sourceSeq: new Float64Array(sources).fill(-1),
    freshAtMicros: new Float64Array(sources).fill(-1e15),
    seenBid: new Float64Array(sources),
    seenAsk: new Float64Array(sources),
    seenLast: new Float64Array(sources),
    seenQuoteUsd: new Float64Array(sources),
    seenAgeMicros: new Float64Array(sources),
    index: 0,
    grade: 2,
    freshSources: 0,
    goodAtMicros: -1e15,
    mark: 0,
    stable: 0,
    steppedAtMicros: 0,
    markRule: 3,
    markBefore: 0,
    markSeconds: 0,
    redemptionRate: 0,
    rateAtMicros: 0,
    bookPrice: 0,
    bookDiscount: 0,
  };
}
