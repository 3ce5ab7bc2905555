/** Folds of events: what people see of markets, orders, positions and balances, and the rows of history. */

export type { Level } from './book-side.ts';
export { type Candle, PriceType } from './candle.ts';
export { CANDLE_INTERVALS, CANDLE_MICROS, type CandleInterval, candleEnd, candleStart } from './candle-interval.ts';
export { Candles, type CandlesKept, type ClosedCandle, candlesKeptDefault } from './candles.ts';
export { type BookTicker, Depth, type DepthSnapshot } from './depth.ts';
export { type DepthDelta, DepthWindow } from './depth-window.ts';
export { lastPriceTicks, type MarketData, MarketDataFold, type MarketDataListener } from './market-data.ts';
export { type MarketFacts, marketFactsOf } from './market-facts.ts';
export { type PublicTrade, RECENT_TRADES_MAX, RecentTrades, tradeOfFill } from './recent-trades.ts';
export type { WindowFigures } from './rolling-window.ts';
export { TICKER_BUCKETS, TICKER_INTERVALS, type TickerInterval, Tickers } from './tickers.ts';
