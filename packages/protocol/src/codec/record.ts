/**
 * Records as words: the one binary form of commands and events.
 *
 * A record is a run of 64-bit words: a header word (`code * 65536 + total words`), one word for each number field in
 * the order of the schema, then each byte field as a length word and its bytes padded to whole words. Words make the
 * record readable in place by any thread (rings are 8-byte aligned) and by any language that knows IEEE doubles.
 */

/** A value a record can carry: a number (integer or double) or raw bytes. */
export type FieldValue = number | Uint8Array;

/** The plain fields of a record, as a flat object. */
export type Fields = { [name: string]: FieldValue };

/** How one kind of record is laid out. Built by {@link defineRecord}. */
export interface RecordSchema<T extends Fields> {
  readonly code: number;
  readonly name: string;
  readonly defaults: Readonly<T>;
  readonly numberFields: readonly string[];
  readonly byteFields: readonly string[];
  /** Reads the fields that begin at a word, where that was written out by hand; null otherwise. */
  readonly read: ReadFields<T> | null;
}

/** Reads the fields of a record without byte fields; they are there. */
export type ReadFields<T extends Fields> = (words: Float64Array, at: number) => T;

const HEADER_SHIFT = 65536;
const WORDS_MAX = HEADER_SHIFT - 1;

/** Largest number of bytes one byte field may carry (a prices command with every source of every asset fits). */
export const BYTE_FIELD_MAX = 262_144;

/**
 * Declares a record: its public code (never re-used), its name and its fields with their default values.
 *
 * @param code - 1..9999, unique among commands or among events.
 * @param defaults - one value for each field; the kind of the value (number or bytes) is the kind of the field.
 * @param read - of a record that is read so often that it pays: the same as by the schema, for records without byte fields.
 * @example
 * const tick = defineRecord(3, 'tick', { count: 0 }); // tick.numberFields => ['count']
 */
export function defineRecord<T extends Fields>(
  code: number,
  name: string,
  defaults: T,
  read: ReadFields<T> | null = null,
): RecordSchema<T> {
  const names = Object.keys(defaults);
  const numberFields = names.filter((field) => typeof defaults[field] === 'number');
  const byteFields = names.filter((field) => typeof defaults[field] !== 'number');
  return { code, name, defaults, numberFields, byteFields, read };
}

/** Code of the record that starts at `offset`. */
export function recordCode(words: Float64Array, offset: number): number {
  return Math.floor((words[offset] ?? 0) / HEADER_SHIFT);
}

/** Length in words, header included, of the record that starts at `offset`. */
export function recordWords(words: Float64Array, offset: number): number {
  const header = words[offset] ?? 0;
  const short = header - Math.floor(header / HEADER_SHIFT) * HEADER_SHIFT;
  if (short === 0) throw new RangeError(`record at word ${offset} has no length: the buffer is not a record`);
  return short;
}

/** Header word of a record. @throws RangeError when the record is longer than 65,535 words. */
export function recordHeader(code: number, words: number): number {
  if (words > WORDS_MAX) throw new RangeError(`record ${code} of ${words} words is over the limit of ${WORDS_MAX} words`);
  return code * HEADER_SHIFT + words;
}

/** Words a record of this schema takes with these values. */
export function measureRecord<T extends Fields>(schema: RecordSchema<T>, value: Fields): number {
  let words = 1 + schema.numberFields.length;
  for (const field of schema.byteFields) words += 1 + Math.ceil(bytesOf(value, field).length / 8);
  return words;
}

/**
 * Writes a record at `offset`.
 *
 * @returns the offset after it.
 * @throws RangeError when it does not fit or a byte field is longer than {@link BYTE_FIELD_MAX}.
 */
export function encodeRecord<T extends Fields>(schema: RecordSchema<T>, value: T, words: Float64Array, offset: number): number {
  const total = measureRecord(schema, value);
  if (offset + total > words.length) throw new RangeError(`record ${schema.name} needs ${total} words, ${words.length - offset} are left`);
  words[offset] = recordHeader(schema.code, total);
  let at = offset + 1;
  const fields: Fields = value;
  at = writeInOrder(schema.numberFields, fields, words, at);
  for (let field = schema.numberFields[at - offset - 1]; field !== undefined; field = schema.numberFields[at - offset - 1])
    words[at++] = numberOf(fields, field);
  for (const field of schema.byteFields) at = writeBytes(words, at, bytesOf(fields, field));
  return at;
}

/**
 * Reads the record at `offset` into a new object, or into `into` when given (no allocation for records without bytes).
 *
 * @throws RangeError when the code is another record's or the record is cut short.
 */
export function decodeRecord<T extends Fields>(schema: RecordSchema<T>, words: Float64Array, offset: number, into?: T): T {
  const code = recordCode(words, offset);
  if (code !== schema.code) throw new RangeError(`expected record ${schema.name} (${schema.code}), found code ${code}`);
  const end = offset + recordWords(words, offset);
  if (end > words.length) throw new RangeError(`record ${schema.name} is cut short: ${words.length - offset} words of ${end - offset}`);
  if (schema.read !== null && into === undefined && end === offset + 1 + schema.numberFields.length) return schema.read(words, offset + 1);
  const out = into ?? { ...schema.defaults };
  const fields: Fields = out;
  let at = offset + 1;
  for (const field of schema.numberFields) fields[field] = words[at++] ?? 0;
  for (const field of schema.byteFields) at = readBytes(words, at, end, fields, field);
  return out;
}

/**
 * Writes the fields that stand in the order of their schema, up to the first that does not: a loop over an object reads them
 * by their places, several times faster than by name.
 */
function writeInOrder(names: readonly string[], value: Fields, words: Float64Array, at: number): number {
  let count = 0;
  // tidy-allow: pure: whatever order it takes, it ends at the first name that is not the next of the schema
  for (const name in value) {
    const found = value[name];
    if (name !== names[count] || typeof found !== 'number') break;
    words[at + count] = found;
    count += 1;
  }
  return at + count;
}

function numberOf(value: Fields, field: string): number {
  const found = value[field];
  if (typeof found !== 'number') throw new TypeError(`record field ${field} must be a number, got ${typeof found}`);
  return found;
}

function bytesOf(value: Fields, field: string): Uint8Array {
  const found = value[field];
  if (!(found instanceof Uint8Array)) throw new TypeError(`record field ${field} must be bytes, got ${typeof found}`);
  return found;
}

function writeBytes(words: Float64Array, at: number, bytes: Uint8Array): number {
  if (bytes.length > BYTE_FIELD_MAX) throw new RangeError(`a byte field holds at most ${BYTE_FIELD_MAX} bytes, got ${bytes.length}`);
  words[at] = bytes.length;
  const wordCount = Math.ceil(bytes.length / 8);
  words.fill(0, at + 1, at + 1 + wordCount);
  new Uint8Array(words.buffer, words.byteOffset + (at + 1) * 8, bytes.length).set(bytes);
  return at + 1 + wordCount;
}

function readBytes(words: Float64Array, at: number, end: number, fields: Fields, field: string): number {
  const length = words[at] ?? -1;
  const wordCount = Math.ceil(length / 8);
  if (!Number.isInteger(length) || length < 0 || at + 1 + wordCount > end) {
    throw new RangeError(`byte field ${field} says ${length} bytes, which is not inside its record`);
  }
  fields[field] = new Uint8Array(words.buffer, words.byteOffset + (at + 1) * 8, length).slice();
  return at + 1 + wordCount;
}
