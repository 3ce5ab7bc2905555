/** Walks a plain value twice: once for its size, once to write it, so that the bytes are allocated once. */
import { assert } from '@mochila/units';
import { type Column, columnElements, columnKind, fieldNames, isColumn, isPlainObject, Kind, type PlainObject } from './plain-value.ts';

/** Bytes a value takes. @param owner - the object it is a property of, or null. */
export function measureValue(value: unknown, owner: PlainObject | null, skipped: readonly string[]): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'number') return 9;
  if (typeof value === 'bigint') return 1 + textBytes(String(value));
  if (typeof value === 'string') return 1 + textBytes(value);
  if (isColumn(value)) return 9 + columnElements(owner, value) * value.BYTES_PER_ELEMENT;
  let bytes = 5;
  if (Array.isArray(value)) {
    for (const item of value) bytes += measureValue(item, null, []);
    return bytes;
  }
  assert(isPlainObject(value), 'a state is plain data');
  for (const name of fieldNames(value, skipped)) bytes += textBytes(name) + measureValue(value[name], value, []);
  return bytes;
}

function textBytes(text: string): number {
  return 4 + text.length * 2;
}

/** Bytes being written. */
export interface SnapshotWriter {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

/** A writer of exactly `size` bytes. */
export function createSnapshotWriter(size: number): SnapshotWriter {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer), at: 0 };
}

/** Writes a value in the form `snapshot-reader.ts` reads. */
export function writeValue(writer: SnapshotWriter, value: unknown, owner: PlainObject | null, skipped: readonly string[]): void {
  if (value === null) writeByte(writer, Kind.Null);
  else if (typeof value === 'boolean') writeByte(writer, value ? Kind.True : Kind.False);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (typeof value === 'bigint') writeTagged(writer, Kind.BigInt, String(value));
  else if (typeof value === 'string') writeTagged(writer, Kind.String, value);
  else if (isColumn(value)) writeColumn(writer, value, columnElements(owner, value));
  else if (Array.isArray(value)) writeArray(writer, value);
  else if (isPlainObject(value)) writeObject(writer, value, skipped);
  else assert(false, 'a state is plain data');
}

/** Writes one byte. */
export function writeByte(writer: SnapshotWriter, value: number): void {
  writer.bytes[writer.at] = value;
  writer.at += 1;
}

/** Writes an unsigned 32-bit integer. */
export function writeWord(writer: SnapshotWriter, value: number): void {
  writer.view.setUint32(writer.at, value, true);
  writer.at += 4;
}

function writeNumber(writer: SnapshotWriter, value: number): void {
  writeByte(writer, Kind.Number);
  writer.view.setFloat64(writer.at, value, true);
  writer.at += 8;
}

function writeTagged(writer: SnapshotWriter, kind: number, text: string): void {
  writeByte(writer, kind);
  writeText(writer, text);
}

function writeText(writer: SnapshotWriter, text: string): void {
  writeWord(writer, text.length);
  for (let at = 0; at < text.length; at += 1) {
    writer.view.setUint16(writer.at, text.charCodeAt(at), true);
    writer.at += 2;
  }
}

/** Kind, whole length, elements that follow, then their bytes as they stand in memory (little-endian everywhere we run). */
function writeColumn(writer: SnapshotWriter, column: Column, elements: number): void {
  writeByte(writer, columnKind(column));
  writeWord(writer, column.length);
  writeWord(writer, elements);
  const size = elements * column.BYTES_PER_ELEMENT;
  writer.bytes.set(new Uint8Array(column.buffer, column.byteOffset, size), writer.at);
  writer.at += size;
}

function writeArray(writer: SnapshotWriter, items: readonly unknown[]): void {
  writeByte(writer, Kind.Array);
  writeWord(writer, items.length);
  for (const item of items) writeValue(writer, item, null, []);
}

function writeObject(writer: SnapshotWriter, value: PlainObject, skipped: readonly string[]): void {
  const names = fieldNames(value, skipped);
  writeByte(writer, Kind.Object);
  writeWord(writer, names.length);
  for (const name of names) {
    writeText(writer, name);
    writeValue(writer, value[name], value, []);
  }
}
