/** Market data: books, prices, candles, statistics, trades. */
import { z } from 'zod';
import { bool, DepthLevels, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import { MarketSymbol, NaiveDateTime } from './scalars.ts';

/** An order book; both sides ascending in price, the best bid last. */
export const Depth = define(
  'Depth',
  'An order book; both sides ascending in price, the best bid last.',
  z.strictObject({
    asks: DepthLevels,
    bids: DepthLevels,
    lastUpdateId: str('Id of the last update that the book contains.', '94978271'),
    timestamp: int('When the book was read, in Unix microseconds.', 1750793021519),
  }),
);
/** An order book; both sides ascending in price, the best bid last. */
export type Depth = z.infer<typeof Depth>;

/** Mark, index and funding of a perpetual. */
export const MarkPrice = define(
  'MarkPrice',
  'Mark, index and funding of a perpetual.',
  z.strictObject({
    fundingRate: orNull(dec('Estimated funding rate of the running interval, as a fraction.', '0.0000125')),
    indexPrice: orNull(dec('Index price.', '141.28')),
    markPrice: dec('Mark price.', '141.3'),
    nextFundingTimestamp: orNull(int('Next funding, in Unix milliseconds.', 1750793021519)),
    symbol: MarketSymbol,
  }),
);
/** Mark, index and funding of a perpetual. */
export type MarkPrice = z.infer<typeof MarkPrice>;

/** Open interest of a perpetual. */
export const OpenInterest = define(
  'OpenInterest',
  'Open interest of a perpetual.',
  z.strictObject({
    symbol: MarketSymbol,
    openInterest: orNull(dec('Open interest in contracts.')),
    timestamp: int('When it was read, in Unix milliseconds.', 1750793021519),
  }),
);
/** Open interest of a perpetual. */
export type OpenInterest = z.infer<typeof OpenInterest>;

/** Funding rate of one past interval. */
export const FundingIntervalRate = define(
  'FundingIntervalRate',
  'Funding rate of one past interval.',
  z.strictObject({
    symbol: MarketSymbol,
    intervalEndTimestamp: NaiveDateTime.describe('End of the interval.'),
    fundingRate: dec('Funding rate of the interval, as a fraction.', '0.0000125'),
  }),
);
/** Funding rate of one past interval. */
export type FundingIntervalRate = z.infer<typeof FundingIntervalRate>;

/** A candle. */
export const Kline = define(
  'Kline',
  'A candle.',
  z.strictObject({
    start: str('Start of the candle in UTC.', '2026-07-19 13:09:00'),
    end: str('End of the candle in UTC.', '2026-07-19 13:10:00'),
    open: orNull(str('First price; null without trades.', '141.2')),
    high: orNull(str('Highest price.', '142')),
    low: orNull(str('Lowest price.', '141')),
    close: orNull(str('Last price; null without trades.', '141.9')),
    volume: str('Volume in the base asset.', '1520.5'),
    quoteVolume: str('Volume in the quote asset.', '215000.1'),
    trades: str('Number of trades.', '1342'),
  }),
);
/** A candle. */
export type Kline = z.infer<typeof Kline>;

/** Rolling statistics of a market. */
export const Ticker = define(
  'Ticker',
  'Rolling statistics of a market.',
  z.strictObject({
    symbol: MarketSymbol,
    firstPrice: dec('First price of the span.'),
    lastPrice: dec('Last price.'),
    priceChange: dec('Last price less first price.'),
    priceChangePercent: dec('Change as a fraction of the first price.'),
    high: dec('Highest price.'),
    low: dec('Lowest price.'),
    volume: dec('Volume in the base asset.'),
    quoteVolume: dec('Volume in the quote asset.'),
    trades: str('Number of trades.', '1342'),
  }),
);
/** Rolling statistics of a market. */
export type Ticker = z.infer<typeof Ticker>;

/** A public trade. */
export const Trade = define(
  'Trade',
  'A public trade.',
  z.strictObject({
    id: orNull(int('Id of the trade in its market.', 1)),
    price: dec('Price.', '141.25'),
    quantity: dec('Quantity.', '2.5'),
    quoteQuantity: dec('Amount of the quote asset.', '353.12'),
    timestamp: int('When it happened, in Unix milliseconds.', 1750793021519),
    isBuyerMaker: bool('Whether the buyer rested on the book.'),
  }),
);
/** A public trade. */
export type Trade = z.infer<typeof Trade>;
