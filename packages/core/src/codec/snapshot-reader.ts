/**
 * Reads what `snapshot-writer.ts` wrote. Where the state that is restored into has an object, array or column at the same
 * place, it is filled, and must have the same shape; elsewhere the value is built new.
 */
import { type Column, columnKind, fieldNames, isColumn, isPlainObject, Kind, type PlainObject } from './plain-value.ts';

/** Bytes being read. */
export interface SnapshotReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  /** Names from the state down to the value being read, for messages. */
  readonly path: string[];
  /** Fields of the outermost object that no snapshot holds. */
  readonly skippedCount: number;
}

/** A reader at the first of `bytes`. */
export function createSnapshotReader(bytes: Uint8Array, skippedCount: number): SnapshotReader {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0, path: [], skippedCount };
}

/** Properties whose objects are data from outside (a listing, a genesis): their shape may have changed, so they are built new. */
const REBUILT = ['genesis', 'listing'];

/** Reads the value at the cursor into `target` where that has a place for it. @returns the value to keep. */
export function readValue(reader: SnapshotReader, target: unknown): unknown {
  const kind = readByte(reader);
  if (kind === Kind.Null) return null;
  if (kind === Kind.False) return false;
  if (kind === Kind.True) return true;
  if (kind === Kind.Number) return readNumber(reader);
  if (kind === Kind.BigInt) return BigInt(readText(reader));
  if (kind === Kind.String) return readText(reader);
  if (kind === Kind.Array) return readArray(reader, target);
  if (kind === Kind.Object) return readObject(reader, target);
  return readColumn(reader, kind, target);
}

/** Throws because the bytes and this build's state differ. */
export function misfit(reader: SnapshotReader, what: string): never {
  throw new RangeError(`the snapshot does not fit this build at ${reader.path.join('.') || 'its start'}: ${what}`);
}

/** Reads one byte. @throws RangeError when the bytes end. */
export function readByte(reader: SnapshotReader): number {
  need(reader, 1);
  reader.at += 1;
  return reader.bytes[reader.at - 1]!;
}

/** Reads an unsigned 32-bit integer. @throws RangeError when the bytes end. */
export function readWord(reader: SnapshotReader): number {
  need(reader, 4);
  reader.at += 4;
  return reader.view.getUint32(reader.at - 4, true);
}

function readNumber(reader: SnapshotReader): number {
  need(reader, 8);
  reader.at += 8;
  return reader.view.getFloat64(reader.at - 8, true);
}

function readText(reader: SnapshotReader): string {
  const length = readWord(reader);
  need(reader, length * 2);
  let text = '';
  for (let at = 0; at < length; at += 1) text += String.fromCharCode(reader.view.getUint16(reader.at + at * 2, true));
  reader.at += length * 2;
  return text;
}

function need(reader: SnapshotReader, bytes: number): void {
  if (reader.at + bytes > reader.bytes.length) misfit(reader, `it ends after ${reader.bytes.length} bytes`);
}

function readArray(reader: SnapshotReader, target: unknown): unknown[] {
  const length = readWord(reader);
  const items: unknown[] = Array.isArray(target) ? target : [];
  const before = items.length;
  if (before > length) items.length = length;
  for (let at = 0; at < length; at += 1) {
    reader.path.push(String(at));
    items[at] = readValue(reader, at < before ? items[at] : undefined);
    reader.path.pop();
  }
  return items;
}

function readObject(reader: SnapshotReader, target: unknown): PlainObject {
  const count = readWord(reader);
  const into: PlainObject = isPlainObject(target) ? target : {};
  const isFilled = isPlainObject(target);
  const expected = fieldNames(into, []).length - (reader.path.length === 0 ? reader.skippedCount : 0);
  if (isFilled && expected !== count) misfit(reader, `${count} fields, here ${expected}`);
  for (let at = 0; at < count; at += 1) {
    const name = readText(reader);
    reader.path.push(name);
    if (isFilled && !Object.hasOwn(into, name)) misfit(reader, 'this build has no such field');
    into[name] = readValue(reader, REBUILT.includes(name) ? undefined : into[name]);
    reader.path.pop();
  }
  return into;
}

function readColumn(reader: SnapshotReader, kind: number, target: unknown): Column {
  const length = readWord(reader);
  const elements = readWord(reader);
  if (!isColumn(target)) return misfit(reader, 'this build has no column here');
  if (columnKind(target) !== kind) misfit(reader, `a column of another kind (${kind}, here ${columnKind(target)})`);
  if (target.length !== length) misfit(reader, `a column of ${length} elements, here ${target.length}: the limits differ`);
  if (elements > length) misfit(reader, `${elements} elements in a column of ${length}`);
  const size = elements * target.BYTES_PER_ELEMENT;
  need(reader, size);
  new Uint8Array(target.buffer, target.byteOffset, size).set(reader.bytes.subarray(reader.at, reader.at + size));
  reader.at += size;
  return target;
}
