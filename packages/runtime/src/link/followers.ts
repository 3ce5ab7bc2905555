/** Those who follow what happens. */

import { type EventBatch, type EventName, events } from '@mochila/protocol';
import { decodeEventBatch, hasEventOf } from '../batch/decode-batch.ts';

interface Follower {
  readonly listener: (batch: EventBatch) => void;
  /** Codes of the events it follows; all when it did not say. */
  readonly codes: ReadonlySet<number> | null;
}

type Reader = (words: Float64Array) => void;

/** Listeners of one link; batches are decoded only for those who follow what is in them, and once for all. */
export class Followers {
  // Made anew by every change: whoever comes or goes while a batch is told changes nothing for it.
  #followers: readonly Follower[] = [];
  #readers: readonly Reader[] = [];

  /** Adds one who is told of batches; of those with certain events when they are named. @returns how to take him off */
  add(listener: (batch: EventBatch) => void, names?: readonly EventName[]): () => void {
    const follower = { listener, codes: names === undefined ? null : new Set(names.map((name) => events[name].code)) };
    this.#followers = [...this.#followers, follower];
    return () => {
      this.#followers = this.#followers.filter((one) => one !== follower);
    };
  }

  /** Adds one who reads the words of every batch, which are there until he returns. @returns how to take him off */
  addReader(read: Reader): () => void {
    const reader: Reader = (words) => read(words);
    this.#readers = [...this.#readers, reader];
    return () => {
      this.#readers = this.#readers.filter((one) => one !== reader);
    };
  }

  /** Tells all of a batch that starts at word 0. */
  tell(words: Float64Array): void {
    for (const read of this.#readers) read(words);
    let batch: EventBatch | undefined;
    for (const { listener, codes } of this.#followers) {
      if (codes !== null && !hasEventOf(words, codes)) continue;
      batch ??= decodeEventBatch(words);
      listener(batch);
    }
  }
}
