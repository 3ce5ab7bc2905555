/** The end of the journal's ring that the sequencing thread holds. */

import { Doorbell } from '../ring/doorbell.ts';
import { RING_FULL, RingProducer } from '../ring/ring-producer.ts';
import type { JournalMemory } from './journal-memory.ts';

/** Bytes in front of each record in the ring: its sequence and its time, as 64-bit floats. */
export const FEED_PREFIX_BYTES = 16;
/** Tag of a record of the journal in the ring. */
export const FEED_RECORD_TAG = 1;

/** Hands records to the journal thread, in order of sequence. */
export class JournalFeed {
  /** The ring's data; write only where `reserve` says. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly words: Float64Array<SharedArrayBuffer>;
  readonly view: DataView<SharedArrayBuffer>;
  readonly #producer: RingProducer;
  #offset = 0;

  constructor(memory: JournalMemory) {
    this.#producer = new RingProducer(memory.ring, new Doorbell(memory.bell));
    this.bytes = this.#producer.bytes;
    this.words = this.#producer.words;
    this.view = this.#producer.view;
  }

  /** Largest record, in bytes. */
  get recordBytesMax(): number {
    return this.#producer.recordBytesMax - FEED_PREFIX_BYTES;
  }

  /** Tells whether a record of `byteLength` bytes would be refused now. */
  isFull(byteLength: number): boolean {
    return this.#producer.isFull(byteLength + FEED_PREFIX_BYTES);
  }

  /**
   * Finds room for a record of at most `byteLength` bytes, to be encoded in place.
   * @returns its byte offset in `bytes` (a multiple of 8: `words[offset / 8]`), or `RING_FULL`
   */
  reserve(byteLength: number): number {
    const offset = this.#producer.reserve(byteLength + FEED_PREFIX_BYTES);
    if (offset === RING_FULL) return RING_FULL;
    this.#offset = offset;
    return offset + FEED_PREFIX_BYTES;
  }

  /**
   * Completes the reserved record; the journal thread sees it after `flush`.
   * @param seq one more than the record before
   * @param timeMicros not before the record before, in microseconds since 1970
   * @param byteLength bytes it takes in the end
   */
  commit(seq: number, timeMicros: number, byteLength: number): void {
    this.words[this.#offset / 8] = seq;
    this.words[this.#offset / 8 + 1] = timeMicros;
    this.#producer.commitQuietly(FEED_RECORD_TAG, byteLength + FEED_PREFIX_BYTES);
  }

  /** Wakes the journal thread for what was completed; call it once per batch. */
  flush(): void {
    this.#producer.flush();
  }

  /** Copies in one record and wakes the journal thread; false when the ring is full. */
  tryWrite(seq: number, timeMicros: number, record: Uint8Array): boolean {
    const offset = this.reserve(record.length);
    if (offset === RING_FULL) return false;
    this.bytes.set(record, offset);
    this.commit(seq, timeMicros, record.length);
    this.flush();
    return true;
  }
}
