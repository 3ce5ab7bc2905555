/** Answers about markets and assets. */
import type { Blockchain, DateTimeText, Decimal, MarketType, OrderBookState } from './words.ts';

/** Prices allowed around the mean mark price. */
export type PriceBandMarkPrice = {
  /** Highest price as a multiple of the reference price. */
  readonly maxMultiplier: Decimal;
  /** Lowest price as a multiple of the reference price. */
  readonly minMultiplier: Decimal;
};

/** Premium allowed around the mean premium. */
export type PriceBandMeanPremium = {
  /** Distance allowed from the mean, as a fraction. */
  readonly tolerancePct: Decimal;
};

/** Rules for prices of a market. */
export type PriceFilter = {
  /** Lowest price. */
  readonly minPrice: Decimal;
  /** Highest price; null without a bound. */
  readonly maxPrice: Decimal | null;
  /** Smallest step of a price. */
  readonly tickSize: Decimal;
  /** Highest price as a multiple of the reference price. */
  readonly maxMultiplier: Decimal | null;
  /** Lowest price as a multiple of the reference price. */
  readonly minMultiplier: Decimal | null;
  /** Highest fill price as a multiple of the best price. */
  readonly maxImpactMultiplier: Decimal | null;
  /** Lowest fill price as a multiple of the best price. */
  readonly minImpactMultiplier: Decimal | null;
  readonly meanMarkPriceBand: PriceBandMarkPrice | null;
  readonly meanPremiumBand: PriceBandMeanPremium | null;
  /** Borrow entry fee max multiplier. */
  readonly borrowEntryFeeMaxMultiplier: Decimal | null;
  /** Borrow entry fee min multiplier. */
  readonly borrowEntryFeeMinMultiplier: Decimal | null;
  /** Max price update multiplier. */
  readonly maxPriceUpdateMultiplier: Decimal | null;
  /** Min price update multiplier. */
  readonly minPriceUpdateMultiplier: Decimal | null;
};

/** Rules for quantities of a market. */
export type QuantityFilter = {
  /** Smallest quantity. */
  readonly minQuantity: Decimal;
  /** Largest quantity; null without a bound. */
  readonly maxQuantity: Decimal | null;
  /** Smallest step of a quantity. */
  readonly stepSize: Decimal;
};

/** Rules for orders of a market. */
export type OrderBookFilters = {
  readonly price: PriceFilter;
  readonly quantity: QuantityFilter;
};

/** A market. */
export type Market = {
  readonly symbol: string;
  /** Base asset. */
  readonly baseSymbol: string;
  /** Quote asset. */
  readonly quoteSymbol: string;
  readonly marketType: MarketType;
  readonly filters: OrderBookFilters;
  readonly imfFunction: MarginFunction | null;
  readonly mmfFunction: MarginFunction | null;
  /** Time between fundings, in milliseconds. */
  readonly fundingInterval: number | null;
  /** Highest funding rate of one interval, in basis points. */
  readonly fundingRateUpperBound: Decimal | null;
  /** Lowest funding rate of one interval, in basis points. */
  readonly fundingRateLowerBound: Decimal | null;
  /** Open interest above which only reducing orders are taken. */
  readonly openInterestLimit: Decimal | null;
  readonly orderBookState: OrderBookState;
  /** When it was created. */
  readonly createdAt: DateTimeText;
  /** Whether the market is shown in lists. */
  readonly visible: boolean;
  /** Weight of the market in position limits. */
  readonly positionLimitWeight: Decimal | null;
};

/** An asset on one chain. */
export type Token = {
  /** Name for people. */
  readonly displayName: string;
  readonly blockchain: Blockchain;
  /** Contract of the asset; null for a native one. */
  readonly contractAddress: string | null;
  /** Whether deposits are taken. */
  readonly depositEnabled: boolean;
  /** Smallest deposit. */
  readonly minimumDeposit: Decimal;
  /** Whether withdrawals are sent. */
  readonly withdrawEnabled: boolean;
  /** Smallest withdrawal. */
  readonly minimumWithdrawal: Decimal;
  /** Largest withdrawal; null without a bound. */
  readonly maximumWithdrawal: Decimal | null;
  /** Fee of a withdrawal. */
  readonly withdrawalFee: Decimal;
  /** Decimals on the chain. */
  readonly nativeDecimals: number | null;
};

/** An asset and the chains it lives on. */
export type MarketAsset = {
  readonly symbol: string;
  /** Name for people. */
  readonly displayName: string;
  /** Id at CoinGecko. */
  readonly coingeckoId: string | null;
  readonly tokens: Token[];
};

/** How an asset counts as collateral and as a debt. */
export type CollateralSummary = {
  readonly symbol: string;
  readonly imfFunction: MarginFunction;
  readonly mmfFunction: MarginFunction;
  readonly haircutFunction: CollateralFunction;
};

/** Margin fraction: the larger of the base and factor times the square root of the notional. */
export type MarginFunction = { readonly type: 'sqrt'; readonly base: Decimal; readonly factor: Decimal };

/** Weight of an asset as collateral. */
export type CollateralFunction = {
  /** Largest weight, as a fraction. */
  readonly weight: Decimal;
  readonly kind:
    | { readonly type: 'inverseSqrt'; readonly base: Decimal; readonly positiveCurvePenalty: Decimal }
    | { readonly type: 'identity' };
};
