/** One copy of the state to the disk: when it is durable, hashed, and the superfluous ones removed. */

import type { SnapshotStore } from '@mochila/ports';
import { asSeq } from '@mochila/units';
import type { CoreControl } from '../core-thread/core-control.ts';
import type { JournalControl } from '../journal-thread/journal-control.ts';
import { hashSnapshot, hexOf } from '../recovery/state-hash.ts';
import type { Doorbell } from '../ring/doorbell.ts';
import type { SnapshotCopy, SnapshotThreadMessage } from './snapshot-messages.ts';

const WAIT_MS = 200;

/** What the snapshot thread works with. */
export interface SnapshotDuty {
  readonly store: SnapshotStore;
  readonly journal: JournalControl;
  readonly core: CoreControl;
  /** Rung when more is durable. */
  readonly bell: Doorbell;
  readonly newestCount: number;
}

/** Stores a copy; a failure is said and leaves the older ones untouched. */
export function storeSnapshot({ seq, bytes }: SnapshotCopy, duty: SnapshotDuty): SnapshotThreadMessage {
  try {
    if (!waitUntilDurable(seq, duty)) return { kind: 'failed', seq, reason: 'the journal stopped before this state was durable' };
    const hash = hashSnapshot(bytes);
    duty.store.write({ seq: asSeq(seq), stateHash: hash, bytes });
    const checkpoint = duty.core.historyCheckpoint();
    const keep = checkpoint < 0 ? {} : { keepFromSeq: checkpoint + 1 };
    const removed = duty.store.prune({ newestCount: duty.newestCount, ...keep });
    return { kind: 'stored', seq, byteLength: bytes.length, stateHash: hexOf(hash), removedSeqs: removed.map((info) => info.seq) };
  } catch (error) {
    return { kind: 'failed', seq, reason: error instanceof Error ? error.message : String(error) };
  }
}

// A snapshot of what is not durable would be ahead of the journal after a crash.
function waitUntilDurable(seq: number, { journal, bell }: SnapshotDuty): boolean {
  for (;;) {
    const seen = bell.count();
    if (journal.durableSeq() >= seq) return true;
    const status = journal.status();
    if (status === 'halted' || status === 'stopped') return false;
    bell.wait(seen, WAIT_MS);
  }
}
