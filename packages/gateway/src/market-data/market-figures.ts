/** Rolling figures of a market as people read them: what a quiet or young market shows too. */
import { lastPriceTicks, type MarketData, type TickerInterval, type WindowFigures } from '@mochila/projections';

/**
 * Figures of a window.
 *
 * @returns the last price with no volume when nothing was traded in the window; null when nothing was ever traded
 */
export function windowFigures(market: MarketData, window: TickerInterval, timeMicros: number): WindowFigures | null {
  const figures = market.tickers.figures(window, timeMicros);
  if (figures !== null) return figures;
  const last = lastPriceTicks(market);
  return last === null ? null : { open: last, high: last, low: last, last, volumeLots: 0n, quoteAtoms: 0n, trades: 0 };
}
