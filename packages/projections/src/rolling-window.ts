/** Figures of a rolling window of trades from buckets of time. */
import type { Candle } from '@mochila/protocol';

/** What happened in the window; prices in ticks. */
export interface WindowFigures {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly last: number;
  readonly volumeLots: bigint;
  readonly quoteAtoms: bigint;
  readonly trades: number;
}

/** Candles of one length that together cover the window; the oldest leave as time passes. Bounded by window over bucket. */
export class RollingWindow {
  readonly #windowMicros: number;
  readonly #bucketMicros: number;
  /** Oldest first. */
  #buckets: Candle[] = [];

  /** @param windowMicros a whole number of buckets */
  constructor(windowMicros: number, bucketMicros: number) {
    this.#windowMicros = windowMicros;
    this.#bucketMicros = bucketMicros;
  }

  /** Adds a closed bucket; its start is after that of the last. */
  add(bucket: Candle): void {
    this.#buckets.push(bucket);
  }

  /** Begins from history: closed buckets, oldest first. */
  load(buckets: readonly Candle[]): void {
    this.#buckets = [...buckets];
  }

  /**
   * Sums the window that ends now: the running bucket and the whole ones before it.
   *
   * @param running the bucket that is not closed yet, null when it has no trade
   * @returns null when nothing was traded
   */
  figures(timeMicros: number, running: Candle | null): WindowFigures | null {
    const from = Math.floor(timeMicros / this.#bucketMicros) * this.#bucketMicros + this.#bucketMicros - this.#windowMicros;
    this.#dropBefore(from);
    const candles = running === null ? this.#buckets : [...this.#buckets, running];
    const first = candles[0];
    if (first === undefined) return null;
    const sum = { open: first.open, high: first.high, low: first.low, last: first.close, volumeLots: 0n, quoteAtoms: 0n, trades: 0 };
    for (const candle of candles) {
      sum.high = Math.max(sum.high, candle.high);
      sum.low = Math.min(sum.low, candle.low);
      sum.last = candle.close;
      sum.volumeLots += candle.volumeLots;
      sum.quoteAtoms += candle.quoteAtoms;
      sum.trades += candle.trades;
    }
    return sum;
  }

  #dropBefore(fromMicros: number): void {
    let stale = 0;
    while ((this.#buckets[stale]?.startMicros ?? fromMicros) < fromMicros) stale += 1;
    if (stale > 0) this.#buckets.splice(0, stale);
  }
}
