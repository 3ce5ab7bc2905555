/** The commands of a run, in memory, so that they can be applied again from genesis. */
import { createHash } from 'node:crypto';
import { apply, openState, writeSnapshot } from '@mochila/core';
import type { Genesis } from '@mochila/protocol';

const CHUNK_WORDS = 1 << 22;

/** A command as it was applied. */
export interface LoggedCommand {
  readonly seq: number;
  readonly timeMicros: number;
  readonly words: Float64Array;
}

/** Commands in order: their words behind their time. */
export class CommandLog {
  readonly #chunks: Float64Array[] = [];
  #used = CHUNK_WORDS;
  count = 0;

  /** Adds a command. @param length - its words, from 0. */
  add(words: Float64Array, length: number, timeMicros: number): void {
    if (this.#used + length + 2 > CHUNK_WORDS) {
      this.#chunks.push(new Float64Array(CHUNK_WORDS));
      this.#used = 0;
    }
    const chunk = this.#chunks[this.#chunks.length - 1];
    if (chunk === undefined) throw new Error('a chunk was just made');
    chunk[this.#used] = length;
    chunk[this.#used + 1] = timeMicros;
    chunk.set(words.subarray(0, length), this.#used + 2);
    this.#used += length + 2;
    this.count += 1;
  }

  /** The commands in order; their words are only valid until the next one. */
  *records(): Generator<LoggedCommand> {
    let seq = 0;
    for (const chunk of this.#chunks) {
      for (let at = 0; at < CHUNK_WORDS && chunk[at] !== 0; ) {
        const length = chunk[at] ?? 0;
        seq += 1;
        yield { seq, timeMicros: chunk[at + 1] ?? 0, words: chunk.subarray(at + 2, at + 2 + length) };
        at += length + 2;
      }
    }
  }

  /** Applies all commands to a fresh state, events off. @returns the hash of the state they end in. */
  replay(genesis: Genesis): string {
    const state = openState(genesis);
    state.out.isOn = false;
    for (const { seq, timeMicros, words } of this.records()) apply(state, seq, timeMicros, words, 0);
    return stateHash(writeSnapshot(state));
  }
}

/** SHA-256 of a snapshot, in hex. */
export function stateHash(snapshot: Uint8Array): string {
  return createHash('sha256').update(snapshot).digest('hex');
}
