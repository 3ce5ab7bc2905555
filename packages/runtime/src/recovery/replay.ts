/** Applying what the journal holds to a state. */

import { apply, FORESEE_STEPS, foresee, type State } from '@mochila/core';
import type { Journal, JournalRecord } from '@mochila/ports';
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
/** Commands looked ahead at. */
const BATCH = 32;

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
  for (const batch of batchesOf(journal.read(fromSeq), toSeq)) {
    lookAhead(state, batch);
    for (const { seq, timeMicros, words } of batch) {
      apply(state, seq, timeMicros, words, 0);
      afterCommand?.(words);
      if (seq % LOOK_EVERY === 0 && performance.now() - reportedAt > REPORT_EVERY_MS) report(performance.now());
    }
  }
  report(performance.now());
}

/** A record with its words in place. */
interface Entry {
  readonly seq: number;
  readonly timeMicros: number;
  readonly words: Float64Array;
}

/** Records a few at a time, none after `toSeq`. */
function* batchesOf(records: Iterable<JournalRecord>, toSeq: number): Generator<readonly Entry[]> {
  let batch: Entry[] = [];
  for (const record of records) {
    batch.push({ seq: record.seq, timeMicros: record.timeMicros, words: wordsOfRecord(record) });
    if (record.seq >= toSeq) break;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function lookAhead(state: State, batch: readonly Entry[]): void {
  for (let step = 0; step < FORESEE_STEPS; step += 1) for (const { words } of batch) foresee(state, words, 0, step);
}
