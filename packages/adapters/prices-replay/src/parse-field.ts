/** Prices and times as files write them. */
import type { Refusal } from './price-row.ts';

/** The engine takes no price beyond these. */
const PRICE_MIN = 1e-12;
const PRICE_MAX = 1e12;
/** 2009-01-01 and 2100-01-01: no coin is older, and a wrong unit is far outside. */
const MICROS_MIN = 1_230_768_000_000_000;
const MICROS_MAX = 4_102_444_800_000_000;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const EPOCH = /^\d{9,19}(\.\d+)?$/;
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** A price above 0, or why it is none. */
export function parsePrice(text: string | undefined, name: string): number | Refusal {
  const value = text ?? '';
  if (!DECIMAL.test(value)) return { value, rule: `${name} is a decimal number with a point` };
  const price = Number(value);
  if (!(price > 0)) return { value, rule: `${name} is above 0` };
  if (!(price > PRICE_MIN && price < PRICE_MAX)) return { value, rule: `${name} is between ${PRICE_MIN} and ${PRICE_MAX}` };
  return price;
}

/**
 * A moment in microseconds since 1970, rounded down, or why it is none.
 *
 * Epochs are in seconds, milliseconds, microseconds or nanoseconds, told apart by their size; ISO 8601 without a zone is UTC.
 *
 * @example parseTime('2025-10-10T21:15:00Z') // 1760130900000000
 * @example parseTime('1760130900000') // 1760130900000000
 */
export function parseTime(text: string | undefined): number | Refusal {
  const value = text ?? '';
  const micros = EPOCH.test(value) ? epochMicros(value) : isoMicros(value);
  if (Number.isNaN(micros)) return { value, rule: 'a time is ISO 8601 or an epoch in seconds, milliseconds, microseconds or nanoseconds' };
  if (!(micros >= MICROS_MIN && micros < MICROS_MAX)) return { value, rule: 'a time is from 2009 to 2100' };
  return micros;
}

function epochMicros(text: string): number {
  const value = Number(text);
  if (value < 1e11) return Math.floor(value * 1e6);
  if (value < 1e14) return Math.floor(value * 1e3);
  if (value < 1e17) return Math.floor(value);
  // A double does not hold nanoseconds: their last three digits are cut off as text.
  return Number(text.replace(/\d{3}(\.\d+)?$/, ''));
}

function isoMicros(text: string): number {
  const found = ISO.exec(text);
  if (found === null) return Number.NaN;
  const [, day = '', time = '00:00:00', fraction = '', zone = 'Z'] = found;
  const whole = Date.parse(`${day}T${time}${zone}`);
  return whole * 1_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}
