/** Bytes per resting order, by the widths of columns and by what the process allocated. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createBook, createOrders, type Orders } from '@mochila/core';
import type { Contender } from './matching-contender.ts';
import type { Stream } from './stream.ts';

/** Sum of the widths of all columns of the orders table. */
export function columnBytesPerOrder(orders: Orders): number {
  return arrayBytes(orders) / orders.capacity;
}

/** Bytes of all arrays of a table of `capacity` orders and a book with a level for every fourth of them, by order. */
export function measuredBytesPerOrder(capacity: number): number {
  return (arrayBytes(createOrders(capacity)) + arrayBytes(createBook(Math.ceil(capacity / 8)))) / capacity;
}

/** Bytes of all arrays in a value; memory that two arrays see counts once. */
function arrayBytes(value: unknown): number {
  const buffers = new Map<ArrayBufferLike, number>();
  collectBuffers(value, buffers);
  return [...buffers.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function collectBuffers(value: unknown, buffers: Map<ArrayBufferLike, number>): void {
  if (ArrayBuffer.isView(value)) buffers.set(value.buffer, value.buffer.byteLength);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collectBuffers(part, buffers);
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
