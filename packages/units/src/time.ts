import type { Brand } from './brand.ts';
import { assertSafe, checkInteger, SAFE_MAX } from './safe.ts';

/** A moment, or a span, in microseconds; moments count from 1970-01-01T00:00:00 UTC without leap seconds. */
export type UnixMicros = Brand<'UnixMicros'>;

/** Microseconds of a millisecond. */
export const MICROS_PER_MILLI = 1_000;
/** Microseconds of a second. */
export const MICROS_PER_SECOND = 1_000_000;
/** Microseconds of a minute. */
export const MICROS_PER_MINUTE = 60_000_000;
/** Microseconds of an hour. */
export const MICROS_PER_HOUR = 3_600_000_000;
/** Microseconds of a day, which is always 24 hours here. */
export const MICROS_PER_DAY = 86_400_000_000;
/** Microseconds of the year of interest rates: 365 days. */
export const MICROS_PER_YEAR = 31_536_000_000_000;

/**
 * Makes a moment or a span.
 *
 * @param value whole number of microseconds, 0 to 2^53 - 1 (the year 2255)
 * @throws AssertionError naming the value and the rule
 * @example unixMicros(1700000000000000) // 1700000000000000
 */
export function unixMicros(value: number): UnixMicros {
  return asUnixMicros(checkInteger('UnixMicros', value, 0, SAFE_MAX));
}

/** Brands a number that is known to be a moment or a span in microseconds; unchecked, for hot paths and columns. */
export function asUnixMicros(value: number): UnixMicros {
  return value as UnixMicros;
}

/**
 * Turns whole milliseconds since 1970 into a moment.
 *
 * @throws AssertionError when the moment is out of range
 * @example microsFromMillis(1700000000000) // 1700000000000000
 */
export function microsFromMillis(millis: number): UnixMicros {
  return unixMicros(millis * MICROS_PER_MILLI);
}

/** Returns the whole milliseconds since 1970 of a moment, rounded down. */
export function millisOf(time: UnixMicros): number {
  return Math.floor(time / MICROS_PER_MILLI);
}

/** Returns the whole seconds since 1970 of a moment, rounded down. */
export function secondOf(time: UnixMicros): number {
  return Math.floor(time / MICROS_PER_SECOND);
}

/** Returns the whole hours since 1970 of a moment, rounded down. */
export function hourOf(time: UnixMicros): number {
  return Math.floor(time / MICROS_PER_HOUR);
}

/** Returns the whole days since 1970 of a moment, rounded down. */
export function dayOf(time: UnixMicros): number {
  return Math.floor(time / MICROS_PER_DAY);
}

/**
 * Returns the start of the period that holds the moment; periods count from 1970.
 *
 * @param period length in microseconds, at least 1
 * @example floorToPeriod(unixMicros(25000000), 10000000) // 20000000
 */
export function floorToPeriod(time: UnixMicros, period: number): UnixMicros {
  return asUnixMicros(Math.floor(time / period) * period);
}

/** Returns the start of the second that holds the moment. */
export function floorToSecond(time: UnixMicros): UnixMicros {
  return floorToPeriod(time, MICROS_PER_SECOND);
}

/** Returns the start of the hour that holds the moment. */
export function floorToHour(time: UnixMicros): UnixMicros {
  return floorToPeriod(time, MICROS_PER_HOUR);
}

/** Returns the start of the day, in UTC, that holds the moment. */
export function floorToDay(time: UnixMicros): UnixMicros {
  return floorToPeriod(time, MICROS_PER_DAY);
}

/**
 * Moves a moment by a span of either sign.
 *
 * @throws AssertionError when the result is 2^53 or more in magnitude
 */
export function addMicros(time: UnixMicros, span: number): UnixMicros {
  return asUnixMicros(assertSafe(time + span));
}

/** Returns the microseconds from the earlier moment to the later one; negative when they are the other way round. */
export function microsBetween(earlier: UnixMicros, later: UnixMicros): number {
  return later - earlier;
}
