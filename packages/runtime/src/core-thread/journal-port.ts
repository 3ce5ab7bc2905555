/** The core's end of the journal's ring. */

import { JournalControl, type JournalStatus } from '../journal-thread/journal-control.ts';
import { JournalFeed } from '../journal-thread/journal-feed.ts';
import type { JournalMemory } from '../journal-thread/journal-memory.ts';
import { RING_FULL } from '../ring/ring-producer.ts';

/** Hands records to the journal thread; it sees them after `flush`. */
export class JournalPort {
  readonly #feed: JournalFeed;
  readonly #control: JournalControl;
  readonly #waitForRoom: () => void;
  #isDirty = false;

  /** @param waitForRoom blocks until something may have changed */
  constructor(memory: JournalMemory, waitForRoom: () => void) {
    this.#feed = new JournalFeed(memory);
    this.#control = new JournalControl(memory.control);
    this.#waitForRoom = waitForRoom;
  }

  status(): JournalStatus {
    return this.#control.status();
  }

  durableSeq(): number {
    return this.#control.durableSeq();
  }

  /** Tells whether commands can be taken: the journal writes, and has room for the largest. */
  isReady(): boolean {
    const status = this.#control.status();
    return (status === 'ok' || status === 'opening') && !this.#feed.isFull(this.#feed.recordBytesMax >> 1);
  }

  keep(seq: number, timeMicros: number, words: Float64Array, offset: number, wordCount: number): void {
    const bytes = wordCount * 8;
    let into = this.#feed.reserve(bytes);
    while (into === RING_FULL) {
      this.#waitForRoom();
      into = this.#feed.reserve(bytes);
    }
    this.#feed.words.set(words.subarray(offset, offset + wordCount), into / 8);
    this.#feed.commit(seq, timeMicros, bytes);
    this.#isDirty = true;
  }

  flush(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#feed.flush();
  }
}
