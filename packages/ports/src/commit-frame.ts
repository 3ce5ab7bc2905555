/**
 * Layout of the payload of a commit frame: `count` records, each
 *
 * | offset | type | meaning                                                             |
 * |-------:|------|---------------------------------------------------------------------|
 * |      0 | u32  | length of the record's bytes                                        |
 * |      4 | u32  | its time minus the frame's time, in microseconds                    |
 * |      8 | ...  | the bytes, then zeros up to a multiple of 8                         |
 *
 * Little endian. Records therefore start on multiples of 8 and can be read in place as 64-bit words.
 */

import { asSeq, asUnixMicros } from '@mochila/units';
import type { CommitFrame, JournalRecord } from './journal.ts';

/** Bytes in front of each record in a payload. */
export const RECORD_PREFIX_BYTES = 8;

/** Largest payload a journal takes, in bytes. */
export const FRAME_PAYLOAD_BYTES_MAX = 16 * 1024 * 1024;

const TIME_DELTA_MAX = 0xffff_ffff;

/** Collects consecutive records into one commit frame; allocated once and reused. */
export class CommitFrameBuilder {
  readonly #bytesMax: number;
  #buffer: Uint8Array;
  #view: DataView;
  #used = 0;
  #count = 0;
  #firstSeq = 0;
  #timeMicros = 0;
  #lastTimeMicros = 0;

  /** @param bytesMax payload size at which the frame is full; a single larger record still fits alone, up to 16 MiB */
  constructor(bytesMax = 4 * 1024 * 1024) {
    if (bytesMax > FRAME_PAYLOAD_BYTES_MAX) throw new RangeError(`a frame holds at most ${FRAME_PAYLOAD_BYTES_MAX} bytes, not ${bytesMax}`);
    this.#bytesMax = bytesMax;
    this.#buffer = new Uint8Array(Math.min(bytesMax, 64 * 1024));
    this.#view = new DataView(this.#buffer.buffer);
  }

  /** Number of records held. */
  get count(): number {
    return this.#count;
  }

  /** Sequence of the last record held; only meaningful when `count` is above 0. */
  get lastSeq(): number {
    return this.#firstSeq + this.#count - 1;
  }

  /**
   * Adds a copy of one record.
   * @param source bytes that hold the record, `length` of them from `offset`
   * @returns false when the record belongs into the next frame; nothing is changed then
   * @throws RangeError when it does not continue the frame or is larger than any frame can be
   */
  tryAdd(seq: number, timeMicros: number, source: Uint8Array, offset = 0, length = source.length): boolean {
    const size = RECORD_PREFIX_BYTES + roundUpTo8(length);
    this.#checkContinues(seq, timeMicros, size);
    if (this.#count > 0 && (this.#used + size > this.#bytesMax || timeMicros - this.#timeMicros > TIME_DELTA_MAX)) return false;
    if (this.#count === 0) this.#begin(seq, timeMicros);
    this.#grow(this.#used + size);
    this.#view.setUint32(this.#used, length, true);
    this.#view.setUint32(this.#used + 4, timeMicros - this.#timeMicros, true);
    const start = this.#used + RECORD_PREFIX_BYTES;
    this.#buffer.set(source.subarray(offset, offset + length), start);
    this.#buffer.fill(0, start + length, this.#used + size);
    this.#used += size;
    this.#count += 1;
    this.#lastTimeMicros = timeMicros;
    return true;
  }

  /**
   * Returns the frame collected so far; its payload is overwritten after `clear`.
   * @throws RangeError when nothing was added
   */
  frame(): CommitFrame {
    if (this.#count === 0) throw new RangeError('a commit frame holds at least one record');
    return {
      firstSeq: asSeq(this.#firstSeq),
      count: this.#count,
      timeMicros: asUnixMicros(this.#timeMicros),
      lastTimeMicros: asUnixMicros(this.#lastTimeMicros),
      payload: this.#buffer.subarray(0, this.#used),
    };
  }

  /** Starts the next frame. */
  clear(): void {
    this.#used = 0;
    this.#count = 0;
  }

  #checkContinues(seq: number, timeMicros: number, size: number): void {
    if (size > FRAME_PAYLOAD_BYTES_MAX) throw new RangeError(`a record of ${size} bytes is larger than a frame can be`);
    if (this.#count === 0) return;
    if (seq !== this.#firstSeq + this.#count) throw new RangeError(`sequence ${seq} does not follow ${this.lastSeq}`);
    if (timeMicros < this.#lastTimeMicros) throw new RangeError(`time ${timeMicros} is before ${this.#lastTimeMicros}`);
  }

  #begin(seq: number, timeMicros: number): void {
    this.#firstSeq = seq;
    this.#timeMicros = timeMicros;
  }

  #grow(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(bytes, Math.min(this.#bytesMax, this.#buffer.length * 2)));
    larger.set(this.#buffer.subarray(0, this.#used));
    this.#buffer = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/**
 * Builds one frame of records that share a time; for tests and small writers.
 * @example commitFrameOf(1, 5_000, [Uint8Array.of(7)]).count // 1
 */
export function commitFrameOf(firstSeq: number, timeMicros: number, records: readonly Uint8Array[]): CommitFrame {
  const builder = new CommitFrameBuilder(FRAME_PAYLOAD_BYTES_MAX);
  records.forEach((bytes, i) => {
    if (!builder.tryAdd(firstSeq + i, timeMicros, bytes)) throw new RangeError('the records are larger than one frame can be');
  });
  return builder.frame();
}

/** A frame as its fields were found in storage. */
export interface StoredFrame {
  readonly firstSeq: number;
  readonly timeMicros: number;
  readonly count: number;
  readonly payload: Uint8Array;
}

/** Yields the records of a frame in order; their bytes are views of the payload. The payload must be well formed. */
export function* readCommitFrame(frame: StoredFrame): Generator<JournalRecord, void, void> {
  const { payload } = frame;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  let offset = 0;
  for (let i = 0; i < frame.count; i++) {
    const length = view.getUint32(offset, true);
    const timeMicros = asUnixMicros(frame.timeMicros + view.getUint32(offset + 4, true));
    const start = offset + RECORD_PREFIX_BYTES;
    yield { seq: asSeq(frame.firstSeq + i), timeMicros, bytes: payload.subarray(start, start + length) };
    offset = start + roundUpTo8(length);
  }
}

/**
 * Walks a payload without trusting it.
 * @returns the distance of the last record's time to the frame's, in microseconds, or undefined when the payload
 *   does not hold exactly `count` records in order of time
 */
export function measureCommitFrame(payload: Uint8Array, count: number): number | undefined {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  let offset = 0;
  let delta = 0;
  for (let i = 0; i < count; i++) {
    if (offset + RECORD_PREFIX_BYTES > payload.length) return undefined;
    const next = view.getUint32(offset + 4, true);
    if (next < delta) return undefined;
    delta = next;
    offset += RECORD_PREFIX_BYTES + roundUpTo8(view.getUint32(offset, true));
  }
  return offset === payload.length ? delta : undefined;
}

/** Returns the smallest multiple of 8 that is not below `length`; both in bytes. */
export function roundUpTo8(length: number): number {
  return Math.ceil(length / 8) * 8;
}
