/** The reading end of a ring; one thread holds it. */

import { HEAD_CELL, type RingViews, SKIP_LENGTH, TAIL_CELL, viewRing, WORD_BYTES, wordsOf } from './ring-layout.ts';

/** Takes one record: `byteLength` bytes of the consumer's `bytes` from `offset`; they are gone when it returns. */
export type RingRecordHandler = (tag: number, offset: number, byteLength: number) => void;

/** Reads records in place, singly (`peek`, `release`) or in batches (`drain`). */
export class RingConsumer {
  /** The data; read only where `peek` or the handler says. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly words: Float64Array<SharedArrayBuffer>;
  readonly view: DataView<SharedArrayBuffer>;
  /** Tag of the record that `peek` found. */
  tag = 0;
  /** Its byte offset in `bytes`, a multiple of 8. */
  offset = 0;
  /** Its length in bytes. */
  byteLength = 0;
  readonly #ring: RingViews;
  readonly #mask: number;
  #head: number;
  #tail: number;

  constructor(shared: SharedArrayBuffer) {
    this.#ring = viewRing(shared);
    this.#mask = this.#ring.capacity - 1;
    this.bytes = this.#ring.bytes;
    this.words = this.#ring.words;
    this.view = this.#ring.view;
    this.#head = Atomics.load(this.#ring.cells, HEAD_CELL);
    this.#tail = Atomics.load(this.#ring.cells, TAIL_CELL);
  }

  /** Tells whether nothing is waiting. */
  isEmpty(): boolean {
    if (this.#tail !== this.#head) return false;
    this.#head = Atomics.load(this.#ring.cells, HEAD_CELL);
    return this.#tail === this.#head;
  }

  /** Looks at the oldest record and fills `tag`, `offset` and `byteLength`; false when nothing is waiting. */
  peek(): boolean {
    if (this.isEmpty()) return false;
    let at = this.#tail & this.#mask;
    if (this.#ring.headers[at * 2] === SKIP_LENGTH) {
      this.#tail = (this.#tail + this.#ring.capacity - at) | 0;
      at = 0;
      // The filler may have been published before the record it makes room for.
      if (this.isEmpty()) return false;
    }
    this.byteLength = this.#ring.headers[at * 2] ?? 0;
    this.tag = this.#ring.headers[at * 2 + 1] ?? 0;
    this.offset = (at + 1) * WORD_BYTES;
    return true;
  }

  /**
   * Looks at the records that wait, the oldest first, and takes none.
   * @param tag only those with this tag
   * @param offsets filled with their word offsets in `words`, as many as it has room for
   * @returns number of offsets written
   */
  lookAhead(tag: number, offsets: Int32Array): number {
    this.#head = Atomics.load(this.#ring.cells, HEAD_CELL);
    const { headers, capacity } = this.#ring;
    let count = 0;
    for (let tail = this.#tail; tail !== this.#head && count < offsets.length; ) {
      const at = tail & this.#mask;
      const byteLength = headers[at * 2] ?? 0;
      if (byteLength === SKIP_LENGTH) {
        tail = (tail + capacity - at) | 0;
        continue;
      }
      if (headers[at * 2 + 1] === tag) {
        offsets[count] = at + 1;
        count += 1;
      }
      tail = (tail + wordsOf(byteLength)) | 0;
    }
    return count;
  }

  /** Gives the room of the record that `peek` found back to the producer. */
  release(): void {
    this.#pass();
    Atomics.store(this.#ring.cells, TAIL_CELL, this.#tail);
  }

  /** Hands the oldest record to `handler` and releases it; false when nothing is waiting. */
  tryRead(handler: RingRecordHandler): boolean {
    return this.drain(handler, 1) === 1;
  }

  /**
   * Hands waiting records to `handler` in order and releases them together.
   * @param recordsMax most records to take
   * @returns number of records taken
   */
  drain(handler: RingRecordHandler, recordsMax: number): number {
    let taken = 0;
    try {
      while (taken < recordsMax && this.peek()) {
        handler(this.tag, this.offset, this.byteLength);
        this.#pass();
        taken += 1;
      }
    } finally {
      Atomics.store(this.#ring.cells, TAIL_CELL, this.#tail);
    }
    return taken;
  }

  /** Returns a copy of the record that `peek` found. */
  copy(): Uint8Array {
    return this.bytes.slice(this.offset, this.offset + this.byteLength);
  }

  #pass(): void {
    this.#tail = (this.#tail + wordsOf(this.byteLength)) | 0;
  }
}
