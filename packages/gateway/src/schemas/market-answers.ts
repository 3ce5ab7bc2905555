/** Answers about markets. */
import { z } from 'zod';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as enums from './enums.ts';
import { PositionImfFunction } from './functions.ts';
import { AssetSymbol, MarketSymbol, NaiveDateTime } from './scalars.ts';

/** Prices allowed around the mean mark price. */
export const PriceBandMarkPrice = define(
  'PriceBandMarkPrice',
  'Prices allowed around the mean mark price.',
  z.strictObject({
    maxMultiplier: dec('Highest price as a multiple of the reference price.'),
    minMultiplier: dec('Lowest price as a multiple of the reference price.'),
  }),
);
/** Prices allowed around the mean mark price. */
export type PriceBandMarkPrice = z.infer<typeof PriceBandMarkPrice>;

/** Premium allowed around the mean premium. */
export const PriceBandMeanPremium = define(
  'PriceBandMeanPremium',
  'Premium allowed around the mean premium.',
  z.strictObject({
    tolerancePct: dec('Distance allowed from the mean, as a fraction.'),
  }),
);
/** Premium allowed around the mean premium. */
export type PriceBandMeanPremium = z.infer<typeof PriceBandMeanPremium>;

/** Rules for prices of a market. */
export const PriceFilter = define(
  'PriceFilter',
  'Rules for prices of a market.',
  z.strictObject({
    minPrice: dec('Lowest price.'),
    maxPrice: orNull(dec('Highest price; null without a bound.')),
    tickSize: dec('Smallest step of a price.'),
    maxMultiplier: orNull(dec('Highest price as a multiple of the reference price.')),
    minMultiplier: orNull(dec('Lowest price as a multiple of the reference price.')),
    maxImpactMultiplier: orNull(dec('Highest fill price as a multiple of the best price.')),
    minImpactMultiplier: orNull(dec('Lowest fill price as a multiple of the best price.')),
    meanMarkPriceBand: orNull(PriceBandMarkPrice),
    meanPremiumBand: orNull(PriceBandMeanPremium),
    borrowEntryFeeMaxMultiplier: orNull(dec('Borrow entry fee max multiplier.')),
    borrowEntryFeeMinMultiplier: orNull(dec('Borrow entry fee min multiplier.')),
    maxPriceUpdateMultiplier: orNull(dec('Max price update multiplier.')),
    minPriceUpdateMultiplier: orNull(dec('Min price update multiplier.')),
  }),
);
/** Rules for prices of a market. */
export type PriceFilter = z.infer<typeof PriceFilter>;

/** Rules for quantities of a market. */
export const QuantityFilter = define(
  'QuantityFilter',
  'Rules for quantities of a market.',
  z.strictObject({
    minQuantity: dec('Smallest quantity.'),
    maxQuantity: orNull(dec('Largest quantity; null without a bound.')),
    stepSize: dec('Smallest step of a quantity.'),
  }),
);
/** Rules for quantities of a market. */
export type QuantityFilter = z.infer<typeof QuantityFilter>;

/** Rules for orders of a market. */
export const OrderBookFilters = define(
  'OrderBookFilters',
  'Rules for orders of a market.',
  z.strictObject({
    price: PriceFilter,
    quantity: QuantityFilter,
  }),
);
/** Rules for orders of a market. */
export type OrderBookFilters = z.infer<typeof OrderBookFilters>;

/** A market. */
export const Market = define(
  'Market',
  'A market.',
  z.strictObject({
    symbol: MarketSymbol,
    baseSymbol: str('Base asset.', 'SOL'),
    quoteSymbol: str('Quote asset.', 'USDC'),
    marketType: enums.MarketType,
    filters: OrderBookFilters,
    imfFunction: orNull(PositionImfFunction),
    mmfFunction: orNull(PositionImfFunction),
    fundingInterval: orNull(int('Time between fundings, in milliseconds.', 1)),
    fundingRateUpperBound: orNull(dec('Highest funding rate of one interval, in basis points.')),
    fundingRateLowerBound: orNull(dec('Lowest funding rate of one interval, in basis points.')),
    openInterestLimit: orNull(dec('Open interest above which only reducing orders are taken.')),
    orderBookState: enums.OrderBookState,
    createdAt: NaiveDateTime.describe('When it was created.'),
    visible: bool('Whether the market is shown in lists.'),
    positionLimitWeight: orNull(dec('Weight of the market in position limits.')),
  }),
);
/** A market. */
export type Market = z.infer<typeof Market>;

/** Trading hours of a market. */
export const MarketSession = define(
  'MarketSession',
  'Trading hours of a market.',
  z.strictObject({
    name: str('Name.', 'Regular hours'),
    description: orNull(str('Description.', 'text')),
    startTime: str('Start time.', '09:30:00'),
    endTime: str('End time.', '16:00:00'),
    timezone: str('Timezone.', 'America/New_York'),
    startWeekday: int('First weekday, Monday is 1.', 1),
    endWeekday: int('Last weekday; smaller than the first when the week wraps.', 1),
  }),
);
/** Trading hours of a market. */
export type MarketSession = z.infer<typeof MarketSession>;

/** A day on which stocks are not traded. */
export const StockHoliday = define(
  'StockHoliday',
  'A day on which stocks are not traded.',
  z.strictObject({ date: str('Day.', '2027-01-01'), name: str('Name.', 'New Year') }),
);
/** A day on which stocks are not traded. */
export type StockHoliday = z.infer<typeof StockHoliday>;

/** What a stock would cost. */
export const StockIndicativeQuote = define(
  'StockIndicativeQuote',
  'What a stock would cost.',
  z.strictObject({ limitPrice: orNull(dec('Price to bid or ask.')), estimatedPrice: orNull(dec('Price expected.')) }),
);
/** What a stock would cost. */
export type StockIndicativeQuote = z.infer<typeof StockIndicativeQuote>;

/** A trading session of a security. */
export const SecuritySession = define(
  'SecuritySession',
  'A trading session of a security.',
  z.strictObject({
    name: str('Name.', 'Regular hours'),
    minQuantity: dec('Smallest quantity.'),
    maxQuantity: orNull(dec('Largest quantity; null without a bound.')),
    stepSize: dec('Smallest step of a quantity.'),
  }),
);
/** A trading session of a security. */
export type SecuritySession = z.infer<typeof SecuritySession>;

/** A security and its trading sessions. */
export const Security = define(
  'Security',
  'A security and its trading sessions.',
  z.strictObject({
    asset: AssetSymbol,
    name: str('Name.', 'Regular hours'),
    cusip: orNull(str('CUSIP number.', 'text')),
    sessions: z.array(SecuritySession),
  }),
);
/** A security and its trading sessions. */
export type Security = z.infer<typeof Security>;
