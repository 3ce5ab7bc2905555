/** The journal as append-only segment files. */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type CommitFrame,
  type FileSystem,
  FRAME_PAYLOAD_BYTES_MAX,
  type Journal,
  JournalFull,
  JournalIoFault,
  type JournalOpenReport,
  type JournalProgressListener,
  type JournalRecord,
  type JournalTail,
  type JournalVerification,
  measureCommitFrame,
  readCommitFrame,
} from '@mochila/ports';
import { asSeq, asUnixMicros } from '@mochila/units';
import { type ChainState, encodeFrameHeader, FRAME_HEADER_BYTES, hashGenesis } from './frame-format.ts';
import { LOCK_NAME, takeLock } from './lock-file.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { ProgressMeter } from './progress-meter.ts';
import { corruptAt, createSegment, readSegment, type Segment, stateBefore, UNFINISHED_SUFFIX } from './segment.ts';
import { parseSegmentName, SEGMENT_HEADER_BYTES, VENUE_ID_BYTES_MAX } from './segment-header.ts';
import type { ScannedFrame } from './segment-scan.ts';
import { requireContinuation, type SegmentEnd, walkSegment } from './segment-walk.ts';
import { guardIo, isNoSpace, writeWhole } from './whole-io.ts';

/** How a file journal is kept. */
export interface JournalFileOptions {
  /** Directory of the segments; made when it is missing. */
  readonly directory: string;
  /** Name of the venue, at most 56 bytes; a journal of another venue is refused. */
  readonly venueId: string;
  /** Size at which the next segment is begun, in bytes; 64 MiB unless told. */
  readonly segmentBytes?: number;
  /** Opens without lock and without changing anything; `append` is refused and an unfinished end is only reported. */
  readonly isReadOnly?: boolean;
  /** What `open` checks frame by frame: the last segment (default; the others are checked when read), or all. */
  readonly openChecks?: 'last-segment' | 'all-segments';
  /** Where the files are; the real file system unless told. */
  readonly fileSystem?: FileSystem;
}

/** Sequence of the first record of a journal. */
const FIRST_SEQ = 1;
const SEGMENT_BYTES = 64 * 1024 * 1024;

/** `Journal` over a directory of segments; the format is described in the package's README. */
export class JournalFile implements Journal {
  readonly #directory: string;
  readonly #venueId: string;
  readonly #segmentBytes: number;
  readonly #isReadOnly: boolean;
  readonly #openChecks: 'last-segment' | 'all-segments';
  readonly #fs: FileSystem;
  readonly #frameHeader = Buffer.alloc(FRAME_HEADER_BYTES);
  #segments: Segment[] = [];
  #state: ChainState;
  #fd: number | undefined;
  #unlock: (() => void) | undefined;
  #phase: 'new' | 'open' | 'failed' | 'closed' = 'new';

  /** @throws RangeError when an option is out of range */
  constructor(options: JournalFileOptions) {
    const idBytes = Buffer.byteLength(options.venueId);
    if (idBytes === 0 || idBytes > VENUE_ID_BYTES_MAX)
      throw new RangeError(`a venue id has 1 to ${VENUE_ID_BYTES_MAX} bytes, not ${idBytes}`);
    this.#directory = options.directory;
    this.#venueId = options.venueId;
    this.#segmentBytes = options.segmentBytes ?? SEGMENT_BYTES;
    this.#isReadOnly = options.isReadOnly ?? false;
    this.#openChecks = options.openChecks ?? 'last-segment';
    this.#fs = options.fileSystem ?? nodeFileSystem;
    this.#state = { seq: FIRST_SEQ, timeMicros: 0, hash: hashGenesis(options.venueId) };
  }

  open(onProgress?: JournalProgressListener): JournalTail {
    if (this.#phase !== 'new') throw new Error(`a journal is opened once; this one is ${this.#phase}`);
    try {
      const report = guardIo('opening', this.#directory, () => {
        if (!this.#isReadOnly) this.#takeDirectory();
        this.#segments = this.#readSegments();
        return this.#settleEnd(this.#findEnd(onProgress));
      });
      this.#phase = 'open';
      return this.#tail(report);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  append(frame: CommitFrame): void {
    this.#requireAppendable(frame);
    const segment = this.#segmentFor(frame);
    const before = this.#state;
    const hash = encodeFrameHeader(this.#frameHeader, frame, before.hash, segment.header.salt);
    const fd = this.#writableFd();
    const offset = segment.size;
    try {
      writeWhole(this.#fs, fd, this.#frameHeader, offset);
      writeWhole(this.#fs, fd, frame.payload, offset + FRAME_HEADER_BYTES);
      this.#fs.syncData(fd);
    } catch (error) {
      this.#giveUpFrame(segment, fd, error);
    }
    segment.index.note(offset, before);
    segment.size = offset + FRAME_HEADER_BYTES + frame.payload.length;
    this.#state = { seq: frame.firstSeq + frame.count, timeMicros: frame.lastTimeMicros, hash };
  }

  *read(fromSeq: number, onProgress?: JournalProgressListener): Generator<JournalRecord, void, void> {
    this.#requireReadable();
    const firstSeq = this.#firstSeq();
    const endSeq = this.#state.seq;
    if (!(Number.isInteger(fromSeq) && fromSeq >= firstSeq && fromSeq <= endSeq)) {
      throw new RangeError(`the journal holds sequences from ${firstSeq} to ${endSeq - 1}; it cannot be read from ${fromSeq}`);
    }
    if (fromSeq === endSeq) return;
    for (const frame of this.#walk(fromSeq, onProgress)) {
      if (frame.after.seq <= fromSeq) continue;
      // Frames appended while this generator was paused belong to the next read.
      if (frame.before.seq >= endSeq) return;
      for (const record of readCommitFrame(frame)) if (record.seq >= fromSeq) yield record;
    }
  }

  verify(onProgress?: JournalProgressListener): JournalVerification {
    this.#requireReadable();
    const firstSeq = this.#firstSeq();
    let frameCount = 0;
    let byteCount = this.#segments.length * SEGMENT_HEADER_BYTES;
    let nextSeq = firstSeq;
    for (const frame of this.#walk(firstSeq, onProgress)) {
      frameCount += 1;
      byteCount += frame.endOffset - frame.offset;
      nextSeq = frame.after.seq;
    }
    const recordCount = nextSeq - firstSeq;
    return {
      segmentCount: this.#segments.length,
      frameCount,
      recordCount,
      byteCount,
      firstSeq: asSeq(firstSeq),
      nextSeq: asSeq(nextSeq),
      lastHash: this.#state.hash,
    };
  }

  close(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    if (this.#fd !== undefined) this.#fs.close(this.#fd);
    this.#fd = undefined;
    this.#unlock?.();
    this.#unlock = undefined;
  }

  #takeDirectory(): void {
    this.#fs.makeDirectory(this.#directory);
    this.#unlock = takeLock(join(this.#directory, LOCK_NAME));
    for (const name of this.#fs.list(this.#directory)) {
      if (name.endsWith(`.journal${UNFINISHED_SUFFIX}`)) this.#fs.remove(join(this.#directory, name));
    }
  }

  #readSegments(): Segment[] {
    const firstSeqs = this.#fs
      .list(this.#directory)
      .map(parseSegmentName)
      .filter((seq) => seq !== undefined);
    firstSeqs.sort((a, b) => a - b);
    const segments = firstSeqs.map((seq) => readSegment(this.#fs, this.#directory, seq, this.#venueId));
    const first = segments[0];
    if (first?.header.firstSeq === FIRST_SEQ && Buffer.compare(first.header.previousHash, this.#state.hash) !== 0) {
      throw corruptAt(first.file, 0, FIRST_SEQ, 'it does not start from the beginning of the hash chain of this venue');
    }
    return segments;
  }

  // Reads the last segment to its end, or all of them.
  #findEnd(onProgress: JournalProgressListener | undefined): SegmentEnd | undefined {
    const last = this.#segments.at(-1);
    if (last === undefined) return undefined;
    const from = this.#openChecks === 'all-segments' ? this.#firstSeq() : last.header.firstSeq;
    const walk = this.#walk(from, onProgress);
    let step = walk.next();
    while (step.done !== true) step = walk.next();
    return step.value;
  }

  // A process that died may have left whole frames that are not on the disk yet: they are made durable before anybody reads them.
  #settleEnd(end: SegmentEnd | undefined): JournalOpenReport {
    const last = this.#segments.at(-1);
    const segmentCount = this.#segments.length;
    if (end === undefined || last === undefined) return { cutBytes: 0, cutFromSeq: 0, cutFile: '', cutOffset: 0, segmentCount };
    this.#state = end.state;
    last.size = end.offset;
    if (!this.#isReadOnly) {
      this.#fd = this.#fs.open(last.file, 'r+');
      if (end.tornBytes > 0) this.#fs.truncate(this.#fd, end.offset);
      this.#fs.syncData(this.#fd);
      this.#fs.syncDirectory(this.#directory);
    }
    if (end.tornBytes === 0) return { cutBytes: 0, cutFromSeq: 0, cutFile: '', cutOffset: 0, segmentCount };
    return { cutBytes: end.tornBytes, cutFromSeq: end.state.seq, cutFile: last.file, cutOffset: end.offset, segmentCount };
  }

  // Frames from the one that holds `fromSeq` (or a little before) to the end, over all segments.
  *#walk(fromSeq: number, onProgress: JournalProgressListener | undefined): Generator<ScannedFrame, SegmentEnd | undefined, void> {
    let ix = this.#segments.findLastIndex((segment) => segment.header.firstSeq <= fromSeq);
    let from = this.#segments[ix]?.index.locate(fromSeq);
    const meter = new ProgressMeter(this.#bytesFrom(ix) - (from?.offset ?? 0), onProgress);
    let end: SegmentEnd | undefined;
    for (let segment = this.#segments[ix]; segment !== undefined && from !== undefined; ix++) {
      const next = this.#segments[ix + 1];
      const walk = walkSegment(this.#fs, segment, from, next === undefined ? 'may-be-torn' : 'must-be-whole', meter);
      end = yield* walk;
      if (next !== undefined) {
        requireContinuation(segment, end, next);
        from = { offset: SEGMENT_HEADER_BYTES, state: stateBefore(next.header) };
      }
      segment = next;
    }
    meter.finish((end?.state ?? this.#state).seq - 1);
    return end;
  }

  #bytesFrom(ix: number): number {
    return ix < 0 ? 0 : this.#segments.slice(ix).reduce((sum, segment) => sum + segment.size, 0);
  }

  #segmentFor(frame: CommitFrame): Segment {
    const last = this.#segments.at(-1);
    const isFull =
      last !== undefined && last.size > SEGMENT_HEADER_BYTES && last.size + FRAME_HEADER_BYTES + frame.payload.length > this.#segmentBytes;
    if (last !== undefined && !isFull) return last;
    const { seq: firstSeq, timeMicros: previousTimeMicros, hash: previousHash } = this.#state;
    const header = { firstSeq, previousTimeMicros, previousHash, salt: randomBytes(4).readUInt32LE(), venueId: this.#venueId };
    try {
      const { segment, fd } = guardIo('creating a segment', this.#directory, () => createSegment(this.#fs, this.#directory, header));
      if (this.#fd !== undefined) this.#fs.close(this.#fd);
      this.#fd = fd;
      this.#segments.push(segment);
      return segment;
    } catch (error) {
      if (!(error instanceof JournalFull)) this.#phase = 'failed';
      throw error;
    }
  }

  // Without space the frame is taken back. After any other failure nobody knows what reached the disk: the kernel may have
  // dropped the unwritten pages and would answer the next fdatasync with success, so it is never asked again.
  #giveUpFrame(segment: Segment, fd: number, error: unknown): never {
    if (isNoSpace(error)) {
      try {
        this.#fs.truncate(fd, segment.size);
      } catch (truncateError) {
        this.#phase = 'failed';
        throw new JournalIoFault('taking back a frame', segment.file, truncateError);
      }
      throw new JournalFull(segment.file, error);
    }
    this.#phase = 'failed';
    throw new JournalIoFault('writing or synchronising', segment.file, error);
  }

  #requireAppendable(frame: CommitFrame): void {
    if (this.#phase !== 'open' || this.#isReadOnly)
      throw new Error(`the journal takes no frames: it is ${this.#isReadOnly ? 'read-only' : this.#phase}`);
    const { seq, timeMicros } = this.#state;
    if (frame.firstSeq !== seq) throw new RangeError(`the journal continues with sequence ${seq}, not ${frame.firstSeq}`);
    if (frame.timeMicros < timeMicros)
      throw new RangeError(`the journal has reached time ${timeMicros}; a frame of ${frame.timeMicros} is too early`);
    const bytes = frame.payload.length;
    if (frame.count < 1 || bytes === 0 || bytes % 8 !== 0 || bytes > FRAME_PAYLOAD_BYTES_MAX) {
      throw new RangeError(`a frame holds records in up to ${FRAME_PAYLOAD_BYTES_MAX} bytes, not ${frame.count} in ${bytes}`);
    }
    if (measureCommitFrame(frame.payload, frame.count) !== frame.lastTimeMicros - frame.timeMicros) {
      throw new RangeError(`the payload does not hold ${frame.count} records up to time ${frame.lastTimeMicros}`);
    }
  }

  #requireReadable(): void {
    if (this.#phase === 'new' || this.#phase === 'closed') throw new Error(`the journal cannot be read: it is ${this.#phase}`);
  }

  #writableFd(): number {
    if (this.#fd === undefined) throw new Error('the journal has no segment open for writing');
    return this.#fd;
  }

  #firstSeq(): number {
    return this.#segments[0]?.header.firstSeq ?? this.#state.seq;
  }

  #tail(report: JournalOpenReport): JournalTail {
    const { seq, hash: lastHash, timeMicros } = this.#state;
    return { firstSeq: asSeq(this.#firstSeq()), nextSeq: asSeq(seq), lastHash, lastTimeMicros: asUnixMicros(timeMicros), report };
  }
}
