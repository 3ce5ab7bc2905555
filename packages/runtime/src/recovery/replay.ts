/** Applying what the journal holds to a state. */

import { apply, type State } from '@mochila/core';
import type { Journal } from '@mochila/ports';
import { wordsOfRecord } from './genesis-record.ts';

/** How far a replay has come. */
export interface ReplayProgress {
  /** Sequence of the last command applied. */
  readonly seq: number;
  /** Sequence of the last command there is to apply. */
  readonly toSeq: number;
  readonly commandsPerSecond: number;
}

/** Called now and then, and once at the end. */
export type ReplayProgressListener = (progress: ReplayProgress) => void;

const LOOK_EVERY = 4096;
const REPORT_EVERY_MS = 200;

/** What happens after a command was applied again; its events are in `state.out` when they are on. */
export type AfterCommand = (words: Float64Array) => void;

/**
 * Applies the records behind `state.seq` up to `toSeq`.
 * @param journal open, holding them all
 * @throws JournalCorrupt, AssertionError when a command that was once carried out now breaks a rule of the engine
 */
export function replay(
  journal: Pick<Journal, 'read'>,
  state: State,
  toSeq: number,
  onProgress?: ReplayProgressListener,
  afterCommand?: AfterCommand,
): void {
  const fromSeq = state.seq + 1;
  if (fromSeq > toSeq) return;
  const startedAt = performance.now();
  let reportedAt = startedAt;
  const report = (now: number): void => {
    reportedAt = now;
    const commandsPerSecond = Math.round(((state.seq - fromSeq + 1) / Math.max(now - startedAt, 0.001)) * 1000);
    onProgress?.({ seq: state.seq, toSeq, commandsPerSecond });
  };
  for (const record of journal.read(fromSeq)) {
    const words = wordsOfRecord(record);
    apply(state, record.seq, record.timeMicros, words, 0);
    afterCommand?.(words);
    if (record.seq % LOOK_EVERY === 0 && performance.now() - reportedAt > REPORT_EVERY_MS) report(performance.now());
    if (record.seq >= toSeq) break;
  }
  report(performance.now());
}
