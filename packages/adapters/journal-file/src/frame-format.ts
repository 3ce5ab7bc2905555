/** Frame header of a segment file; the table is in the package's README. */

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type CommitFrame, FRAME_PAYLOAD_BYTES_MAX, measureCommitFrame } from '@mochila/ports';

/** Bytes in front of each payload. */
export const FRAME_HEADER_BYTES = 64;

/** First four bytes of every frame: `MJF1`, little endian. */
const FRAME_MAGIC = 0x31464a4d;
const CHECKED_FROM = 8;
const HASHED_TO = 32;

/** Where a frame must fit into the journal. */
export interface ChainState {
  readonly seq: number;
  readonly timeMicros: number;
  readonly hash: Uint8Array;
}

/** The fields of a header that say where the frame belongs. */
export interface FrameHeader {
  readonly payloadLength: number;
  readonly count: number;
  readonly firstSeq: number;
  readonly timeMicros: number;
}

/** Writes the header of `frame` into `header` and returns the chain hash after it. */
export function encodeFrameHeader(header: Buffer, frame: CommitFrame, hashBefore: Uint8Array, salt: number): Uint8Array {
  header.writeUInt32LE(FRAME_MAGIC, 0);
  header.writeUInt32LE(frame.payload.length, 8);
  header.writeUInt32LE(frame.count, 12);
  header.writeBigUInt64LE(BigInt(frame.firstSeq), 16);
  header.writeBigUInt64LE(BigInt(frame.timeMicros), 24);
  const hash = hashFrame(hashBefore, header, frame.payload);
  header.set(hash, HASHED_TO);
  header.writeUInt32LE(checksumFrame(header, frame.payload, salt), 4);
  return hash;
}

/** Reads a header, or returns undefined when the bytes cannot be one. */
export function decodeFrameHeader(header: Buffer): FrameHeader | undefined {
  if (header.length < FRAME_HEADER_BYTES || header.readUInt32LE(0) !== FRAME_MAGIC) return undefined;
  const payloadLength = header.readUInt32LE(8);
  const count = header.readUInt32LE(12);
  if (payloadLength === 0 || payloadLength % 8 !== 0 || payloadLength > FRAME_PAYLOAD_BYTES_MAX || count === 0) return undefined;
  return { payloadLength, count, firstSeq: Number(header.readBigUInt64LE(16)), timeMicros: Number(header.readBigUInt64LE(24)) };
}

/** Tells whether header and payload carry their checksum: if so they were written whole, into this segment. */
export function isFrameChecksumRight(header: Buffer, payload: Uint8Array, salt: number): boolean {
  return header.readUInt32LE(4) === checksumFrame(header, payload, salt);
}

/**
 * Checks that a frame with a right checksum continues the chain.
 * @returns the state after it, or what is wrong
 */
export function followChain(before: ChainState, header: Buffer, frame: FrameHeader, payload: Uint8Array): ChainState | string {
  if (frame.firstSeq !== before.seq) return `the frame there starts with sequence ${frame.firstSeq}`;
  if (frame.timeMicros < before.timeMicros) return `time runs backwards, from ${before.timeMicros} to ${frame.timeMicros} microseconds`;
  const delta = measureCommitFrame(payload, frame.count);
  if (delta === undefined) return `the frame does not hold the ${frame.count} records it names`;
  const hash = hashFrame(before.hash, header, payload);
  if (Buffer.compare(hash, header.subarray(HASHED_TO, FRAME_HEADER_BYTES)) !== 0)
    return 'the hash chain is broken: the frame does not follow the ones before it';
  return { seq: frame.firstSeq + frame.count, timeMicros: frame.timeMicros + delta, hash };
}

/** Returns the hash before the first frame of a venue's journal. */
export function hashGenesis(venueId: string): Uint8Array {
  return createHash('sha256').update('mochila journal genesis\0').update(venueId).digest();
}

function hashFrame(hashBefore: Uint8Array, header: Buffer, payload: Uint8Array): Uint8Array {
  return createHash('sha256').update(hashBefore).update(header.subarray(CHECKED_FROM, HASHED_TO)).update(payload).digest();
}

// The salt is drawn per segment, so that bytes a client put into a command cannot pass for a frame when a torn end is searched.
function checksumFrame(header: Buffer, payload: Uint8Array, salt: number): number {
  return crc32(payload, crc32(header.subarray(CHECKED_FROM, FRAME_HEADER_BYTES), salt));
}
