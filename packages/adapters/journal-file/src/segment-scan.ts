/** Walks the frames of one segment file, checking each, in large reads. */

import { type FileSystem, JournalIoFault } from '@mochila/ports';
import {
  type ChainState,
  decodeFrameHeader,
  FRAME_HEADER_BYTES,
  type FrameHeader,
  followChain,
  isFrameChecksumRight,
} from './frame-format.ts';
import { guardIo, readWhole } from './whole-io.ts';

const CHUNK_BYTES = 1024 * 1024;

/** A segment file open for reading, and how far it may be read. */
export interface SegmentSource {
  readonly fs: FileSystem;
  readonly fd: number;
  readonly file: string;
  readonly salt: number;
  /** Bytes that count; later ones are ignored. */
  readonly size: number;
}

/** A frame that is what was written. */
export interface ScannedFrame extends FrameHeader {
  readonly offset: number;
  readonly endOffset: number;
  readonly payload: Uint8Array;
  readonly before: ChainState;
  readonly after: ChainState;
}

/** How a walk ended. */
export interface ScanEnd {
  readonly offset: number;
  readonly state: ChainState;
  /** What is wrong at `offset`; undefined at the clean end of the segment. */
  readonly fault: ScanFault | undefined;
}

/** Why a frame is refused. */
export interface ScanFault {
  readonly reason: string;
  /** A write cut short by a crash can look like this; a frame with a right checksum in the wrong place cannot. */
  readonly mayBeTorn: boolean;
}

/** Yields intact frames from `offset` on, which must be the start of a frame (or the end) in state `state`. */
export function* scanSegment(source: SegmentSource, offset: number, state: ChainState): Generator<ScannedFrame, ScanEnd, void> {
  const window = new ReadWindow(source);
  let before = state;
  let at = offset;
  while (at < source.size) {
    const frame = readFrame(window, source, at, before);
    if ('reason' in frame) return { offset: at, state: before, fault: frame };
    yield frame;
    before = frame.after;
    at = frame.endOffset;
  }
  return { offset: at, state: before, fault: undefined };
}

function readFrame(window: ReadWindow, source: SegmentSource, offset: number, before: ChainState): ScannedFrame | ScanFault {
  const left = source.size - offset;
  if (left < FRAME_HEADER_BYTES) return { reason: `the frame header is cut short (${left} bytes)`, mayBeTorn: true };
  const header = decodeFrameHeader(window.at(offset, FRAME_HEADER_BYTES));
  if (header === undefined) return { reason: 'no frame begins there', mayBeTorn: true };
  const length = FRAME_HEADER_BYTES + header.payloadLength;
  if (left < length) return { reason: `the frame is cut short (${left} of ${length} bytes)`, mayBeTorn: true };
  const bytes = window.at(offset, length);
  const payload = bytes.subarray(FRAME_HEADER_BYTES);
  if (!isFrameChecksumRight(bytes, payload, source.salt)) {
    // Only one frame is ever on its way to the disk: a broken one with more behind it was whole once.
    return { reason: 'the checksum of the frame is wrong', mayBeTorn: left === length };
  }
  const after = followChain(before, bytes, header, payload);
  if (typeof after === 'string') return { reason: after, mayBeTorn: false };
  return { ...header, offset, endOffset: offset + length, payload, before, after };
}

/**
 * Looks for an intact frame anywhere after a broken one.
 * @param seqAbove sequence of the broken frame; the one looked for is later
 * @returns its offset, or undefined; O(bytes left)
 */
export function findFrameAfter(source: SegmentSource, offset: number, seqAbove: number): number | undefined {
  const window = new ReadWindow(source);
  for (let at = offset + 8; at + FRAME_HEADER_BYTES <= source.size; at += 8) {
    const header = decodeFrameHeader(window.at(at, FRAME_HEADER_BYTES));
    if (header === undefined || header.firstSeq <= seqAbove || at + FRAME_HEADER_BYTES + header.payloadLength > source.size) continue;
    const bytes = window.at(at, FRAME_HEADER_BYTES + header.payloadLength);
    if (isFrameChecksumRight(bytes, bytes.subarray(FRAME_HEADER_BYTES), source.salt)) return at;
  }
  return undefined;
}

/** Hands out bytes of a file from chunks; a chunk is never reused, so what was handed out stays as it is. */
class ReadWindow {
  readonly #source: SegmentSource;
  #chunk = Buffer.alloc(0);
  #start = 0;

  constructor(source: SegmentSource) {
    this.#source = source;
  }

  /** Bytes `offset` to `offset + length`, which the file holds. */
  at(offset: number, length: number): Buffer {
    if (offset < this.#start || offset + length > this.#start + this.#chunk.length) this.#load(offset, length);
    const from = offset - this.#start;
    return this.#chunk.subarray(from, from + length);
  }

  #load(offset: number, length: number): void {
    const { fs, fd, file, size } = this.#source;
    const wanted = Math.max(length, Math.min(CHUNK_BYTES, size - offset));
    const chunk = Buffer.allocUnsafeSlow(wanted);
    const got = guardIo('reading', file, () => readWhole(fs, fd, chunk, 0, wanted, offset));
    if (got < length)
      throw new JournalIoFault('reading', file, new Error(`it ended at byte ${offset + got}, before byte ${offset + length}`));
    this.#chunk = chunk.subarray(0, got);
    this.#start = offset;
  }
}
