/** The 24-hour and 7-day figures of one market: a day of minutes, a week of quarters of an hour. */

import type { Candle } from '@mochila/protocol';
import { CANDLE_MICROS, type CandleInterval } from '@mochila/protocol';
import { MICROS_PER_DAY } from '@mochila/units';
import type { Candles, ClosedCandle } from './candles.ts';
import { RollingWindow, type WindowFigures } from './rolling-window.ts';

/** Windows of a ticker. */
export const TICKER_INTERVALS = ['1d', '1w'] as const;
/** A window of a ticker. */
export type TickerInterval = (typeof TICKER_INTERVALS)[number];

/** Interval of the candles that a window is summed from; load these from history. */
export const TICKER_BUCKETS: Readonly<Record<TickerInterval, CandleInterval>> = { '1d': '1m', '1w': '15m' };

const WINDOW_MICROS: Readonly<Record<TickerInterval, number>> = { '1d': MICROS_PER_DAY, '1w': 7 * MICROS_PER_DAY };

/** Folds the closed Last candles of a market. */
export class Tickers {
  readonly #candles: Candles;
  readonly #windows: Readonly<Record<TickerInterval, RollingWindow>>;

  /** @param candles Last candles of the market */
  constructor(candles: Candles) {
    this.#candles = candles;
    this.#windows = { '1d': windowOf('1d'), '1w': windowOf('1w') };
  }

  /** Takes the candles that ended. */
  add(closed: readonly ClosedCandle[]): void {
    for (const { interval, candle } of closed) {
      for (const window of TICKER_INTERVALS) if (TICKER_BUCKETS[window] === interval) this.#windows[window].add(candle);
    }
  }

  /** Begins from history: closed candles of the window's interval, oldest first. */
  load(window: TickerInterval, candles: readonly Candle[]): void {
    this.#windows[window].load(candles);
  }

  /** @returns null when nothing was traded within the window */
  figures(window: TickerInterval, timeMicros: number): WindowFigures | null {
    return this.#windows[window].figures(timeMicros, this.#candles.running(TICKER_BUCKETS[window]));
  }
}

function windowOf(window: TickerInterval): RollingWindow {
  return new RollingWindow(WINDOW_MICROS[window], CANDLE_MICROS[TICKER_BUCKETS[window]]);
}
