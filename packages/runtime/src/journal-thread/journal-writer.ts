/** The work of the journal thread: records from a ring, to durable frames, to a published sequence. */

import { CommitFrameBuilder, type Journal, JournalFull } from '@mochila/ports';
import type { Seq } from '@mochila/units';
import { Doorbell } from '../ring/doorbell.ts';
import { RingConsumer } from '../ring/ring-consumer.ts';
import { JournalControl } from './journal-control.ts';
import { FEED_PREFIX_BYTES, FEED_RECORD_TAG } from './journal-feed.ts';
import type { JournalMemory } from './journal-memory.ts';

/** What a writer works with. */
export interface JournalWriterOptions {
  /** Open, and continuing with the first record that will come. */
  readonly journal: Pick<Journal, 'append'>;
  readonly memory: JournalMemory;
  /** Bells of the threads that wait for durability; rung after each frame and each change of status. */
  readonly listeners: readonly SharedArrayBuffer[];
  /** Payload at which a frame is full, in bytes; 4 MiB unless told. */
  readonly frameBytesMax?: number;
  /** Pause between attempts while there is no space; 250 ms unless told. */
  readonly retryMs?: number;
  /** Told once each time the journal begins to refuse. */
  readonly onRefusing?: (fault: JournalFull) => void;
}

/** How the work ended; `isCutShort` tells that records were given but not written, for lack of space. */
export type JournalWriterEnd =
  | { readonly kind: 'stopped'; readonly durableSeq: Seq; readonly isCutShort: boolean }
  | { readonly kind: 'halted'; readonly durableSeq: Seq; readonly error: unknown };

// Only a limit to every wait: a bell wakes the thread at once.
const IDLE_WAIT_MS = 1000;

/** Groups what arrived during one fdatasync into the next frame. */
export class JournalWriter {
  readonly #journal: Pick<Journal, 'append'>;
  readonly #control: JournalControl;
  readonly #bell: Doorbell;
  readonly #consumer: RingConsumer;
  readonly #listeners: readonly Doorbell[];
  readonly #builder: CommitFrameBuilder;
  readonly #retryMs: number;
  readonly #onRefusing: ((fault: JournalFull) => void) | undefined;

  constructor(options: JournalWriterOptions) {
    this.#journal = options.journal;
    this.#control = new JournalControl(options.memory.control);
    this.#bell = new Doorbell(options.memory.bell);
    this.#consumer = new RingConsumer(options.memory.ring);
    this.#listeners = options.listeners.map((shared) => new Doorbell(shared));
    this.#builder = new CommitFrameBuilder(options.frameBytesMax);
    this.#retryMs = options.retryMs ?? 250;
    this.#onRefusing = options.onRefusing;
  }

  /** Works, blocking the thread, until asked to stop (everything given before is written first) or until a fault. */
  run(): JournalWriterEnd {
    try {
      this.#publishStatus('ok');
      const isCutShort = this.#workUntilStopped();
      this.#publishStatus('stopped');
      return { kind: 'stopped', durableSeq: this.#control.durableSeq(), isCutShort };
    } catch (error) {
      this.#publishStatus('halted');
      return { kind: 'halted', durableSeq: this.#control.durableSeq(), error };
    }
  }

  // Returns whether records were left behind.
  #workUntilStopped(): boolean {
    for (;;) {
      const seen = this.#bell.count();
      // Read before the ring: what was given before the request is found below.
      const isStopping = this.#control.isStopRequested();
      this.#collect();
      if (this.#builder.count > 0) {
        if (!this.#commit()) return true;
      } else if (isStopping) {
        return false;
      } else {
        this.#bell.wait(seen, IDLE_WAIT_MS);
      }
    }
  }

  #collect(): void {
    const { bytes, words } = this.#consumer;
    while (this.#consumer.peek()) {
      const { tag, offset, byteLength } = this.#consumer;
      if (tag !== FEED_RECORD_TAG) throw new Error(`a record with tag ${tag} is not for the journal`);
      const seq = words[offset / 8] ?? Number.NaN;
      const timeMicros = words[offset / 8 + 1] ?? Number.NaN;
      if (!this.#builder.tryAdd(seq, timeMicros, bytes, offset + FEED_PREFIX_BYTES, byteLength - FEED_PREFIX_BYTES)) return;
      this.#consumer.release();
    }
  }

  // Returns false when it was asked to stop while there was no space.
  #commit(): boolean {
    const { lastSeq } = this.#builder;
    while (!this.#tryAppend()) {
      if (this.#control.isStopRequested()) return false;
      this.#control.waitForStop(this.#retryMs);
    }
    this.#builder.clear();
    // First: whoever sees the sequence sees that there is space again.
    if (this.#control.status() === 'refusing') this.#control.setStatus('ok');
    this.#control.setDurableSeq(lastSeq);
    this.#ringListeners();
    return true;
  }

  #tryAppend(): boolean {
    try {
      this.#journal.append(this.#builder.frame());
      return true;
    } catch (error) {
      if (!(error instanceof JournalFull)) throw error;
      if (this.#control.status() !== 'refusing') {
        this.#publishStatus('refusing');
        this.#onRefusing?.(error);
      }
      return false;
    }
  }

  #publishStatus(status: 'ok' | 'refusing' | 'halted' | 'stopped'): void {
    this.#control.setStatus(status);
    this.#ringListeners();
  }

  #ringListeners(): void {
    for (const bell of this.#listeners) bell.ring();
  }
}
