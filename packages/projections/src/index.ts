/** Folds of events: what people see of markets, orders, positions and balances, and the rows of history. */

export { CANDLE_INTERVALS, CANDLE_MICROS, type Candle, type CandleInterval, candleEnd, candleStart, PriceType } from '@mochila/protocol';
export { availableAtoms, type BalanceParts, type BalanceUpdate, balanceUpdatesOf } from './balance-updates.ts';
export type { Level } from './book-side.ts';
export { Candles, type CandlesKept, type ClosedCandle, candlesKeptDefault } from './candles.ts';
export { type BookTicker, Depth, type DepthSnapshot } from './depth.ts';
export { type DepthDelta, DepthWindow } from './depth-window.ts';
export { HistoryFold, type HistoryPiece } from './history/history-fold.ts';
export { receiptRowsOf } from './history/receipt-rows.ts';
export { hexOfBytes, Keys, type LiveKey } from './keys.ts';
export { lastPriceTicks, type MarketData, MarketDataFold, type MarketDataListener } from './market-data.ts';
export { type MarketFacts, marketFactsOf } from './market-facts.ts';
export { type OrderFillPart, type OrderUpdate, type OrderUpdateName, OrderUpdates } from './order-updates.ts';
export { type PositionMargin, positionMarginOf } from './position-margin.ts';
export { PositionChange, type PositionUpdate, positionUpdateOf } from './position-update.ts';
export { type PublicTrade, RECENT_TRADES_MAX, RecentTrades, tradeOfFill } from './recent-trades.ts';
export type { WindowFigures } from './rolling-window.ts';
export { TICKER_BUCKETS, TICKER_INTERVALS, type TickerInterval, Tickers } from './tickers.ts';
