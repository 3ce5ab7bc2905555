/** Rolling statistics as answers show them. */
import type { TickerInterval, WindowFigures } from '@mochila/projections';
import { windowFigures } from '../../market-data/market-figures.ts';
import { writeTotalQuantity, writeTotalQuote } from '../../market-data/write-totals.ts';
import type { Ticker } from '../../schemas/market-data-answers.ts';
import type { GatewayServices } from '../../services.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { writeFigure, writePrice } from '../../venue/write-decimals.ts';

const NOTHING: WindowFigures = { open: 0, high: 0, low: 0, last: 0, volumeLots: 0n, quoteAtoms: 0n, trades: 0 };
const CHANGE_DIGITS = 6;

/** Statistics of one market. */
export function tickerAnswer({ marketData }: Pick<GatewayServices, 'marketData'>, market: MarketEntry, window: TickerInterval): Ticker {
  const figures = windowFigures(marketData.market(market.ix), window, marketData.timeMicros) ?? NOTHING;
  const change = figures.last - figures.open;
  return {
    symbol: market.symbol,
    firstPrice: writePrice(market, figures.open),
    lastPrice: writePrice(market, figures.last),
    priceChange: writePrice(market, change),
    priceChangePercent: figures.open === 0 ? '0' : writeFigure(change / figures.open, CHANGE_DIGITS),
    high: writePrice(market, figures.high),
    low: writePrice(market, figures.low),
    volume: writeTotalQuantity(market, figures.volumeLots),
    quoteVolume: writeTotalQuote(market, figures.quoteAtoms),
    trades: String(figures.trades),
  };
}
