/** Strict reading of foreign JSON: a field is what it has to be, or the whole frame is refused. */

/** A frame that is not what its exchange documents. */
export class FrameFault extends Error {
  override readonly name = 'FrameFault';
}

/** An object of a frame. */
export type Fields = Readonly<Record<string, unknown>>;

const DECIMAL = /^-?\d{1,18}(\.\d{1,18})?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** Parses a frame. @throws FrameFault unless it is a JSON object */
export function readObject(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FrameFault('is not JSON', { cause });
  }
  return asFields(value, 'the frame');
}

/** An object. @throws FrameFault */
export function asFields(value: unknown, name: string): Fields {
  if (!isFields(value)) throw new FrameFault(`${name} is no object`);
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that is a list. @throws FrameFault */
export function listOf(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new FrameFault(`${name} is no list`);
  return value;
}

/** A field that is a text. @throws FrameFault */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new FrameFault(`${name} is no text`);
  return value;
}

/** A field that is a decimal in quotes, sign allowed, exponents not. @throws FrameFault */
export function decimalOf(fields: Fields, name: string): number {
  return asDecimal(fields[name], name);
}

/** A decimal in quotes. @throws FrameFault */
export function asDecimal(value: unknown, name: string): number {
  if (typeof value !== 'string' || !DECIMAL.test(value)) throw new FrameFault(`${name} is no decimal`);
  return Number(value);
}

/** A field that is a JSON number; it may be infinite when its exponent is absurd. @throws FrameFault */
export function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number') throw new FrameFault(`${name} is no number`);
  return value;
}

/** A field that counts: a whole number from 0 that a double holds exactly. @throws FrameFault */
export function countOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new FrameFault(`${name} is no count`);
  return value;
}

/** A field with a moment in ISO 8601, UTC. @returns ms since 1970. @throws FrameFault */
export function instantOf(fields: Fields, name: string): number {
  const text = textOf(fields, name);
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new FrameFault(`${name} is no moment`);
  return at;
}
