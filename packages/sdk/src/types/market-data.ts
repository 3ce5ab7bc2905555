/** Answers of market data. */
import type { DateTimeText, Decimal } from './words.ts';

/** An order book; both sides ascending in price, the best bid last. */
export type Depth = {
  readonly asks: LevelText[];
  readonly bids: LevelText[];
  /** Id of the last update that the book contains. */
  readonly lastUpdateId: string;
  /** When the book was read, in Unix microseconds. */
  readonly timestamp: number;
};

/** Mark, index and funding of a perpetual. */
export type MarkPrice = {
  /** Estimated funding rate of the running interval, as a fraction. */
  readonly fundingRate: Decimal | null;
  /** Index price. */
  readonly indexPrice: Decimal | null;
  /** Mark price. */
  readonly markPrice: Decimal;
  /** Next funding, in Unix milliseconds. */
  readonly nextFundingTimestamp: number | null;
  readonly symbol: string;
};

/** Open interest of a perpetual. */
export type OpenInterest = {
  readonly symbol: string;
  /** Open interest in contracts. */
  readonly openInterest: Decimal | null;
  /** When it was read, in Unix milliseconds. */
  readonly timestamp: number;
};

/** Funding rate of one past interval. */
export type FundingIntervalRate = {
  readonly symbol: string;
  /** End of the interval. */
  readonly intervalEndTimestamp: DateTimeText;
  /** Funding rate of the interval, as a fraction. */
  readonly fundingRate: Decimal;
};

/** A candle. */
export type Kline = {
  /** Start of the candle in UTC. */
  readonly start: string;
  /** End of the candle in UTC. */
  readonly end: string;
  /** First price; null without trades. */
  readonly open: string | null;
  /** Highest price. */
  readonly high: string | null;
  /** Lowest price. */
  readonly low: string | null;
  /** Last price; null without trades. */
  readonly close: string | null;
  /** Volume in the base asset. */
  readonly volume: string;
  /** Volume in the quote asset. */
  readonly quoteVolume: string;
  /** Number of trades. */
  readonly trades: string;
};

/** Rolling statistics of a market. */
export type Ticker = {
  readonly symbol: string;
  /** First price of the span. */
  readonly firstPrice: Decimal;
  /** Last price. */
  readonly lastPrice: Decimal;
  /** Last price less first price. */
  readonly priceChange: Decimal;
  /** Change as a fraction of the first price. */
  readonly priceChangePercent: Decimal;
  /** Highest price. */
  readonly high: Decimal;
  /** Lowest price. */
  readonly low: Decimal;
  /** Volume in the base asset. */
  readonly volume: Decimal;
  /** Volume in the quote asset. */
  readonly quoteVolume: Decimal;
  /** Number of trades. */
  readonly trades: string;
};

/** A public trade. */
export type Trade = {
  /** Id of the trade in its market. */
  readonly id: number | null;
  /** Price. */
  readonly price: Decimal;
  /** Quantity. */
  readonly quantity: Decimal;
  /** Amount of the quote asset. */
  readonly quoteQuantity: Decimal;
  /** When it happened, in Unix milliseconds. */
  readonly timestamp: number;
  /** Whether the buyer rested on the book. */
  readonly isBuyerMaker: boolean;
};

/** One level of a book: price and quantity. */
export type LevelText = readonly [price: Decimal, quantity: Decimal];
