/** Candles of a span of time: what memory holds, what history holds before, and empty ones where nothing happened. */
import {
  CANDLE_MICROS,
  type Candle,
  type CandleInterval,
  candleEnd,
  candleStart,
  type MarketData,
  type PriceType,
} from '@mochila/projections';
import type { StoredHistory } from './load-market-history.ts';

/** Which candles: those that begin from the one that holds `fromMicros`, before `toMicros`. */
export interface KlineSpan {
  readonly interval: CandleInterval;
  readonly priceType: PriceType;
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** One interval; `candle` is null when there was no price in it. */
export interface KlineSlot {
  readonly startMicros: number;
  readonly endMicros: number;
  readonly candle: Candle | null;
}

/** Most candles that one request may ask for: a week of minutes. */
export const KLINES_MAX = 10_080;

const DAYS_28_MICROS = 28 * CANDLE_MICROS['1d'];
/** Seconds are kept in memory only, this long. */
const SECONDS_KEPT_MICROS = 600 * CANDLE_MICROS['1s'];

/** How many candles a span has, or slightly more. */
export function countKlines({ interval, fromMicros, toMicros }: KlineSpan): number {
  const length = interval === '1month' ? DAYS_28_MICROS : CANDLE_MICROS[interval];
  return Math.max(0, Math.ceil((toMicros - candleStart(interval, fromMicros)) / length));
}

/**
 * Reads the candles of a span, ascending and without a gap.
 *
 * @param nowMicros time of the venue, which bounds how far back seconds reach
 * @throws HistoryUnavailable when older ones are asked for and history is down
 */
export async function readKlines(market: MarketData, history: StoredHistory, span: KlineSpan, nowMicros: number): Promise<KlineSlot[]> {
  const { interval, toMicros } = span;
  const isKept = interval === '1s';
  const fromMicros = candleStart(interval, isKept ? Math.max(span.fromMicros, nowMicros - SECONDS_KEPT_MICROS) : span.fromMicros);
  const known = new Map<number, Candle>();
  const recent = recentCandles(market, span);
  if (!isKept && (recent[0]?.startMicros ?? Number.POSITIVE_INFINITY) > fromMicros) {
    const query = { market: market.facts.market, priceType: span.priceType, interval, fromMicros, toMicros, limit: KLINES_MAX };
    for (const candle of await history.candles(query)) known.set(candle.startMicros, candle);
  }
  // Memory is never behind; history may be.
  for (const candle of recent) known.set(candle.startMicros, candle);
  return slotsOf(interval, fromMicros, toMicros, known);
}

function recentCandles(market: MarketData, { interval, priceType }: KlineSpan): Candle[] {
  const candles = market.candles[priceType];
  const running = candles.running(interval);
  return running === null ? [...candles.closed(interval)] : [...candles.closed(interval), running];
}

function slotsOf(interval: CandleInterval, fromMicros: number, toMicros: number, known: ReadonlyMap<number, Candle>): KlineSlot[] {
  const slots: KlineSlot[] = [];
  for (let startMicros = fromMicros; startMicros < toMicros && slots.length < KLINES_MAX; ) {
    const endMicros = candleEnd(interval, startMicros);
    slots.push({ startMicros, endMicros, candle: known.get(startMicros) ?? null });
    startMicros = endMicros;
  }
  return slots;
}
