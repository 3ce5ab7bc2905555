import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND, type UnixMicros } from './time.ts';

/** A day of the Gregorian calendar. */
export interface CivilDay {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  /** 1 to 31 */
  readonly day: number;
}

/**
 * Writes a moment as UTC text with microseconds and without a zone, as the wire has it.
 *
 * @example formatIso(unixMicros(1700000000123456)) // '2023-11-14T22:13:20.123456'
 */
export function formatIso(time: UnixMicros): string {
  const days = Math.floor(time / MICROS_PER_DAY);
  const ofDay = time - days * MICROS_PER_DAY;
  const hour = Math.floor(ofDay / MICROS_PER_HOUR);
  const minute = Math.floor((ofDay - hour * MICROS_PER_HOUR) / MICROS_PER_MINUTE);
  const ofMinute = ofDay - hour * MICROS_PER_HOUR - minute * MICROS_PER_MINUTE;
  const second = Math.floor(ofMinute / MICROS_PER_SECOND);
  const micros = ofMinute - second * MICROS_PER_SECOND;
  return `${formatIsoDay(days)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(micros, 6)}`;
}

/**
 * Writes a day, counted from 1970-01-01, as text.
 *
 * @example formatIsoDay(19675) // '2023-11-14'
 */
export function formatIsoDay(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/**
 * Turns days since 1970-01-01 into a day of the calendar.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
 *
 * @param days whole days, 0 or more
 * @example civilFromDays(0) // { year: 1970, month: 1, day: 1 }
 */
export function civilFromDays(days: number): CivilDay {
  // Years begin in March, so the leap day is the last of its year; an era is 400 years.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
