/** Those who follow what happens. */

import type { EventBatch } from '@mochila/protocol';
import { decodeEventBatch } from '../batch/decode-batch.ts';

/** Listeners of one link; batches are decoded only when there are any, and once for all. */
export class Followers {
  readonly #listeners = new Set<(batch: EventBatch) => void>();

  add(listener: (batch: EventBatch) => void): () => void {
    // The same function may follow twice.
    const own = (batch: EventBatch): void => listener(batch);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** Tells all of a batch that starts at word 0. */
  tell(words: Float64Array): void {
    if (this.#listeners.size === 0) return;
    const batch = decodeEventBatch(words);
    for (const listener of [...this.#listeners]) listener(batch);
  }
}
