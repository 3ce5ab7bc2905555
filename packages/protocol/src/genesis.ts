/**
 * The constitution of a venue: what stands in the first record of its journal, as canonical JSON.
 *
 * Prices, sizes and amounts are decimal strings; rates are fractions or ppm as their names say. The defaults are made
 * by `apps/venue`; the engine checks every rule again before it accepts a genesis.
 */

/** sqrt margin function: `max(base, factor * sqrt(notional in USD))`. */
export interface MarginFunction {
  base: number;
  factor: number;
}

/** Collateral weight: `identity` is w, `inverseSqrt` is `min(w, base / (1 + penalty * sqrt(notional)))`. */
export type WeightFunction = { kind: 'identity'; weight: number } | { kind: 'inverseSqrt'; weight: number; base: number; penalty: number };

/** Lending pool of an asset (lending.md 2 and 3). Rates are a year's fraction. */
export interface PoolListing {
  rMin: number;
  rOpt: number;
  rMax: number;
  uOpt: number;
  /** The venue's share of interest, a fraction. */
  fee: number;
  maxUtilization: number;
  /** Above it utilisation may rise per minute only by `throttleFraction` of the distance to the bound. */
  throttleThreshold: number;
  throttleFraction: number;
  /** Caps manual growth of the pool, in units of the asset. */
  openBorrowLendLimit: string;
}

/** A chain an asset can come from or go to, through the custodian. */
export interface TokenListing {
  blockchain: string;
  contractAddress: string | null;
  minimumDeposit: string;
  minimumWithdrawal: string;
  withdrawalFee: string;
  nativeDecimals: number;
}

/** An asset as it is listed. */
export interface AssetListing {
  symbol: string;
  displayName: string;
  /** Ledger decimals: atoms per unit = 10^decimals. */
  decimals: number;
  weight: WeightFunction;
  borrowImf: MarginFunction;
  borrowMmf: MarginFunction;
  pool: PoolListing | null;
  /** Yield-bearing or wrapped: valued by `rate` times the underlying's index. */
  redemption: { underlying: string; rate: string } | null;
  /** Largest move of the asset's mark a second, a fraction; of a redeemable asset its underlying's counts. */
  stepPerSecond: number;
  tokens: TokenListing[];
  /** Sandbox: given to a new account, and the most the faucet gives per account and day. */
  faucetGrant: string;
  faucetDaily: string;
}

/** A multiplicative band: prices within [min, max] of the reference. */
export interface Band {
  min: number;
  max: number;
}

/** A market as it is listed. */
export interface MarketListing {
  symbol: string;
  type: 'SPOT' | 'PERP';
  base: string;
  quote: string;
  tickSize: string;
  lotSize: string;
  /** In lots. */
  minQuantityLots: number;
  maxQuantityLots: number;
  maxPriceTicks: number;
  state: 'Open' | 'PostOnly' | 'LimitOnly' | 'CancelOnly' | 'Closed';
  limitBand: Band;
  impactBand: Band;
  meanMarkBand: Band;
  /** Perps only (null on spot): margin, premium and funding parameters. */
  perp: PerpListing | null;
  /** Delay of takers in ms (interface.md 6.6). */
  takerSpeedBumpMs: number;
}

/** What a perpetual has beside what every market has. */
export interface PerpListing {
  imf: MarginFunction;
  mmf: MarginFunction;
  /** Mark stays within index * (1 +- bound). */
  premiumBound: number;
  meanPremiumTolerance: number;
  impactNotionalUsd: number;
  fundingCap: number;
  fundingFloor: number;
  openInterestLimitUsd: number;
}

/** A fee tier: reached by 30-day volume; rates in ppm, negative maker rates are rebates. */
export interface FeeTier {
  volumeUsd: number;
  spotMakerPpm: number;
  spotTakerPpm: number;
  perpMakerPpm: number;
  perpTakerPpm: number;
}

/** Sizes of the engine's tables; allocated once. */
export interface EngineLimits {
  accounts: number;
  users: number;
  keys: number;
  keysPerUser: number;
  holdings: number;
  positions: number;
  orders: number;
  triggers: number;
  levelsPerSide: number;
  accountsPerUser: number;
  limitOrdersPerAccount: number;
  triggerOrdersPerAccount: number;
  idempotencyKeysPerAccount: number;
  idempotencyKeys: number;
  replayedSignatures: number;
  withdrawalsOpen: number;
  settleSliceAccounts: number;
}

/** Price rules (perpetuals.md 1 and 2). */
export interface PriceRules {
  sources: { name: string; weight: number; quote: 'USD' | 'USDC' | 'USDT' }[];
  freshSourcesMin: number;
  sourceStaleMs: number;
  degradedToStaleMs: number;
  clampFraction: number;
  /** 'lastTrade' is for comparison in simulations: the mark of a market is its last trade, with no layer between; sandboxes only. */
  marks: 'layered' | 'lastTrade';
}

/** Liquidation (liquidation.md 2). Shares are fractions. */
export interface LiquidationRules {
  /** Share of a size at the trigger that one slice offers to the book, and the USD below which a slice is all that is left. */
  sliceFraction: number;
  sliceWholeBelowUsd: number;
  /** Fee of what is closed on the book: the smaller of a fraction of the notional and a share of its maintenance fraction. */
  feeMax: number;
  feeMmfShare: number;
  /** Seconds for which an asset is sold on a price that is only held. */
  degradedSellSeconds: number;
  /** The backstop is due at a margin fraction of `max(MMF * share, MMF - less)`, */
  backstopMmfShare: number;
  backstopMmfLess: number;
  /** or when over so many seconds the book took less than this share of what was offered. */
  bookSeconds: number;
  bookTakenMin: number;
  /** USD that a provider ring-fences in a market at least: many tiny postings would fill the table and slow takings. */
  providerCapitalMinUsd: number;
  /** A provider's taken notional is at most this many times its ring-fenced capital, which leaves after a notice. */
  providerLeverageMax: number;
  providerNoticeSeconds: number;
  /** The charge is at most this share of the part's maintenance margin; the fund gets a share of it, the providers the rest. */
  chargeMaintenanceShare: number;
  chargeFundShare: number;
  /** Notional the fund takes in a market at most, as a share of its equity, and the share it unwinds a minute. */
  fundMarketShare: number;
  fundUnwindPerMinute: number;
}

/** The whole constitution. */
export interface Genesis {
  version: 1;
  venueId: string;
  createdAtMicros: number;
  sandbox: boolean;
  /** Seed of the simulated world, shown so that it can be repeated; the engine draws no randomness. */
  seed: number;
  limits: EngineLimits;
  prices: PriceRules;
  assets: AssetListing[];
  markets: MarketListing[];
  feeTiers: FeeTier[];
  account: {
    leverageLimitDefault: number;
    leverageLimitMax: number;
    borrowLimitUsd: number;
    positionLimitUsd: number;
    withdrawalDelayHours: number;
    withdrawalDelayHoursMax: number;
  };
  /** Fraction of a market's open-interest limit that profit may leave with per hour, and a user's share of it. */
  withdrawableProfitFraction: number;
  withdrawableProfitUserShare: number;
  settleEverySeconds: number;
  liquidation: LiquidationRules;
  /** USDC given to the fund at genesis (sandbox: 1,000,000). */
  fundGrant: string;
  registrationsPerAddressAndDay: number;
}
