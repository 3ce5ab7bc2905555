/** The link's end of its output ring: gives out only what is durable, whole and in order. */

import type { JournalControl } from '../journal-thread/journal-control.ts';
import { RingConsumer } from '../ring/ring-consumer.ts';
import { LinkControl, type LinkMemory, OutputTag } from './link-memory.ts';

/** Takes what came out. The words of a batch are there until the handler returns, a payload is the handler's to keep. */
export interface OutputHandler {
  onBatch(words: Float64Array): void;
  onAnswer(requestId: number, payload: Uint8Array, isAnswer: boolean): void;
}

/** Reads one output ring; one thread holds it. */
export class OutputReader {
  readonly #ring: RingConsumer;
  readonly #control: LinkControl;
  readonly #journal: JournalControl;
  #parts: Float64Array[] = [];
  /** Where batches of one record are read: making an array for each costs more than reading it. */
  #whole = new Float64Array(1 << 12);

  constructor(memory: LinkMemory, journal: JournalControl) {
    this.#ring = new RingConsumer(memory.output);
    this.#control = new LinkControl(memory.control);
    this.#journal = journal;
  }

  /** Says that nothing will be read any more. */
  leave(): void {
    this.#control.leave();
  }

  /**
   * Hands out up to `max` records whose sequence is durable.
   * @returns number of records read
   */
  read(max: number, handler: OutputHandler): number {
    const durableSeq = this.#journal.durableSeq();
    let count = 0;
    for (; count < max && this.#ring.peek(); count++) {
      if ((this.#ring.words[this.#ring.offset / 8] ?? 0) > durableSeq) break;
      this.#readOne(handler);
    }
    return count;
  }

  // The record is released before its handler runs: it is told once, whatever the handler does.
  #readOne(handler: OutputHandler): void {
    const { tag, offset, byteLength, words, bytes } = this.#ring;
    const at = offset / 8;
    if (tag === OutputTag.Answer) {
      const requestId = words[at + 1] ?? 0;
      const isAnswer = words[at + 2] === 1;
      const payload = bytes.slice(offset + 32, offset + 32 + (words[at + 3] ?? 0));
      this.#ring.release();
      handler.onAnswer(requestId, payload, isAnswer);
      return;
    }
    const length = byteLength / 8 - 1;
    if (tag === OutputTag.Batch && this.#parts.length === 0 && length <= this.#whole.length) {
      for (let i = 0; i < length; i++) this.#whole[i] = words[at + 1 + i] ?? 0;
      this.#ring.release();
      handler.onBatch(this.#whole.subarray(0, length));
      return;
    }
    this.#parts.push(words.slice(at + 1, at + 1 + length));
    this.#ring.release();
    if (tag === OutputTag.Part) return;
    const batch = joinParts(this.#parts);
    this.#parts = [];
    handler.onBatch(batch);
  }
}

function joinParts(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
