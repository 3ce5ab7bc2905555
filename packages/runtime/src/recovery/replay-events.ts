/** The events of a range once more, from the journal: for history that fell behind or is rebuilt, and for auditors. */

import { openState, type State } from '@mochila/core';
import type { EventBatch } from '@mochila/protocol';
import { BatchBuffer, NO_LINK } from '../batch/batch-words.ts';
import { decodeEventBatch } from '../batch/decode-batch.ts';
import { genesisOf } from './genesis-record.ts';
import { recover, type Stored } from './recover.ts';
import { RecoveryFault } from './recovery-fault.ts';
import { type ReplayProgressListener, replay } from './replay.ts';

/**
 * Applies the journal again from the nearest snapshot before `fromSeq` and tells the events of each command up to `toSeq`,
 * as they were told the first time.
 * @param fromSeq first sequence wanted, at least 1
 * @param toSeq last sequence wanted
 * @throws RecoveryFault when the journal does not hold them
 */
export function replayEvents(
  stored: Stored,
  fromSeq: number,
  toSeq: number,
  sink: (batch: EventBatch) => void,
  onProgress?: ReplayProgressListener,
): void {
  if (!(fromSeq >= 1 && toSeq <= stored.lastSeq)) {
    throw new RecoveryFault(`the journal holds sequences 1 to ${stored.lastSeq}, not ${fromSeq} to ${toSeq}`);
  }
  if (fromSeq > toSeq) return;
  const state = stateBefore(stored, fromSeq, onProgress);
  state.out.isOn = true;
  const buffer = new BatchBuffer();
  replay(stored.journal, state, toSeq, onProgress, (words) => {
    buffer.fill(state, words, 0, NO_LINK, 0);
    sink(decodeEventBatch(buffer.words));
  });
}

function stateBefore(stored: Stored, fromSeq: number, onProgress: ReplayProgressListener | undefined): State {
  if (fromSeq === 1) return openState(genesisOf(stored.journal));
  return recover(stored, { toSeq: fromSeq - 1, onProgress }).state;
}
