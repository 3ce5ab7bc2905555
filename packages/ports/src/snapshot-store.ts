/** Port: copies of the whole state at a sequence, so that a restart need not replay from genesis. */

import type { Seq } from '@mochila/units';

/** The state after applying the command with sequence `seq`. */
export interface Snapshot {
  readonly seq: Seq;
  /** Hash of the state, at most 64 bytes; opaque here. */
  readonly stateHash: Uint8Array;
  readonly bytes: Uint8Array;
}

/** One stored snapshot, unread. */
export interface SnapshotInfo {
  readonly seq: Seq;
  readonly file: string;
  readonly byteLength: number;
}

/** A stored snapshot that cannot be used, and why. */
export interface SnapshotDamage {
  readonly seq: Seq;
  readonly file: string;
  readonly reason: string;
}

/** Outcome of looking for a snapshot: the newest usable one, and the newer ones that had to be passed over. */
export interface SnapshotReading {
  readonly snapshot: Snapshot | undefined;
  readonly damaged: readonly SnapshotDamage[];
}

/** Which snapshots survive a clean-up. */
export interface SnapshotRetention {
  /** Number of newest snapshots to keep, at least 1. */
  readonly newestCount: number;
  /** Also keeps the newest snapshot from which records with this sequence and later can be replayed. */
  readonly keepFromSeq?: number;
}

/** The snapshots of one venue. All calls block. */
export interface SnapshotStore {
  /**
   * Stores a snapshot so that it is there whole or not at all; one with the same sequence is replaced.
   * @throws SnapshotStoreFault when storage fails or is full
   */
  write(snapshot: Snapshot): void;

  /** Lists what is stored, newest first, without reading it. */
  list(): SnapshotInfo[];

  /**
   * Reads the newest intact snapshot, passing over damaged ones and naming them.
   * @param atMostSeq highest sequence wanted; the newest of all when absent
   */
  readLatest(atMostSeq?: number): SnapshotReading;

  /**
   * Removes what `retention` does not keep.
   * @returns the removed ones, newest first
   */
  prune(retention: SnapshotRetention): SnapshotInfo[];
}

/** Thrown when storage fails while a snapshot is written, listed or removed; older snapshots are untouched. */
export class SnapshotStoreFault extends Error {
  override readonly name = 'SnapshotStoreFault';
  readonly operation: string;
  readonly file: string;

  constructor(operation: string, file: string, cause: unknown) {
    super(`${operation} of snapshot ${file} failed (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
    this.operation = operation;
    this.file = file;
  }
}

/**
 * Chooses the snapshots a clean-up keeps.
 * @param seqs sequences of the stored snapshots, any order
 * @returns sequences to keep
 * @example seqsKept([10, 20, 30, 40], { newestCount: 2, keepFromSeq: 16 }) // new Set([40, 30, 10])
 */
export function seqsKept(seqs: readonly number[], retention: SnapshotRetention): Set<number> {
  if (!(retention.newestCount >= 1)) throw new RangeError(`at least one snapshot is kept, not ${retention.newestCount}`);
  const newestFirst = [...seqs].sort((a, b) => b - a);
  const kept = new Set(newestFirst.slice(0, retention.newestCount));
  const { keepFromSeq } = retention;
  if (keepFromSeq === undefined) return kept;
  // A snapshot at S restores the state before record S + 1.
  const needed = newestFirst.find((seq) => seq < keepFromSeq);
  if (needed !== undefined) kept.add(needed);
  return kept;
}
