/** Reports how far a walk over frames has come. */

import type { JournalProgressListener } from '@mochila/ports';
import { asSeq } from '@mochila/units';
import type { ScannedFrame } from './segment-scan.ts';

const STEP_BYTES = 8 * 1024 * 1024;

/** Counts the bytes of frames and tells a listener every 8 MiB. */
export class ProgressMeter {
  readonly #bytesTotal: number;
  readonly #onProgress: JournalProgressListener | undefined;
  #bytesDone = 0;
  #bytesToTell = STEP_BYTES;

  constructor(bytesTotal: number, onProgress: JournalProgressListener | undefined) {
    this.#bytesTotal = bytesTotal;
    this.#onProgress = onProgress;
  }

  /** Tells that the walk is over. */
  finish(seq: number): void {
    this.#onProgress?.({ bytesDone: this.#bytesTotal, bytesTotal: this.#bytesTotal, seq: asSeq(seq) });
  }

  /** Counts a frame that was read. */
  count(frame: ScannedFrame): void {
    this.#bytesDone += frame.endOffset - frame.offset;
    if (this.#onProgress === undefined || this.#bytesDone < this.#bytesToTell) return;
    this.#bytesToTell = this.#bytesDone + STEP_BYTES;
    this.#onProgress({ bytesDone: this.#bytesDone, bytesTotal: this.#bytesTotal, seq: asSeq(frame.after.seq - 1) });
  }
}
