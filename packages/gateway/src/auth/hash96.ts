/** 96-bit hashes, as two 48-bit whole numbers that fit the fields of a command. */
import { hash } from 'node:crypto';

/** The first 96 bits of a SHA-256. */
export type Hash96 = { readonly hi: number; readonly lo: number };

/** What stands where there is nothing to hash. */
export const NO_HASH: Hash96 = { hi: 0, lo: 0 };

const TWO_TO_48 = 2 ** 48;
const BYTES_PER_HALF = 6;
const TWO_TO_24 = 2 ** 24;

/**
 * Hashes bytes or the UTF-8 of a text.
 *
 * @param data what to hash
 * @returns two whole numbers below 2^48; never both zero, which stands for nothing
 */
export function hash96(data: Uint8Array | string): Hash96 {
  // A character for each byte: a buffer of its own costs four times the hash.
  const digest = hash('sha256', data, 'binary');
  const hi = readHalf(digest, 0);
  const lo = readHalf(digest, BYTES_PER_HALF);
  return hi === 0 && lo === 0 ? { hi: 0, lo: 1 } : { hi, lo };
}

/**
 * Makes the hash of one order of a batch from the hash of the whole batch.
 *
 * @param whole hash of the signed batch
 * @param position position of the order in the batch, from 0
 * @returns another hash for every position; the first is that of the batch itself
 */
export function hashAtPosition(whole: Hash96, position: number): Hash96 {
  return { hi: whole.hi, lo: (whole.lo + position) % TWO_TO_48 };
}

function readHalf(digest: string, at: number): number {
  const high = (digest.charCodeAt(at) << 16) | (digest.charCodeAt(at + 1) << 8) | digest.charCodeAt(at + 2);
  const low = (digest.charCodeAt(at + 3) << 16) | (digest.charCodeAt(at + 4) << 8) | digest.charCodeAt(at + 5);
  return high * TWO_TO_24 + low;
}
