/** One candle, and how two of them become one. */

/** Price a candle is made of. */
export const PriceType = { Last: 0, Index: 1, Mark: 2 } as const;
export type PriceType = (typeof PriceType)[keyof typeof PriceType];

/**
 * A candle. Prices are ticks for Last and Mark, USD as doubles for Index; volumes are zero unless they are Last.
 */
export interface Candle {
  readonly startMicros: number;
  /** Beginning of the next one. */
  readonly endMicros: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volumeLots: bigint;
  readonly quoteAtoms: bigint;
  readonly trades: number;
}

/** A candle while it grows. */
export type GrowingCandle = { -readonly [K in keyof Candle]: Candle[K] };

/** Returns a candle of one price with no volume. */
export function openCandle(startMicros: number, endMicros: number, price: number): GrowingCandle {
  return { startMicros, endMicros, open: price, high: price, low: price, close: price, volumeLots: 0n, quoteAtoms: 0n, trades: 0 };
}

/** Adds what came later to a candle, in place. */
export function extendCandle(candle: GrowingCandle, later: Candle): void {
  candle.high = Math.max(candle.high, later.high);
  candle.low = Math.min(candle.low, later.low);
  candle.close = later.close;
  candle.volumeLots += later.volumeLots;
  candle.quoteAtoms += later.quoteAtoms;
  candle.trades += later.trades;
}
