/** Those who follow what happens. */

import { type EventBatch, type EventName, events } from '@mochila/protocol';
import { decodeEventBatch, hasEventOf } from '../batch/decode-batch.ts';

interface Follower {
  readonly listener: (batch: EventBatch) => void;
  /** Codes of the events it follows; all when it did not say. */
  readonly codes: ReadonlySet<number> | null;
}

/** Listeners of one link; batches are decoded only for those who follow what is in them, and once for all. */
export class Followers {
  readonly #followers = new Set<Follower>();
  readonly #readers = new Set<(words: Float64Array) => void>();

  add(listener: (batch: EventBatch) => void, names?: readonly EventName[]): () => void {
    const follower = { listener, codes: names === undefined ? null : new Set(names.map((name) => events[name].code)) };
    this.#followers.add(follower);
    return () => {
      this.#followers.delete(follower);
    };
  }

  /** Adds one who reads the words of every batch, which are there until he returns. */
  addReader(reader: (words: Float64Array) => void): () => void {
    this.#readers.add(reader);
    return () => {
      this.#readers.delete(reader);
    };
  }

  /** Tells all of a batch that starts at word 0. */
  tell(words: Float64Array): void {
    for (const reader of [...this.#readers]) reader(words);
    let batch: EventBatch | undefined;
    for (const { listener, codes } of [...this.#followers]) {
      if (codes !== null && !hasEventOf(words, codes)) continue;
      batch ??= decodeEventBatch(words);
      listener(batch);
    }
  }
}
