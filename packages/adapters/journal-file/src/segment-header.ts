/** Header and name of a segment file; the table is in the package's README. */

import { crc32 } from 'node:zlib';

/** Bytes in front of the first frame of a segment. */
export const SEGMENT_HEADER_BYTES = 128;
/** Longest venue id, in bytes of UTF-8. */
export const VENUE_ID_BYTES_MAX = 56;
/** Version of the format that is written and read. */
export const SEGMENT_VERSION = 1;

const MAGIC = Buffer.from('MOCHJRNL', 'latin1');
const CHECKED_FROM = 16;
const VENUE_ID_AT = 72;
const NAME = /^(\d{16})\.journal$/;

/** What a segment says about itself and the one before it. */
export interface SegmentHeader {
  readonly firstSeq: number;
  /** Time of the last record before this segment, in microseconds; 0 when there is none. */
  readonly previousTimeMicros: number;
  /** Chain hash before the first frame. */
  readonly previousHash: Uint8Array;
  /** Starting value of the frame checksums. */
  readonly salt: number;
  readonly venueId: string;
}

/** Returns the header as it is stored. */
export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  bytes.set(MAGIC, 0);
  bytes.writeUInt32LE(SEGMENT_VERSION, 8);
  bytes.writeBigUInt64LE(BigInt(header.firstSeq), 16);
  bytes.writeBigUInt64LE(BigInt(header.previousTimeMicros), 24);
  bytes.set(header.previousHash, 32);
  bytes.writeUInt32LE(header.salt, 64);
  bytes.writeUInt32LE(Buffer.byteLength(header.venueId), 68);
  bytes.write(header.venueId, VENUE_ID_AT);
  bytes.writeUInt32LE(checksum(bytes), 12);
  return bytes;
}

/** Reads a header; answers what is wrong with it, as a text, when it is not one. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | string {
  if (bytes.length < SEGMENT_HEADER_BYTES) return `the segment header is cut short (${bytes.length} of ${SEGMENT_HEADER_BYTES} bytes)`;
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return 'it does not begin like a journal segment';
  if (bytes.readUInt32LE(8) !== SEGMENT_VERSION)
    return `it has format version ${bytes.readUInt32LE(8)}, and only ${SEGMENT_VERSION} is known`;
  if (bytes.readUInt32LE(12) !== checksum(bytes)) return 'the checksum of the segment header is wrong';
  const venueIdLength = bytes.readUInt32LE(68);
  return {
    firstSeq: Number(bytes.readBigUInt64LE(16)),
    previousTimeMicros: Number(bytes.readBigUInt64LE(24)),
    previousHash: new Uint8Array(bytes.subarray(32, 64)),
    salt: bytes.readUInt32LE(64),
    venueId: bytes.toString('utf8', VENUE_ID_AT, VENUE_ID_AT + venueIdLength),
  };
}

/**
 * Names the segment that starts with `firstSeq`.
 * @example segmentName(42) // '0000000000000042.journal'
 */
export function segmentName(firstSeq: number): string {
  return `${String(firstSeq).padStart(16, '0')}.journal`;
}

/** Returns the first sequence a file name speaks of, or undefined when it is no segment. */
export function parseSegmentName(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function checksum(bytes: Buffer): number {
  return crc32(bytes.subarray(CHECKED_FROM, SEGMENT_HEADER_BYTES));
}
