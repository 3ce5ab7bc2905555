/**
 * Ladder: the price levels of one side of a book, sorted, the best at the end. Levels live in a pool shared by both
 * sides; a ladder holds pairs of a key and a level's row. The key makes both sides ascend: the price for bids, `~price`
 * for asks.
 *
 * | part of Levels | type | unit | 0 means |
 * |---|---|---|---|
 * | words 0: lots | Float64 | Lots resting in all | level is free |
 * | ints 2, 3: head, tail | Int32 | OrderSlot first and last in time priority; -1 none | |
 *
 * | part of Ladder | type | unit | 0 means |
 * |---|---|---|---|
 * | entries 0 of a pair: key | Int32 | Ticks, complemented for asks, strictly ascending up to `used` | beyond `used` |
 * | entries 1 of a pair: row | Int32 | RowIx in levels | |
 *
 * Pairs beyond `used` are kept at 0, so equal ladders are equal bytes.
 */
import { fail } from '@mochila/units';
import { createTable, returnRow, type Table, takeRow } from '../table.ts';

/** Price levels of one book, both sides, in rows of 16 bytes. */
export interface Levels extends Table {
  /** The rows, and the same memory as integers. */
  readonly words: Float64Array;
  readonly ints: Int32Array;
}

/** One side's levels in ascending order of key. */
export interface Ladder {
  readonly capacity: number;
  used: number;
  readonly entries: Int32Array;
}

/** Below this many pairs a loop moves them faster than `copyWithin` does (its call costs about 40 integers). */
const MOVE_BY_HAND_MAX = 24;

/** Pool of `capacity` levels. */
export function createLevels(capacity: number): Levels {
  const words = new Float64Array(2 * capacity);
  return { ...createTable(capacity), words, ints: new Int32Array(words.buffer) };
}

/** Empty ladder for up to `capacity` levels. */
export function createLadder(capacity: number): Ladder {
  return { capacity, used: 0, entries: new Int32Array(2 * capacity) };
}

/**
 * Finds where a key stands or would stand: the first position whose key is not below it.
 *
 * Keys are distinct integers, so a key `d` below the best is at most `d` positions below it, and as many positions nearer
 * as ticks between them have no level. Near the market there are few of those: the search goes up from there in steps
 * that double.
 *
 * @returns position in [0, used]. O(log min(empty ticks above the key, used))
 */
export function findPosition(ladder: Ladder, key: number): number {
  const { entries } = ladder;
  const last = ladder.used - 1;
  if (last < 0) return 0;
  const distance = entries[last << 1]! - key;
  if (distance <= 0) return distance === 0 ? last : last + 1;
  // The best is above the key, so the answer is in [low, last].
  let low = distance < last ? last - distance : 0;
  if (entries[low << 1]! >= key) return low;
  let step = 1;
  while (low + step < last && entries[(low + step) << 1]! < key) {
    low += step;
    step <<= 1;
  }
  // Below the key at `low`, not below it at `high`.
  let high = low + step < last ? low + step : last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (entries[middle << 1]! < key) low = middle;
    else high = middle;
  }
  return high;
}

/** Opens an empty level at a position found by {@link findPosition}. @returns its row */
export function openLevel(ladder: Ladder, levels: Levels, position: number, key: number): number {
  const { entries, used } = ladder;
  if (used >= ladder.capacity) fail('a ladder is asked for a level before the point of no return');
  if (position < 0 || position > used) fail('a level opens inside its ladder');
  const row = takeRow(levels);
  if (used - position > MOVE_BY_HAND_MAX) entries.copyWithin((position + 1) << 1, position << 1, used << 1);
  else for (let at = (used << 1) + 1; at > (position << 1) + 1; at -= 1) entries[at] = entries[at - 2]!;
  entries[position << 1] = key;
  entries[(position << 1) | 1] = row;
  ladder.used = used + 1;
  levels.words[row << 1] = 0;
  levels.ints[(row << 2) | 2] = -1;
  levels.ints[(row << 2) | 3] = -1;
  return row;
}

/** Closes the empty level with this key and gives its row back. */
export function closeLevel(ladder: Ladder, levels: Levels, key: number): void {
  const { entries } = ladder;
  const position = findPosition(ladder, key);
  const last = ladder.used - 1;
  if (position > last || entries[position << 1]! !== key) fail('a closed level stood on its ladder');
  const row = entries[(position << 1) | 1]!;
  if (levels.ints[(row << 2) | 2]! >= 0) fail('a closed level is empty');
  if (last - position > MOVE_BY_HAND_MAX) entries.copyWithin(position << 1, (position + 1) << 1, (last + 1) << 1);
  else for (let at = position << 1; at < last << 1; at += 1) entries[at] = entries[at + 2]!;
  entries[last << 1] = 0;
  entries[(last << 1) | 1] = 0;
  ladder.used = last;
  levels.words[row << 1] = 0;
  returnRow(levels, row);
}
