/**
 * Memory of a ring of byte records between two threads.
 *
 * | byte | type | meaning                                                                  |
 * |-----:|------|--------------------------------------------------------------------------|
 * |    0 | i32  | capacity of the data, in words of 8 bytes, a power of two                |
 * |   64 | i32  | words ever published by the producer, modulo 2^32                        |
 * |  128 | i32  | words ever released by the consumer, modulo 2^32                         |
 * |  192 |      | the data                                                                 |
 *
 * A record is a word of header (u32 length in bytes, u32 tag) and its bytes, filled up to whole words; it never runs over the
 * end of the data. Where one would, a header with length `SKIP_LENGTH` sends the reader back to the start.
 */

/** Bytes before the data. */
export const RING_HEADER_BYTES = 192;
/** Bytes of a word; all records start on one. */
export const WORD_BYTES = 8;
/** Index of the capacity in the header's cells. */
export const CAPACITY_CELL = 0;
/** Index of the producer's count. */
export const HEAD_CELL = 16;
/** Index of the consumer's count. */
export const TAIL_CELL = 32;
/** Length in the header of the filler at the end of the data. */
export const SKIP_LENGTH = 0xffff_ffff;

const CAPACITY_BYTES_MIN = 64;
const CAPACITY_BYTES_MAX = 2 ** 30;

/**
 * Makes the memory of an empty ring.
 * @param capacityBytes size of the data, a power of two from 64 to 2^30
 */
export function createByteRing(capacityBytes: number): SharedArrayBuffer {
  const isPowerOfTwo = Number.isInteger(Math.log2(capacityBytes));
  if (!isPowerOfTwo || capacityBytes < CAPACITY_BYTES_MIN || capacityBytes > CAPACITY_BYTES_MAX) {
    throw new RangeError(
      `the capacity of a ring is a power of two from ${CAPACITY_BYTES_MIN} to ${CAPACITY_BYTES_MAX} bytes, not ${capacityBytes}`,
    );
  }
  const shared = new SharedArrayBuffer(RING_HEADER_BYTES + capacityBytes);
  Atomics.store(new Int32Array(shared), CAPACITY_CELL, capacityBytes / WORD_BYTES);
  return shared;
}

/** Views of a ring's memory; offsets in `bytes`, `words` and `view` count from the start of the data. */
export interface RingViews {
  readonly cells: Int32Array<SharedArrayBuffer>;
  /** Capacity in words. */
  readonly capacity: number;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** The data as 64-bit floats; index = byte offset / 8. */
  readonly words: Float64Array<SharedArrayBuffer>;
  /** The data as pairs of header cells; index = byte offset / 4. */
  readonly headers: Uint32Array<SharedArrayBuffer>;
  readonly view: DataView<SharedArrayBuffer>;
}

/** Opens the memory of a ring. */
export function viewRing(shared: SharedArrayBuffer): RingViews {
  const cells = new Int32Array(shared, 0, RING_HEADER_BYTES / 4);
  const capacity = Atomics.load(cells, CAPACITY_CELL);
  if (shared.byteLength !== RING_HEADER_BYTES + capacity * WORD_BYTES) throw new RangeError('this memory is not a ring');
  return {
    cells,
    capacity,
    bytes: new Uint8Array(shared, RING_HEADER_BYTES),
    words: new Float64Array(shared, RING_HEADER_BYTES),
    headers: new Uint32Array(shared, RING_HEADER_BYTES),
    view: new DataView(shared, RING_HEADER_BYTES),
  };
}

/** Words a record of `byteLength` bytes takes with its header. */
export function wordsOf(byteLength: number): number {
  return 1 + ((byteLength + WORD_BYTES - 1) >>> 3);
}
