/** Header and name of a snapshot file; the table is in the package's README. */

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Snapshot } from '@mochila/ports';
import { asSeq, type Seq } from '@mochila/units';

/** Bytes in front of the contents. */
export const SNAPSHOT_HEADER_BYTES = 256;
/** Longest state hash, in bytes. */
export const STATE_HASH_BYTES_MAX = 64;
/** Version of the format that is written and read. */
export const SNAPSHOT_VERSION = 1;

const MAGIC = Buffer.from('MOCHSNAP', 'latin1');
const CHECKED_FROM = 16;
const CONTENT_HASH_AT = 32;
const STATE_HASH_AT = 64;
const VENUE_ID_AT = 128;
const NAME = /^(\d{16})\.snapshot$/;

/** What the header of a snapshot file says. */
export interface SnapshotHeader {
  readonly seq: number;
  readonly byteLength: number;
  readonly stateHash: Uint8Array;
  readonly contentHash: Uint8Array;
  readonly venueId: string;
}

/** Returns the header of a snapshot as it is stored. */
export function encodeSnapshotHeader(snapshot: Snapshot, venueId: string): Buffer {
  const header = Buffer.alloc(SNAPSHOT_HEADER_BYTES);
  header.set(MAGIC, 0);
  header.writeUInt16LE(SNAPSHOT_VERSION, 8);
  header.writeUInt8(snapshot.stateHash.length, 10);
  header.writeUInt8(Buffer.byteLength(venueId), 11);
  header.writeBigUInt64LE(BigInt(snapshot.seq), 16);
  header.writeBigUInt64LE(BigInt(snapshot.bytes.length), 24);
  header.set(hashContents(snapshot.bytes), CONTENT_HASH_AT);
  header.set(snapshot.stateHash, STATE_HASH_AT);
  header.write(venueId, VENUE_ID_AT);
  header.writeUInt32LE(checksum(header), 12);
  return header;
}

/** Reads a header; answers what is wrong with it, as a text, when it is not one. */
export function decodeSnapshotHeader(header: Buffer): SnapshotHeader | string {
  if (header.length < SNAPSHOT_HEADER_BYTES) return `the header is cut short (${header.length} of ${SNAPSHOT_HEADER_BYTES} bytes)`;
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return 'it does not begin like a snapshot';
  if (header.readUInt16LE(8) !== SNAPSHOT_VERSION)
    return `it has format version ${header.readUInt16LE(8)}, and only ${SNAPSHOT_VERSION} is known`;
  if (header.readUInt32LE(12) !== checksum(header)) return 'the checksum of the header is wrong';
  return {
    seq: Number(header.readBigUInt64LE(16)),
    byteLength: Number(header.readBigUInt64LE(24)),
    contentHash: header.subarray(CONTENT_HASH_AT, STATE_HASH_AT),
    stateHash: new Uint8Array(header.subarray(STATE_HASH_AT, STATE_HASH_AT + header.readUInt8(10))),
    venueId: header.toString('utf8', VENUE_ID_AT, VENUE_ID_AT + header.readUInt8(11)),
  };
}

/** Returns the SHA-256 of the contents of a snapshot. */
export function hashContents(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/**
 * Names the snapshot at `seq`.
 * @example snapshotName(42) // '0000000000000042.snapshot'
 */
export function snapshotName(seq: number): string {
  return `${String(seq).padStart(16, '0')}.snapshot`;
}

/** Returns the sequence a file name speaks of, or undefined when it is no snapshot. */
export function parseSnapshotName(name: string): Seq | undefined {
  const digits = NAME.exec(name)?.[1];
  return digits === undefined ? undefined : asSeq(Number(digits));
}

// Everything but the checksum itself.
function checksum(header: Buffer): number {
  return crc32(header.subarray(CHECKED_FROM, SNAPSHOT_HEADER_BYTES), crc32(header.subarray(0, 12)));
}
