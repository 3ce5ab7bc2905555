/** The writing end of a ring; one thread holds it. */

import type { Doorbell } from './doorbell.ts';
import { HEAD_CELL, type RingViews, SKIP_LENGTH, TAIL_CELL, viewRing, WORD_BYTES, wordsOf } from './ring-layout.ts';

/** Answer of `reserve` when there is no room. */
export const RING_FULL = -1;

/** Writes records, either copied in or encoded in place between `reserve` and `commit`. */
export class RingProducer {
  /** The data; write only where `reserve` says. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly words: Float64Array<SharedArrayBuffer>;
  readonly view: DataView<SharedArrayBuffer>;
  readonly #ring: RingViews;
  readonly #doorbell: Doorbell | undefined;
  readonly #mask: number;
  #head: number;
  #tail: number;
  // Word of the reserved record's header, and the words it may take; no reservation at 0 words.
  #reservedAt = 0;
  #reservedWords = 0;

  /** @param doorbell rung after each record (each `flush` when records are left to it) */
  constructor(shared: SharedArrayBuffer, doorbell?: Doorbell) {
    this.#ring = viewRing(shared);
    this.#doorbell = doorbell;
    this.#mask = this.#ring.capacity - 1;
    this.bytes = this.#ring.bytes;
    this.words = this.#ring.words;
    this.view = this.#ring.view;
    this.#head = Atomics.load(this.#ring.cells, HEAD_CELL);
    this.#tail = Atomics.load(this.#ring.cells, TAIL_CELL);
  }

  /** Largest record that fits, in bytes: half the capacity less the header. */
  get recordBytesMax(): number {
    return (this.#ring.capacity / 2 - 1) * WORD_BYTES;
  }

  /**
   * Finds room for a record; nothing is visible to the consumer before `commit`.
   * @param byteLength most bytes the record can take
   * @returns byte offset of the record in `bytes` (a multiple of 8: `words[offset / 8]`), or `RING_FULL`
   * @throws RangeError for a record larger than `recordBytesMax`
   */
  reserve(byteLength: number): number {
    if (!(byteLength >= 0 && byteLength <= this.recordBytesMax)) {
      throw new RangeError(`a record of ${byteLength} bytes does not fit: this ring takes up to ${this.recordBytesMax} bytes each`);
    }
    const needed = wordsOf(byteLength);
    const at = this.#head & this.#mask;
    const untilEnd = this.#ring.capacity - at;
    const filler = needed > untilEnd ? untilEnd : 0;
    if (!this.#hasRoom(filler + needed)) return RING_FULL;
    if (filler > 0) {
      this.#ring.headers[at * 2] = SKIP_LENGTH;
      this.#head = (this.#head + filler) | 0;
    }
    this.#reservedAt = this.#head & this.#mask;
    this.#reservedWords = needed;
    return (this.#reservedAt + 1) * WORD_BYTES;
  }

  /**
   * Publishes the reserved record and rings the bell.
   * @param tag any number from 0 to 2^32 - 1, for the consumer
   * @param byteLength bytes it takes in the end, at most what was reserved
   */
  commit(tag: number, byteLength: number): void {
    this.commitQuietly(tag, byteLength);
    this.flush();
  }

  /** Like `commit`, but the consumer sees the record only after `flush`; for batches. */
  commitQuietly(tag: number, byteLength: number): void {
    const words = wordsOf(byteLength);
    if (words > this.#reservedWords) throw new RangeError(`${byteLength} bytes were not reserved`);
    this.#ring.headers[this.#reservedAt * 2] = byteLength;
    this.#ring.headers[this.#reservedAt * 2 + 1] = tag;
    this.#head = (this.#head + words) | 0;
    this.#reservedWords = 0;
  }

  /** Publishes what was committed quietly and rings the bell. */
  flush(): void {
    Atomics.store(this.#ring.cells, HEAD_CELL, this.#head);
    this.#doorbell?.ring();
  }

  /**
   * Copies one record into the ring and publishes it.
   * @param source the record, or an array whose first `byteLength` bytes are the record
   * @returns false when the ring is full
   */
  tryWrite(tag: number, source: Uint8Array | Float64Array, byteLength = source.byteLength): boolean {
    const offset = this.reserve(byteLength);
    if (offset === RING_FULL) return false;
    if (source instanceof Float64Array && byteLength % WORD_BYTES === 0) {
      const words = byteLength / WORD_BYTES;
      this.words.set(words === source.length ? source : source.subarray(0, words), offset / WORD_BYTES);
    } else {
      this.bytes.set(new Uint8Array(source.buffer, source.byteOffset, byteLength), offset);
    }
    this.commit(tag, byteLength);
    return true;
  }

  /** Tells whether a record of `byteLength` bytes would be refused now; half the capacity, the largest, unless told. */
  isFull(byteLength = this.recordBytesMax): boolean {
    const needed = wordsOf(byteLength);
    const untilEnd = this.#ring.capacity - (this.#head & this.#mask);
    return !this.#hasRoom(needed > untilEnd ? untilEnd + needed : needed);
  }

  #hasRoom(words: number): boolean {
    if (((this.#head - this.#tail) | 0) + words <= this.#ring.capacity) return true;
    this.#tail = Atomics.load(this.#ring.cells, TAIL_CELL);
    return ((this.#head - this.#tail) | 0) + words <= this.#ring.capacity;
  }
}
