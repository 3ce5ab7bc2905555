/** Bytes per resting order, by the widths of columns and by what the process allocated. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createBook, createOrders, type Orders } from '@mochila/core';
import type { Contender } from './matching-contender.ts';
import type { Stream } from './stream.ts';

/** Sum of the widths of all columns of the orders table. */
export function columnBytesPerOrder(orders: Orders): number {
  return Object.values(orders).reduce((sum: number, column: unknown) => sum + (isColumn(column) ? column.BYTES_PER_ELEMENT : 0), 0);
}

/** Bytes of all arrays of a table of `capacity` orders and a book with a level for every fourth of them, by order. */
export function measuredBytesPerOrder(capacity: number): number {
  return (arrayBytes(createOrders(capacity)) + arrayBytes(createBook(Math.ceil(capacity / 8)))) / capacity;
}

function arrayBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, part: unknown) => sum + arrayBytes(part), 0);
}

/** Heap growth of the library by resting order while a stream builds its book, and the library at that point. */
export function baselineBytesPerOrder(
  stream: Stream,
  create: (stream: Stream) => Contender,
): { readonly contender: Contender; readonly bytesPerOrder: number } {
  const contender = create(stream);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  contender.run(0, stream.prefill);
  collectGarbage();
  return { contender, bytesPerOrder: (process.memoryUsage().heapUsed - before) / stream.prefill };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this Node does not hand out its garbage collector');
  collect();
}

function isColumn(value: unknown): value is Int32Array | Float64Array | Uint8Array {
  return value instanceof Int32Array || value instanceof Float64Array || value instanceof Uint8Array;
}
