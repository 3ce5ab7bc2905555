/**
 * An open-addressing index from a 32-bit hash to rows of a table: linear probing, at most half full, deletion by backward
 * shift (no tombstones), so that equal histories give equal bytes. Rows keep their own hash in a column; equality is the
 * caller's. The high bits of the golden-ratio product spread keys (Knuth, The Art of Computer Programming 3, 6.4).
 */
import { assert } from '@mochila/units';

/** Slots of an open-addressing index. */
export interface HashIndex {
  /** Two words a slot: row + 1, 0 when empty, and the row's hash, so that a removal need not look it up. */
  readonly slots: Int32Array;
  /** Number of slots less one; slots are a power of two. */
  readonly mask: number;
  readonly shift: number;
}

const GOLDEN = 0x9e3779b1;
const TWO_32 = 4_294_967_296;

/** An empty index for at most `rows` rows. */
export function createHashIndex(rows: number): HashIndex {
  let bits = 3;
  while (1 << bits < rows * 2) bits += 1;
  return { slots: new Int32Array(2 << bits), mask: (1 << bits) - 1, shift: 32 - bits };
}

/** Mixes the low and high 32 bits of an integer below 2^53 into a running hash. */
export function mixHash(hash: number, value: number): number {
  const high = Math.floor(value / TWO_32);
  const mixed = Math.imul(hash ^ (value >>> 0), GOLDEN);
  return Math.imul(mixed ^ (mixed >>> 15) ^ high, GOLDEN);
}

/** Mixes `length` bytes from `offset` into a running hash. */
export function mixHashBytes(hash: number, bytes: Uint8Array, offset: number, length: number): number {
  let mixed = hash;
  for (let at = offset; at < offset + length; at += 1) mixed = Math.imul(mixed ^ bytes[at]!, GOLDEN) ^ (mixed >>> 15);
  return mixed | 0;
}

/** Slot where the search for a hash starts. */
export function startOfHash(index: HashIndex, hash: number): number {
  return Math.imul(hash, GOLDEN) >>> index.shift;
}

/** The slot after `slot`, around the end. */
export function nextSlot(index: HashIndex, slot: number): number {
  return (slot + 1) & index.mask;
}

/** Row in a slot, or -1 where a search ends. */
export function rowInSlot(index: HashIndex, slot: number): number {
  return index.slots[2 * slot]! - 1;
}

/** Adds a row; the caller has looked and not found it. O(1) expected. */
export function insertHash(index: HashIndex, hash: number, row: number): void {
  let slot = startOfHash(index, hash);
  while (index.slots[2 * slot] !== 0) slot = nextSlot(index, slot);
  index.slots[2 * slot] = row + 1;
  index.slots[2 * slot + 1] = hash;
}

/**
 * Removes a row and closes the gap behind it.
 *
 * @param hashes - the column of hashes the rows were added with.
 */
export function removeHash(index: HashIndex, hashes: Int32Array, row: number): void {
  const { slots, mask } = index;
  let gap = startOfHash(index, hashes[row]!);
  while (slots[2 * gap] !== row + 1) {
    assert(slots[2 * gap] !== 0, 'a row removed from an index is in it');
    gap = (gap + 1) & mask;
  }
  for (let at = (gap + 1) & mask; slots[2 * at] !== 0; at = (at + 1) & mask) {
    const home = startOfHash(index, slots[2 * at + 1]!);
    if (((at - home) & mask) < ((at - gap) & mask)) continue;
    slots[2 * gap] = slots[2 * at]!;
    slots[2 * gap + 1] = slots[2 * at + 1]!;
    gap = at;
  }
  slots[2 * gap] = 0;
  slots[2 * gap + 1] = 0;
}
