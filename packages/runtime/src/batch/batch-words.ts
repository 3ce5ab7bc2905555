/**
 * A batch: all that one command did, as words, the form in which it leaves the engine.
 *
 * | word        | meaning                                                                    |
 * |------------:|----------------------------------------------------------------------------|
 * |           0 | sequence                                                                   |
 * |           1 | time in microseconds since 1970                                            |
 * |           2 | code of the command                                                        |
 * |           3 | number of the link the command came by, -1 for the sequencer itself        |
 * |           4 | number that link gave the request, 0 for the sequencer's own               |
 * |        5..7 | reject code (0: carried out) and its two numbers                           |
 * |           8 | 1 when this is the stored answer to a repeated idempotency key             |
 * |           9 | r, numbers of the result                                                   |
 * |      10..   | the result                                                                 |
 * |        10+r | number of events                                                           |
 * |     11+r..  | the events, as records                                                     |
 */

import type { State } from '@mochila/core';
import { recordCode } from '@mochila/protocol';

/** Words in front of the result. */
export const BATCH_HEADER_WORDS = 10;
/** Link number of commands that the sequencer issues by itself. */
export const NO_LINK = -1;

/** Holds one batch at a time; grows to the largest there was. */
export class BatchBuffer {
  words = new Float64Array(1 << 14);
  length = 0;

  /** Collects what the command at `offset` did; it was just applied to `state`. */
  fill(state: State, words: Float64Array, offset: number, linkIx: number, requestId: number): void {
    const { out, scratch } = state;
    const { outcome } = scratch;
    this.#need(BATCH_HEADER_WORDS + scratch.resultLength + 1 + out.length);
    const into = this.words;
    into[0] = state.seq;
    into[1] = state.timeMicros;
    into[2] = recordCode(words, offset);
    into[3] = linkIx;
    into[4] = requestId;
    into[5] = outcome.rejectCode;
    into[6] = outcome.value;
    into[7] = outcome.limit;
    into[8] = outcome.isRepeated ? 1 : 0;
    into[9] = scratch.resultLength;
    let at = BATCH_HEADER_WORDS;
    for (let i = 0; i < scratch.resultLength; i++) into[at++] = scratch.result[i] ?? 0;
    into[at++] = out.count;
    into.set(out.length < out.words.length ? out.words.subarray(0, out.length) : out.words, at);
    this.length = at + out.length;
  }

  #need(words: number): void {
    if (words > this.words.length) this.words = new Float64Array(Math.max(words, this.words.length * 2));
  }
}
