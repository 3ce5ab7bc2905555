/** The core's end of the output rings: every link gets every batch, and the answers to its own questions. */

import { serialize } from 'node:v8';
import type { BatchBuffer } from '../batch/batch-words.ts';
import { LinkControl, type LinkMemory, OutputTag } from '../link/link-memory.ts';
import { Doorbell } from '../ring/doorbell.ts';
import { RING_FULL, RingProducer } from '../ring/ring-producer.ts';

interface Outlet {
  readonly ring: RingProducer;
  readonly bell: Doorbell;
  readonly control: LinkControl;
  readonly isLossy: boolean;
  /** Most words of a batch in one record. */
  readonly partWords: number;
  isDirty: boolean;
}

const SEQ_WORDS = 1;
const ANSWER_HEAD_WORDS = 4;
// An answer is refused above this: it would not fit a ring, and nobody can read so much.
const ANSWER_TEXT_MAX = 1000;

/** Writes batches and answers; records are seen by the links after `flush`. */
export class OutputPort {
  /** Batches left out for lossy links. */
  batchesLost = 0;
  /** Times the core had to wait for a link to read. */
  waits = 0;
  readonly #outlets: readonly Outlet[];
  readonly #waitForRoom: () => void;

  /** @param waitForRoom blocks until something may have changed; called when a link that loses nothing has no room */
  constructor(links: readonly LinkMemory[], waitForRoom: () => void) {
    this.#waitForRoom = waitForRoom;
    this.#outlets = links.map((memory) => {
      const ring = new RingProducer(memory.output);
      const partWords = Math.min(1 << 17, Math.floor(ring.recordBytesMax / 16));
      return {
        ring,
        bell: new Doorbell(memory.bell),
        control: new LinkControl(memory.control),
        isLossy: memory.isLossy,
        partWords,
        isDirty: false,
      };
    });
  }

  /** Tells whether every link that must not lose anything has read enough for trading to go on. */
  hasRoom(): boolean {
    for (const outlet of this.#outlets) {
      if (!outlet.isLossy && !outlet.control.hasLeft() && outlet.ring.isFull(outlet.ring.recordBytesMax >> 1)) return false;
    }
    return true;
  }

  publish(batch: BatchBuffer): void {
    for (const outlet of this.#outlets) {
      if (outlet.control.hasLeft()) continue;
      if (outlet.isLossy) this.#offer(outlet, batch);
      else this.#write(outlet, batch);
    }
  }

  /** Answers a question. @param seq that must be durable before the answer leaves */
  answer(linkIx: number, seq: number, requestId: number, value: unknown): void {
    this.#reply(linkIx, seq, requestId, 1, serialize(value));
  }

  /** Says why a question has no answer. */
  fault(linkIx: number, seq: number, requestId: number, reason: string): void {
    this.#reply(linkIx, seq, requestId, 0, Buffer.from(reason.slice(0, ANSWER_TEXT_MAX)));
  }

  /** Shows the links what was written. */
  flush(): void {
    for (const outlet of this.#outlets) {
      if (!outlet.isDirty) continue;
      outlet.isDirty = false;
      outlet.ring.flush();
      outlet.bell.ring();
    }
  }

  #offer(outlet: Outlet, batch: BatchBuffer): void {
    const bytes = (SEQ_WORDS + batch.length) * 8;
    if (bytes > outlet.ring.recordBytesMax || outlet.ring.isFull(bytes)) this.batchesLost += 1;
    else this.#put(outlet, OutputTag.Batch, batch, 0, batch.length);
  }

  #write(outlet: Outlet, batch: BatchBuffer): void {
    let from = 0;
    for (; batch.length - from > outlet.partWords; from += outlet.partWords) {
      this.#put(outlet, OutputTag.Part, batch, from, from + outlet.partWords);
    }
    this.#put(outlet, OutputTag.Batch, batch, from, batch.length);
  }

  #put(outlet: Outlet, tag: number, batch: BatchBuffer, from: number, to: number): void {
    const bytes = (SEQ_WORDS + to - from) * 8;
    const offset = this.#reserve(outlet, bytes);
    if (offset === RING_FULL) return;
    const at = offset / 8;
    outlet.ring.words[at] = batch.words[0] ?? 0;
    outlet.ring.words.set(batch.words.subarray(from, to), at + SEQ_WORDS);
    outlet.ring.commitQuietly(tag, bytes);
    outlet.isDirty = true;
  }

  #reply(linkIx: number, seq: number, requestId: number, isAnswer: number, payload: Uint8Array): void {
    const outlet = this.#outlets[linkIx];
    if (outlet === undefined) return;
    const bytes = ANSWER_HEAD_WORDS * 8 + payload.length;
    if (bytes > outlet.ring.recordBytesMax) {
      this.fault(linkIx, seq, requestId, `the answer has ${payload.length} bytes, more than fits: ask for less`);
      return;
    }
    const offset = this.#reserve(outlet, bytes);
    if (offset === RING_FULL) return;
    const at = offset / 8;
    outlet.ring.words[at] = seq;
    outlet.ring.words[at + 1] = requestId;
    outlet.ring.words[at + 2] = isAnswer;
    outlet.ring.words[at + 3] = payload.length;
    outlet.ring.bytes.set(payload, (at + ANSWER_HEAD_WORDS) * 8);
    outlet.ring.commitQuietly(OutputTag.Answer, bytes);
    outlet.isDirty = true;
  }

  // RING_FULL only for a link that has left.
  #reserve(outlet: Outlet, bytes: number): number {
    let offset = outlet.ring.reserve(bytes);
    while (offset === RING_FULL && !outlet.control.hasLeft()) {
      this.waits += 1;
      this.#waitForRoom();
      offset = outlet.ring.reserve(bytes);
    }
    return offset;
  }
}
