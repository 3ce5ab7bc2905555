/** Queries of markets and market data. */
import { z } from 'zod';
import { DepthLimit, KlineInterval, KlinePriceType, MarketType, Side, TickerInterval } from './enums.ts';
import { QueryOffset, queryFlag, queryLimit, queryList, querySeconds } from './query-scalars.ts';
import { AssetSymbol, MarketSymbol, text } from './scalars.ts';

const TRADES_MAX = 1_000;
const OLD_TRADES_MAX = 10_000;
const FUNDING_RATES_MAX = 10_000;
const EVENTS_MAX = 1_000;

/** Which assets to list. */
export const AssetsQuery = z.object({ country: text('Country; changes nothing here.', 'CH', 64).optional() });
/** Which assets to list. */
export type AssetsQuery = z.infer<typeof AssetsQuery>;

/** Which markets to list. */
export const MarketsQuery = z.object({ marketType: queryList(MarketType, 'Only markets of these types.').optional() });
/** Which markets to list. */
export type MarketsQuery = z.infer<typeof MarketsQuery>;

/** Which market. */
export const MarketQuery = z.object({ symbol: MarketSymbol });
/** Which market. */
export type MarketQuery = z.infer<typeof MarketQuery>;

/** Which markets, all when absent. */
export const OptionalMarketQuery = z.object({ symbol: MarketSymbol.optional() });
/** Which markets, all when absent. */
export type OptionalMarketQuery = z.infer<typeof OptionalMarketQuery>;

/** Which book, and how many levels of each side. */
export const DepthQuery = z.object({ symbol: MarketSymbol, limit: DepthLimit.optional() });
/** Which book, and how many levels of each side. */
export type DepthQuery = z.infer<typeof DepthQuery>;

/** Which mark prices. */
export const MarkPricesQuery = z.object({ symbol: MarketSymbol.optional(), marketType: MarketType.optional() });
/** Which mark prices. */
export type MarkPricesQuery = z.infer<typeof MarkPricesQuery>;

/** Which funding rates. */
export const FundingRatesQuery = z.object({ symbol: MarketSymbol, limit: queryLimit(FUNDING_RATES_MAX), offset: QueryOffset });
/** Which funding rates. */
export type FundingRatesQuery = z.infer<typeof FundingRatesQuery>;

/** Which candles. */
export const KlinesQuery = z.object({
  symbol: MarketSymbol,
  interval: KlineInterval,
  startTime: querySeconds('Start of the first candle'),
  endTime: querySeconds('End of the last candle; now when absent').optional(),
  priceType: KlinePriceType.optional(),
});
/** Which candles. */
export type KlinesQuery = z.infer<typeof KlinesQuery>;

/** Statistics of which market over which span. */
export const TickerQuery = z.object({ symbol: MarketSymbol, interval: TickerInterval.optional() });
/** Statistics of which market over which span. */
export type TickerQuery = z.infer<typeof TickerQuery>;

/** Statistics over which span. */
export const TickersQuery = z.object({ interval: TickerInterval.optional() });
/** Statistics over which span. */
export type TickersQuery = z.infer<typeof TickersQuery>;

/** Which recent trades. */
export const TradesQuery = z.object({ symbol: MarketSymbol, limit: queryLimit(TRADES_MAX) });
/** Which recent trades. */
export type TradesQuery = z.infer<typeof TradesQuery>;

/** Which older trades. */
export const TradesHistoryQuery = z
  .object({ symbol: MarketSymbol, limit: queryLimit(TRADES_MAX), offset: QueryOffset })
  .refine(({ limit, offset }) => limit + offset <= OLD_TRADES_MAX, {
    error: `asks too far back: limit and offset together must be at most ${OLD_TRADES_MAX}`,
    params: { apiCode: 'INVALID_RANGE' },
  });
/** Which older trades. */
export type TradesHistoryQuery = z.infer<typeof TradesHistoryQuery>;

/** Which prediction events. */
export const PredictionQuery = z.object({
  symbol: MarketSymbol.optional(),
  tagSlug: text('Topic.', 'crypto').optional(),
  eventSlug: text('Event.', 'sol-above-200').optional(),
  seriesSlug: text('Series.', 'sol-daily').optional(),
  resolved: queryFlag('Only resolved ones, or only open ones.').optional(),
  limit: queryLimit(EVENTS_MAX),
  offset: QueryOffset,
});
/** Which prediction events. */
export type PredictionQuery = z.infer<typeof PredictionQuery>;

/** Which stock, and how much of it. */
export const StockQuoteQuery = z.object({
  stock: text('Ticker of the stock.', 'AAPL'),
  side: Side.optional(),
  quantity: text('Quantity.', '10').optional(),
});
/** Which stock, and how much of it. */
export type StockQuoteQuery = z.infer<typeof StockQuoteQuery>;

/** Which asset. */
export const OptionalAssetQuery = z.object({ symbol: AssetSymbol.optional() });
/** Which asset. */
export type OptionalAssetQuery = z.infer<typeof OptionalAssetQuery>;
