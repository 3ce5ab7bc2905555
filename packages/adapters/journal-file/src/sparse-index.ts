/** Remembers where some frames of a segment start, so that a read begins near its first sequence. */

import type { ChainState } from './frame-format.ts';

const STEP_BYTES = 256 * 1024;

/** Start of a frame, and the state of the chain before it. */
export interface IndexEntry {
  readonly offset: number;
  readonly state: ChainState;
}

/** Entries of one segment, in order, at least 256 KiB apart. */
export class SparseIndex {
  readonly #entries: IndexEntry[];

  /** @param first the first frame of the segment */
  constructor(first: IndexEntry) {
    this.#entries = [first];
  }

  /** Takes note of the start of a frame; most are ignored, and so are those already passed. */
  note(offset: number, state: ChainState): void {
    if (offset >= (this.#entries.at(-1)?.offset ?? 0) + STEP_BYTES) this.#entries.push({ offset, state });
  }

  /** Returns the last known frame start at or before `seq`; O(log entries). */
  locate(seq: number): IndexEntry | undefined {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && entry.state.seq <= seq) low = middle + 1;
      else high = middle;
    }
    return this.#entries[low - 1];
  }
}
