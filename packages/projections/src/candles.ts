/**
 * Candles of one price of one market, in all intervals. A price touches only the running second; longer candles take
 * each second once, when it is over, so a trade costs the same whatever is watched.
 */
import {
  CANDLE_INTERVALS,
  CANDLE_MICROS,
  type Candle,
  type CandleInterval,
  candleEnd,
  candleStart,
  extendCandle,
  type GrowingCandle,
  openCandle,
} from '@mochila/protocol';

/** A candle that is over. */
export interface ClosedCandle {
  readonly interval: CandleInterval;
  readonly candle: Candle;
}

/** How many closed candles stay in memory, by interval; older ones come from history. */
export type CandlesKept = (interval: CandleInterval) => number;

/** Ten minutes of seconds, four hours of minutes, two of each longer interval. */
export function candlesKeptDefault(interval: CandleInterval): number {
  if (interval === '1s') return 600;
  return interval === '1m' ? 240 : 2;
}

interface Series {
  readonly interval: CandleInterval;
  readonly kept: number;
  running: GrowingCandle | null;
  readonly closed: Candle[];
}

const SECOND = CANDLE_MICROS['1s'];

/** Folds prices and trades in the order of time. */
export class Candles {
  readonly #series: readonly Series[];
  #second: GrowingCandle | null = null;

  constructor(kept: CandlesKept = candlesKeptDefault) {
    this.#series = CANDLE_INTERVALS.map((interval) => ({ interval, kept: kept(interval), running: null, closed: [] }));
  }

  /**
   * Takes a price without volume (Index, Mark).
   *
   * @param timeMicros not before the last one
   * @returns candles that ended before it
   */
  addPrice(timeMicros: number, price: number): ClosedCandle[] {
    const closed = this.advance(timeMicros);
    const second = this.#second ?? this.#openSecond(timeMicros, price);
    second.high = Math.max(second.high, price);
    second.low = Math.min(second.low, price);
    second.close = price;
    return closed;
  }

  /** Takes a trade. @returns candles that ended before it */
  addTrade(timeMicros: number, priceTicks: number, lots: number, quoteAtoms: number): ClosedCandle[] {
    const closed = this.addPrice(timeMicros, priceTicks);
    const second = this.#second;
    if (second === null) return closed;
    second.volumeLots += BigInt(lots);
    second.quoteAtoms += BigInt(quoteAtoms);
    second.trades += 1;
    return closed;
  }

  /** Lets time pass. @returns candles that ended, shortest interval first */
  advance(timeMicros: number): ClosedCandle[] {
    if (this.#second !== null && timeMicros >= this.#second.endMicros) {
      const second = this.#second;
      this.#second = null;
      for (const series of this.#series) join(series, second);
    }
    const closed: ClosedCandle[] = [];
    for (const series of this.#series) {
      if (series.running === null || timeMicros < series.running.endMicros) continue;
      closed.push({ interval: series.interval, candle: series.running });
      keep(series, series.running);
      series.running = null;
    }
    return closed;
  }

  /** The running candle of an interval, the running second included; null before its first price. */
  running(interval: CandleInterval): Candle | null {
    const running = this.#find(interval).running;
    const second = this.#second;
    if (second === null) return running === null ? null : { ...running };
    // The running second always belongs to the running candle: a candle ends with its last second.
    const candle = running === null ? { ...second, ...boundsOf(interval, second.startMicros) } : { ...running };
    if (running !== null) extendCandle(candle, second);
    return candle;
  }

  /** Closed candles in memory, oldest first. */
  closed(interval: CandleInterval): readonly Candle[] {
    return this.#find(interval).closed;
  }

  /** Begins from history: closed candles, oldest first, and the running one as far as it is known. Call it before any price. */
  load(interval: CandleInterval, closed: readonly Candle[], running: Candle | null): void {
    const series = this.#find(interval);
    series.closed.length = 0;
    for (const candle of closed) keep(series, candle);
    series.running = running === null ? null : { ...running };
  }

  #openSecond(timeMicros: number, price: number): GrowingCandle {
    const start = candleStart('1s', timeMicros);
    this.#second = openCandle(start, start + SECOND, price);
    return this.#second;
  }

  #find(interval: CandleInterval): Series {
    const series = this.#series.find((one) => one.interval === interval);
    if (series === undefined) throw new RangeError(`${interval} is no interval`);
    return series;
  }
}

function boundsOf(interval: CandleInterval, timeMicros: number): { startMicros: number; endMicros: number } {
  const startMicros = candleStart(interval, timeMicros);
  return { startMicros, endMicros: candleEnd(interval, startMicros) };
}

function join(series: Series, second: Candle): void {
  if (series.running === null) series.running = { ...second, ...boundsOf(series.interval, second.startMicros) };
  else extendCandle(series.running, second);
}

function keep(series: Series, candle: Candle): void {
  series.closed.push(candle);
  if (series.closed.length > series.kept) series.closed.shift();
}
