/** From stored bytes back to a state: the newest good snapshot, then the rest of the journal. */

import { openState, restoreSnapshot, type State } from '@mochila/core';
import type { Journal, SnapshotDamage, SnapshotStore } from '@mochila/ports';
import type { Genesis } from '@mochila/protocol';
import { genesisOf, requireSameVenue } from './genesis-record.ts';
import { RecoveryFault } from './recovery-fault.ts';
import { type ReplayProgressListener, replay } from './replay.ts';
import { hashSnapshot, hexOf } from './state-hash.ts';

/** What is stored of a venue; the journal is open. */
export interface Stored {
  readonly journal: Pick<Journal, 'read'>;
  /** Without one, everything is replayed. */
  readonly snapshots?: SnapshotStore | undefined;
  /** Sequence of the last record of the journal. */
  readonly lastSeq: number;
}

/** What is wanted of a recovery. */
export interface RecoverOptions {
  /** Genesis the venue was asked for; its id and its mark must be the journal's. */
  readonly genesis?: Genesis | undefined;
  /** Sequence to stop at; the last of the journal unless told. */
  readonly toSeq?: number;
  readonly onProgress?: ReplayProgressListener | undefined;
}

/** A state and how it was found. */
export interface Recovered {
  readonly state: State;
  /** Sequence of the snapshot it started from; 0 when it was replayed from genesis. */
  readonly snapshotSeq: number;
  /** Commands applied again. */
  readonly replayed: number;
  /** Snapshots that had to be passed over, and why. */
  readonly damaged: readonly SnapshotDamage[];
}

/**
 * Restores the state after command `toSeq`; its events are off.
 * @throws RecoveryFault when the journal is not this venue's, or is shorter than what was once durable
 */
export function recover(stored: Stored, options: RecoverOptions = {}): Recovered {
  const toSeq = options.toSeq ?? stored.lastSeq;
  if (toSeq < 1 || toSeq > stored.lastSeq) throw new RecoveryFault(`the journal holds sequences up to ${stored.lastSeq}, not ${toSeq}`);
  const genesis = genesisOf(stored.journal);
  if (options.genesis !== undefined) requireSameVenue(options.genesis, genesis);
  // A reader of a running venue may see a snapshot that is newer than the end it knows.
  if (options.toSeq === undefined) requireWholeJournal(stored);
  const { state, damaged } = restoreNearest(stored, genesis, toSeq);
  const snapshotSeq = state.seq;
  state.out.isOn = false;
  replay(stored.journal, state, toSeq, options.onProgress);
  return { state, snapshotSeq, replayed: toSeq - snapshotSeq, damaged };
}

// A snapshot is stored only when its sequence is durable: a journal that ends before it has lost acknowledged commands.
function requireWholeJournal({ snapshots, lastSeq }: Stored): void {
  const newest = snapshots?.list()[0];
  if (newest === undefined || newest.seq <= lastSeq) return;
  throw new RecoveryFault(
    `the journal ends at sequence ${lastSeq}, but ${newest.file} was made at ${newest.seq}: commands that were acknowledged are missing. ` +
      'Put the complete journal back from a copy; to go on without them, move the newer snapshots away.',
  );
}

function restoreNearest(stored: Stored, genesis: Genesis, atMostSeq: number): { state: State; damaged: SnapshotDamage[] } {
  const damaged: SnapshotDamage[] = [];
  for (let atMost = atMostSeq; atMost > 0; ) {
    const reading = stored.snapshots?.readLatest(atMost);
    damaged.push(...(reading?.damaged ?? []));
    const snapshot = reading?.snapshot;
    if (snapshot === undefined) break;
    const state = openState(genesis);
    const reason = tryRestore(state, snapshot.bytes, snapshot.stateHash);
    if (reason === undefined && state.seq === snapshot.seq) return { state, damaged };
    damaged.push({ seq: snapshot.seq, file: `snapshot ${snapshot.seq}`, reason: reason ?? `it holds the state at ${state.seq}` });
    atMost = snapshot.seq - 1;
  }
  return { state: openState(genesis), damaged };
}

/** Restores a snapshot into a fresh state. @returns why it cannot be used; undefined when it was */
export function tryRestore(state: State, bytes: Uint8Array, expectedHash: Uint8Array): string | undefined {
  const hash = hashSnapshot(bytes);
  if (Buffer.compare(hash, expectedHash) !== 0) return `its state hash is ${hexOf(hash)}, not ${hexOf(expectedHash)} as recorded`;
  try {
    restoreSnapshot(state, bytes);
    return undefined;
  } catch (error) {
    // Written by a build with another shape of state: the journal has it all.
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
