/** Candles of any interval from those of a stored one. */
import {
  type Candle,
  type CandleInterval,
  type CandleRow,
  candleEnd,
  candleStart,
  extendCandle,
  type GrowingCandle,
  type StoredInterval,
} from '@mochila/protocol';

const SOURCES: Readonly<Record<Exclude<CandleInterval, '1s'>, StoredInterval>> = {
  '1m': '1m',
  '3m': '1m',
  '5m': '1m',
  '15m': '1m',
  '30m': '1m',
  '1h': '1h',
  '2h': '1h',
  '4h': '1h',
  '6h': '1h',
  '8h': '1h',
  '12h': '1h',
  '1d': '1d',
  '3d': '1d',
  '1w': '1d',
  '1month': '1d',
};

/** A stored candle as it is read: volumes as text, since those of a day may pass 2^53. */
export type StoredCandle = Omit<CandleRow, 'volumeLots' | 'quoteAtoms'> & { readonly volumeLots: string; readonly quoteAtoms: string };

/** Interval whose stored candles an interval is made of. @example candleSource('1w') // '1d' */
export function candleSource(interval: Exclude<CandleInterval, '1s'>): StoredInterval {
  return SOURCES[interval];
}

/**
 * Joins candles of a stored interval to those of a longer one.
 *
 * @param rows one market and price, ascending, whole within the first candle wanted
 * @returns candles with at least one part, ascending
 */
export function deriveCandles(interval: Exclude<CandleInterval, '1s'>, rows: readonly StoredCandle[]): Candle[] {
  const candles: GrowingCandle[] = [];
  for (const row of rows) {
    const startMicros = candleStart(interval, row.startMicros);
    const last = candles.at(-1);
    const part = partOf(row, startMicros, candleEnd(interval, startMicros));
    if (last !== undefined && last.startMicros === startMicros) extendCandle(last, part);
    else candles.push(part);
  }
  return candles;
}

function partOf(
  { open, high, low, close, volumeLots, quoteAtoms, trades }: StoredCandle,
  startMicros: number,
  endMicros: number,
): GrowingCandle {
  return { startMicros, endMicros, open, high, low, close, volumeLots: BigInt(volumeLots), quoteAtoms: BigInt(quoteAtoms), trades };
}
