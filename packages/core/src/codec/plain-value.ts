/** What a state is made of, for the code that walks it: kinds of values, and where the columns of a table end. */

/** Columns a state may have. */
export type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** Any plain object of a state. */
export type PlainObject = { [name: string]: unknown };

/** Kind of a value in a snapshot; numbers are public. */
export const Kind = {
  Null: 0,
  False: 1,
  True: 2,
  Number: 3,
  BigInt: 4,
  String: 5,
  Array: 6,
  Object: 7,
  Float64: 16,
  Float32: 17,
  Int32: 18,
  Uint32: 19,
  Uint16: 20,
  Uint8: 21,
} as const;

/** Kind of a column, or -1. */
export function columnKind(value: unknown): number {
  if (value instanceof Float64Array) return Kind.Float64;
  if (value instanceof Int32Array) return Kind.Int32;
  if (value instanceof Uint8Array) return Kind.Uint8;
  if (value instanceof Float32Array) return Kind.Float32;
  if (value instanceof Uint32Array) return Kind.Uint32;
  if (value instanceof Uint16Array) return Kind.Uint16;
  return -1;
}

/** True for the kinds of typed array a state may have. */
export function isColumn(value: unknown): value is Column {
  return columnKind(value) >= 0;
}

/** True for objects that are neither arrays nor columns nor of a class: no Map, no Set, no Date. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Names of an object's fields in their order. A column that sees the memory of one before it (integers beside doubles in one
 * row) is left out: its bytes are written once.
 */
export function fieldNames(value: PlainObject, skipped: readonly string[]): string[] {
  const seen: unknown[] = [];
  return Object.keys(value).filter((name) => {
    const field = value[name];
    if (skipped.includes(name)) return false;
    if (!isColumn(field)) return true;
    const isNew = !seen.includes(field.buffer);
    seen.push(field.buffer);
    return isNew;
  });
}

/**
 * Elements of a column that belong to a snapshot: in a table (an object with `capacity` and `used`) those of the rows
 * used so far, elsewhere all.
 */
export function columnElements(owner: PlainObject | null, column: Column): number {
  if (owner === null) return column.length;
  const { capacity, used } = owner;
  if (typeof capacity !== 'number' || typeof used !== 'number' || capacity < 1) return column.length;
  if (column.length % capacity !== 0) return column.length;
  return used * (column.length / capacity);
}
