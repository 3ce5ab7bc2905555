/** Doubles as decimals without loss: what was computed can be compared with to the last bit. */

/**
 * Writes a double with the fewest digits that name it and no other; no exponent.
 *
 * @example writeExact(0.1 + 0.2) // '0.30000000000000004'
 * @throws RangeError for what is no number
 */
export function writeExact(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number of a receipt`);
  const text = String(value === 0 ? 0 : value);
  const at = text.indexOf('e');
  return at < 0 ? text : expand(text.slice(0, at), Number(text.slice(at + 1)));
}

/**
 * Reads what {@link writeExact} wrote; any other spelling of the same number is none.
 *
 * @returns the double, or null
 */
export function readExact(text: string): number | null {
  const value = Number(text);
  return Number.isFinite(value) && text !== '' && writeExact(value) === text ? value : null;
}

/** Moves the point of a mantissa by an exponent. */
function expand(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace('-', '').replace('.', '');
  const point = 1 + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
