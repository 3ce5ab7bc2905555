/** The hash of a whole state. */

import { createHash } from 'node:crypto';
import { type State, writeSnapshot } from '@mochila/core';

/** SHA-256 of the bytes of a snapshot, 32 bytes. */
export function hashSnapshot(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** Hash of a state, in hex; equal states, however they came about, have equal hashes. Reads the whole state. */
export function stateHash(state: State): string {
  return hexOf(hashSnapshot(writeSnapshot(state)));
}

/** @example hexOf(Uint8Array.of(1, 255)) // '01ff' */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
