/** Why a text was refused as a decimal number. */
export type DecimalReason =
  | 'malformed' // not -?digits[.digits]
  | 'tooLong' // more than 64 characters
  | 'tooPrecise' // a digit other than 0 beyond the decimals
  | 'outOfRange'; // 2^53 or more units

/** A parsed value or the reason why there is none. */
export type Parsed<Value, Reason extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: Reason };

/** The longest text that is looked at, in characters. */
export const DECIMAL_TEXT_MAX = 64;

const SHAPE = /^-?\d+(\.\d+)?$/;
const DIGITS_MAX = 16;

/**
 * Reads a decimal text as a whole number of units of 10^-decimals. Never rounds: what does not fit is refused.
 * No exponent, sign plus, spaces or separators.
 *
 * @param text the text, at most 64 characters
 * @param decimals digits after the point that fit, 0 to 18
 * @returns the integer, magnitude below 2^53, or the reason of the refusal
 * @example parseDecimal('1.50', 6) // { ok: true, value: 1500000 }
 */
export function parseDecimal(text: string, decimals: number): Parsed<number, DecimalReason> {
  if (text.length > DECIMAL_TEXT_MAX) return { ok: false, reason: 'tooLong' };
  if (!SHAPE.test(text)) return { ok: false, reason: 'malformed' };
  const negative = text.startsWith('-');
  const start = negative ? 1 : 0;
  const point = text.indexOf('.');
  const wholeDigits = point === -1 ? text.slice(start) : text.slice(start, point);
  const fraction = stripTrailingZeros(point === -1 ? '' : text.slice(point + 1));
  if (fraction.length > decimals) return { ok: false, reason: 'tooPrecise' };
  const digits = stripLeadingZeros(wholeDigits + fraction.padEnd(decimals, '0'));
  if (digits.length > DIGITS_MAX) return { ok: false, reason: 'outOfRange' };
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return { ok: false, reason: 'outOfRange' };
  return { ok: true, value: negative ? 0 - value : value };
}

/**
 * Writes a whole number of units of 10^-decimals with the fewest digits that are exact.
 *
 * @param value the integer: a number of magnitude below 2^53, or a bigint total
 * @param decimals 0 or more
 * @example formatDecimal(1500000, 6) // '1.5'
 */
export function formatDecimal(value: number | bigint, decimals: number): string {
  const text = String(value);
  if (decimals === 0) return text;
  const negative = text.startsWith('-');
  const digits = (negative ? text.slice(1) : text).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const fraction = stripTrailingZeros(digits.slice(point));
  const whole = digits.slice(0, point);
  return (negative ? '-' : '') + (fraction === '' ? whole : `${whole}.${fraction}`);
}

function stripTrailingZeros(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 48) end -= 1;
  return text.slice(0, end);
}

function stripLeadingZeros(text: string): string {
  let start = 0;
  while (start < text.length && text.charCodeAt(start) === 48) start += 1;
  return text.slice(start);
}
