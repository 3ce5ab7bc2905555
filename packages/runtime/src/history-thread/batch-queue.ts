/** Batches that wait to be written. */
import type { EventBatch } from '@mochila/protocol';
import { decodeEventBatch } from '../batch/decode-batch.ts';

const FIRST_WORDS = 1 << 16;
/** Memory of more than so many times what was needed last is let go: it is of a burst that is over. */
const KEPT_TIMES = 8;

/**
 * Batches without a gap, oldest first. They wait as words, in memory that is used again: as objects all that wait would be
 * moved by each collection of garbage, which cost as much as writing it.
 */
export class BatchQueue {
  readonly #wordsMax: number;
  #words = new Float64Array(FIRST_WORDS);
  /** Takes turns with `#words`: what was taken is read while more comes. */
  #spare = new Float64Array(FIRST_WORDS);
  /** Words where batches begin, and where the last ends. */
  #bounds: number[] = [0];

  /** @param wordsMax - words of all that wait; a batch that is longer finds room while nothing else waits */
  constructor(wordsMax: number) {
    this.#wordsMax = wordsMax;
  }

  /** Batches that wait. */
  get length(): number {
    return this.#bounds.length - 1;
  }

  /** Sequence of the oldest; infinite when none waits. */
  get firstSeq(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : (this.#words[0] ?? Number.POSITIVE_INFINITY);
  }

  /** Words of memory that it holds, for what waits and for what is read. */
  get heldWords(): number {
    return this.#words.length + this.#spare.length;
  }

  /** Copies a batch that starts at word 0 behind the others. @returns false when there was no room for it, and nothing was done */
  push(batch: Float64Array): boolean {
    const from = this.#bounds.at(-1) ?? 0;
    const to = from + batch.length;
    if (to > this.#wordsMax && this.length > 0) return false;
    if (to > this.#words.length) this.#grow(from, to);
    this.#words.set(batch, from);
    this.#bounds.push(to);
    return true;
  }

  /** Lets go of all, and of memory that it had grown to. */
  clear(): void {
    this.#bounds = [0];
    if (this.#words.length > FIRST_WORDS) this.#words = new Float64Array(FIRST_WORDS);
  }

  /**
   * Empties the queue.
   *
   * @returns what was in it, decoded one by one; to be read before the next are taken
   */
  take(): Iterable<EventBatch> {
    const [words, bounds] = [this.#words, this.#bounds];
    this.#words = this.#spare;
    const kept = Math.max(FIRST_WORDS, KEPT_TIMES * (bounds.at(-1) ?? 0));
    this.#spare = words.length > kept ? new Float64Array(FIRST_WORDS) : words;
    this.#bounds = [0];
    return decodeAll(words, bounds);
  }

  #grow(used: number, needed: number): void {
    const wider = new Float64Array(Math.max(needed, this.#words.length * 2));
    wider.set(this.#words.subarray(0, used));
    this.#words = wider;
  }
}

function* decodeAll(words: Float64Array, bounds: readonly number[]): Iterable<EventBatch> {
  let from = 0;
  for (const to of bounds) {
    if (to > from) yield decodeEventBatch(words.subarray(from, to));
    from = to;
  }
}
