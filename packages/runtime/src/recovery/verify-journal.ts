/** Whether a journal and its snapshots are what they say: everything replayed from genesis. */

import { openState, type State } from '@mochila/core';
import type { Journal, SnapshotStore } from '@mochila/ports';
import { genesisOf } from './genesis-record.ts';
import { tryRestore } from './recover.ts';
import { type ReplayProgressListener, replay } from './replay.ts';
import { hexOf, stateHash } from './state-hash.ts';

/** One stored snapshot against the replay. */
export interface SnapshotCheck {
  readonly seq: number;
  readonly isSame: boolean;
  /** Hash of the replayed state at its sequence, in hex; empty when the journal ends before it. */
  readonly replayedHash: string;
  /** Hash recorded with the snapshot, in hex; empty when it is damaged. */
  readonly recordedHash: string;
  /** What is wrong with it; empty when it is the same. */
  readonly reason: string;
}

/** What a verification established. */
export interface StateVerification {
  /** True when every snapshot is the state that the journal gives. */
  readonly isSound: boolean;
  readonly commands: number;
  /** Hash of the state after the last command, in hex. */
  readonly stateHash: string;
  /** Hash chained over all frames, in hex. */
  readonly chainHash: string;
  readonly snapshotsChecked: readonly SnapshotCheck[];
}

/**
 * Checks every frame and the chain, then replays from genesis and compares the state with each snapshot on the way.
 * This is also the gate of a deployment: a build that gives another state for the same commands is not let in.
 * @param journal not open yet; read-only will do. It is closed afterwards
 * @throws JournalCorrupt at the first broken frame, RecoveryFault without a genesis, AssertionError from the engine
 */
export function verifyJournal(
  journal: Journal,
  snapshots: SnapshotStore | undefined,
  onProgress?: ReplayProgressListener,
): StateVerification {
  const tail = journal.open();
  try {
    const lastSeq = tail.nextSeq - 1;
    const { lastHash } = journal.verify();
    const seqs = (snapshots?.list() ?? []).map((info) => Number(info.seq)).reverse();
    const state = openState(genesisOf(journal));
    state.out.isOn = false;
    const snapshotsChecked: SnapshotCheck[] = [];
    for (const seq of seqs) {
      if (seq > lastSeq) break;
      replay(journal, state, seq, onProgress);
      snapshotsChecked.push(checkSnapshot(snapshots, seq, state));
    }
    replay(journal, state, lastSeq, onProgress);
    for (const seq of seqs.filter((seq) => seq > lastSeq)) {
      snapshotsChecked.push({
        seq,
        isSame: false,
        replayedHash: '',
        recordedHash: '',
        reason: `the journal ends at ${lastSeq}: commands are missing`,
      });
    }
    const isSound = snapshotsChecked.every((check) => check.isSame);
    return { isSound, commands: lastSeq, stateHash: stateHash(state), chainHash: hexOf(lastHash), snapshotsChecked };
  } finally {
    journal.close();
  }
}

function checkSnapshot(snapshots: SnapshotStore | undefined, seq: number, state: State): SnapshotCheck {
  const replayedHash = stateHash(state);
  const reading = snapshots?.readLatest(seq);
  const snapshot = reading?.snapshot;
  if (snapshot === undefined || snapshot.seq !== seq) {
    const reason = reading?.damaged.find((damage) => damage.seq === seq)?.reason ?? 'it cannot be read';
    return { seq, isSame: false, replayedHash, recordedHash: '', reason };
  }
  const recordedHash = hexOf(snapshot.stateHash);
  const isSame = recordedHash === replayedHash;
  if (isSame) return { seq, isSame, replayedHash, recordedHash, reason: '' };
  // A build that keeps more or less of a state than the one that wrote it cannot say whether it is the same.
  const misfit = tryRestore(openState(state.genesis), snapshot.bytes, snapshot.stateHash);
  return { seq, isSame, replayedHash, recordedHash, reason: misfit ?? 'the journal gives another state' };
}
