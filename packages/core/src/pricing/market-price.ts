/** Mark, funding and band state of one market (perpetuals rules 2, 3, 6): plain data. */

export interface MarketPrice {
  /** Published mark; 0 before the first. On spot markets the index in ticks, for triggers and bands. */
  markTicks: number;
  /** Mark before rounding (layer 3), USD. */
  markExact: number;
  /** EWMA of mid - index, USD. */
  ewma: number;
  /** Layers of the last second, for explanation. */
  mid: number;
  isMidCounted: boolean;
  layer1: number;
  layer2: number;
  /** PriceGrade of the mark: the base asset's grade. */
  grade: number;
  steppedAtMicros: number;
  /** How the mark came about, for receipts: MarkRule, mark and EWMA it went from, seconds of the step. */
  markRule: number;
  markBefore: number;
  ewmaBefore: number;
  markSeconds: number;
  /** (layer 2 - index) / index of the last second. */
  premium: number;
  /** Sum, in trillionths (exact), and number of premium samples in the running hour. */
  premiumSum: number;
  premiumSamples: number;
  /** Estimate of the running hour's rate, 1e-9. */
  fundingPpb: number;
  /** Hour number whose funding was last set. */
  fundedHour: number;
  /** Rate of the hour that ended, 1e-9, and whether it still has to be paid (settlement/funding.ts). */
  fundingDuePpb: number;
  isFundingDue: boolean;
  /** BookState the market goes back to after a stop, -1 none, and whole seconds of good prices it still waits (pricing/reopen.ts). */
  reopenState: number;
  reopenSeconds: number;
  /** Five-minute means for the bands: time-weighted EWMA of mark (USD) and of premium. */
  meanMark: number;
  meanPremium: number;
  /** Settle marks of the running (or last) epoch and of the one before it: lastMark of an account (accounts rules 4). */
  settleTicks: number;
  settleTicksBefore: number;
  /** Gains of the running epoch in this market, quote atoms. */
  epochGains: number;
  epochLosses: number;
}

/** Prices of a market before its first. */
export function createMarketPrice(): MarketPrice {
  return {
    markTicks: 0,
    markExact: 0,
    ewma: 0,
    mid: 0,
    isMidCounted: false,
    layer1: 0,
    layer2: 0,
    grade: 2,
    steppedAtMicros: 0,
    markRule: 3,
    markBefore: 0,
    ewmaBefore: 0,
    markSeconds: 0,
    premium: 0,
    premiumSum: 0,
    premiumSamples: 0,
    fundingPpb: 0,
    fundedHour: 0,
    fundingDuePpb: 0,
    isFundingDue: false,
    reopenState: -1,
    reopenSeconds: 0,
    meanMark: 0,
    meanPremium: 0,
    settleTicks: 0,
    settleTicksBefore: 0,
    epochGains: 0,
    epochLosses: 0,
  };
}
