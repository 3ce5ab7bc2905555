/** Intervals of candles and where they begin, in UTC: weeks on Monday, months by the calendar. */
import { civilFromDays, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '@mochila/units';

/** All intervals, shortest first. */
export const CANDLE_INTERVALS = [
  '1s',
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1month',
] as const;
/** The length of a candle. */
export type CandleInterval = (typeof CANDLE_INTERVALS)[number];

/** Length of the intervals that have one, in microseconds; 0 for the month. */
export const CANDLE_MICROS: Readonly<Record<CandleInterval, number>> = {
  '1s': MICROS_PER_SECOND,
  '1m': MICROS_PER_MINUTE,
  '3m': 3 * MICROS_PER_MINUTE,
  '5m': 5 * MICROS_PER_MINUTE,
  '15m': 15 * MICROS_PER_MINUTE,
  '30m': 30 * MICROS_PER_MINUTE,
  '1h': MICROS_PER_HOUR,
  '2h': 2 * MICROS_PER_HOUR,
  '4h': 4 * MICROS_PER_HOUR,
  '6h': 6 * MICROS_PER_HOUR,
  '8h': 8 * MICROS_PER_HOUR,
  '12h': 12 * MICROS_PER_HOUR,
  '1d': MICROS_PER_DAY,
  '3d': 3 * MICROS_PER_DAY,
  '1w': 7 * MICROS_PER_DAY,
  '1month': 0,
};

// 1970-01-01 was a Thursday: the first Monday is 4 days later.
const MONDAY_OFFSET = 4 * MICROS_PER_DAY;

/**
 * Returns where the candle that holds a moment begins.
 *
 * @param timeMicros microseconds since 1970
 * @returns microseconds since 1970; a week that began before 1970 is negative
 * @example candleStart('1w', 1700000000000000) // 1699833600000000
 */
export function candleStart(interval: CandleInterval, timeMicros: number): number {
  if (interval === '1month') return monthStart(Math.floor(timeMicros / MICROS_PER_DAY)) * MICROS_PER_DAY;
  const length = CANDLE_MICROS[interval];
  const offset = interval === '1w' ? MONDAY_OFFSET : 0;
  return Math.floor((timeMicros - offset) / length) * length + offset;
}

/**
 * Returns where the candle that begins at `startMicros` ends: the beginning of the next one.
 *
 * @example candleEnd('1m', 60000000) // 120000000
 */
export function candleEnd(interval: CandleInterval, startMicros: number): number {
  if (interval !== '1month') return startMicros + CANDLE_MICROS[interval];
  // No month has more than 31 days, and none fewer than 28.
  return monthStart(Math.floor(startMicros / MICROS_PER_DAY) + 31) * MICROS_PER_DAY;
}

function monthStart(days: number): number {
  return days - civilFromDays(days).day + 1;
}
