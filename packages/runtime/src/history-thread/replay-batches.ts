/** The events of a range once more, one command at a time: whoever reads sets the pace, and memory stays bounded. */
import { apply, openState, type State } from '@mochila/core';
import type { Journal, SnapshotStore } from '@mochila/ports';
import type { EventBatch } from '@mochila/protocol';
import { BatchBuffer, NO_LINK } from '../batch/batch-words.ts';
import { decodeEventBatch } from '../batch/decode-batch.ts';
import { genesisOf, wordsOfRecord } from '../recovery/genesis-record.ts';
import { recover, type Stored } from '../recovery/recover.ts';
import { RecoveryFault } from '../recovery/recovery-fault.ts';

/** What a replay reads; opened when it begins. */
export interface ReplaySource {
  /** Not open yet, and only to be read: the venue may be writing it. */
  createJournal(): Journal;
  createSnapshots(): SnapshotStore;
}

/**
 * Applies the journal again from the nearest snapshot before `fromSeq` and yields the batches up to `toSeq`, as they were
 * told the first time. The journal is closed when the reader stops.
 *
 * @throws RecoveryFault when the journal does not hold them
 */
export function* replayBatches(source: ReplaySource, fromSeq: number, toSeq: number): Generator<EventBatch, void, void> {
  const journal = source.createJournal();
  try {
    const lastSeq = journal.open().nextSeq - 1;
    if (fromSeq < 1 || toSeq > lastSeq) throw new RecoveryFault(`the journal holds sequences 1 to ${lastSeq}, not ${fromSeq} to ${toSeq}`);
    if (fromSeq > toSeq) return;
    const state = stateBefore({ journal, snapshots: source.createSnapshots(), lastSeq }, fromSeq);
    state.out.isOn = true;
    const buffer = new BatchBuffer();
    for (const record of journal.read(fromSeq)) {
      const words = wordsOfRecord(record);
      apply(state, record.seq, record.timeMicros, words, 0);
      buffer.fill(state, words, 0, NO_LINK, 0);
      yield decodeEventBatch(buffer.words);
      if (record.seq >= toSeq) return;
    }
  } finally {
    journal.close();
  }
}

function stateBefore(stored: Stored, fromSeq: number): State {
  if (fromSeq === 1) return openState(genesisOf(stored.journal));
  return recover(stored, { toSeq: fromSeq - 1 }).state;
}
