/**
 * Port: the append-only, hash-chained record of every command.
 *
 * Commands are opaque bytes here. They are made durable in *commit frames*: consecutive records written and synchronised
 * together. The chain hash of a frame is SHA-256(hash before it, its header, its payload), so one hash vouches for all before it.
 */

import type { Seq, UnixMicros } from '@mochila/units';

/** Consecutive records that become durable together; build one with `CommitFrameBuilder`. */
export interface CommitFrame {
  /** Sequence of the first record. */
  readonly firstSeq: Seq;
  /** Number of records, at least 1. */
  readonly count: number;
  /** Time of the first record, in microseconds since 1970; later records carry their distance to it. */
  readonly timeMicros: UnixMicros;
  /** Time of the last record, in microseconds since 1970. */
  readonly lastTimeMicros: UnixMicros;
  /** The records, laid out as `commit-frame.ts` says. */
  readonly payload: Uint8Array;
}

/** One command as it was appended. `bytes` starts on a multiple of 8 in its buffer and is never overwritten by later reads. */
export interface JournalRecord {
  readonly seq: Seq;
  readonly timeMicros: UnixMicros;
  readonly bytes: Uint8Array;
}

/** What opening found and did. */
export interface JournalOpenReport {
  /** Bytes of an unfinished last frame that were cut away; 0 when the journal ended cleanly. */
  readonly cutBytes: number;
  /** Sequence the cut frame would have started with; 0 when nothing was cut. */
  readonly cutFromSeq: number;
  /** Where the cut was made; empty when nothing was cut. */
  readonly cutFile: string;
  /** Offset of the cut in `cutFile`, in bytes. */
  readonly cutOffset: number;
  /** Number of segments (or of whatever the implementation stores frames in). */
  readonly segmentCount: number;
}

/** Where the journal ends after opening. */
export interface JournalTail {
  /** Sequence of the oldest record held; equal to `nextSeq` when the journal is empty. */
  readonly firstSeq: Seq;
  /** Sequence the next appended record must carry. */
  readonly nextSeq: Seq;
  /** Chain hash after the last frame, 32 bytes. */
  readonly lastHash: Uint8Array;
  /** Time of the last record, in microseconds since 1970; 0 when the journal is empty. */
  readonly lastTimeMicros: UnixMicros;
  readonly report: JournalOpenReport;
}

/** Progress of a long read. */
export interface JournalProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Sequence of the last record seen. */
  readonly seq: Seq;
}

/** Called now and then while a long read goes on, and once at its end. */
export type JournalProgressListener = (progress: JournalProgress) => void;

/** What a full verification established. */
export interface JournalVerification {
  readonly segmentCount: number;
  readonly frameCount: number;
  readonly recordCount: number;
  readonly byteCount: number;
  readonly firstSeq: Seq;
  readonly nextSeq: Seq;
  readonly lastHash: Uint8Array;
}

/** The journal of one venue; one process at a time may hold it for writing. All calls block. */
export interface Journal {
  /**
   * Takes the journal for this process, repairs an unfinished end and says where it continues. Call it once, first.
   * @throws JournalLocked when another process holds it, JournalMismatch when it belongs to another venue,
   *   JournalCorrupt when anything but an unfinished last frame is broken, JournalIoFault when storage fails.
   */
  open(onProgress?: JournalProgressListener): JournalTail;

  /**
   * Writes one frame and returns when it is durable.
   * @throws JournalFull when there is no space: nothing of the frame remains and the same call may be repeated later.
   * @throws JournalIoFault when storage fails: the journal refuses every later append.
   * @throws RangeError when the frame does not continue the journal (sequence, time) or is too large.
   */
  append(frame: CommitFrame): void;

  /**
   * Reads durable records in order, checking each frame and the chain on the way.
   * @param fromSeq first sequence wanted, from `firstSeq` to `nextSeq`
   * @throws JournalCorrupt at the first frame that is not what was written; RangeError when `fromSeq` is not held.
   */
  read(fromSeq: number, onProgress?: JournalProgressListener): Generator<JournalRecord, void, void>;

  /**
   * Checks every frame and the whole chain.
   * @throws JournalCorrupt at the first fault.
   */
  verify(onProgress?: JournalProgressListener): JournalVerification;

  /** Lets go of the journal; calling it again does nothing. */
  close(): void;
}
