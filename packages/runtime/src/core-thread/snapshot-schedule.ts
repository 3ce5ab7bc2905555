/** When the core takes a copy of its state for the snapshot thread. */

import { type State, writeSnapshot } from '@mochila/core';
import type { CoreControl } from './core-control.ts';

/** How often snapshots are taken; whichever comes first. */
export interface SnapshotPace {
  /** Commands between two; 500,000 unless told. */
  readonly everyCommands?: number | undefined;
  /** Real milliseconds between two; ten minutes unless told. */
  readonly everyMs?: number | undefined;
}

/** Sends a copy on its way to the disk. */
export type SendSnapshot = (seq: number, bytes: Uint8Array) => void;

const EVERY_COMMANDS = 500_000;
const EVERY_MS = 600_000;

/** Copies are taken between two commands, one at a time: none while the one before is on its way. */
export class SnapshotSchedule {
  count = 0;
  /** Longest that the core stood still for a copy, in milliseconds. */
  copyMsMax = 0;
  readonly #control: CoreControl;
  readonly #send: SendSnapshot;
  readonly #everyCommands: number;
  readonly #everyMs: number;
  #lastSeq: number;
  #lastAt = performance.now();

  /** @param lastSeq sequence of the newest snapshot there is */
  constructor(control: CoreControl, send: SendSnapshot, lastSeq: number, pace: SnapshotPace) {
    this.#control = control;
    this.#send = send;
    this.#lastSeq = lastSeq;
    this.#everyCommands = pace.everyCommands ?? EVERY_COMMANDS;
    this.#everyMs = pace.everyMs ?? EVERY_MS;
  }

  takeIfDue(state: State): void {
    const commands = state.seq - this.#lastSeq;
    if (commands < this.#everyCommands && performance.now() - this.#lastAt < this.#everyMs) return;
    if (commands > 0 && this.#control.snapshotsUnderway() === 0) this.take(state);
  }

  /** Takes one now, unless the newest is of this very sequence. */
  take(state: State): void {
    if (state.seq === this.#lastSeq) return;
    const startedAt = performance.now();
    const bytes = writeSnapshot(state);
    this.#lastAt = performance.now();
    this.copyMsMax = Math.max(this.copyMsMax, this.#lastAt - startedAt);
    this.#lastSeq = state.seq;
    this.count += 1;
    this.#control.addSnapshotUnderway(1);
    this.#send(state.seq, bytes);
  }
}
