/**
 * Ladder: the price levels of one side of a book, sorted, the best at the end. Levels live in a pool shared by both
 * sides; a ladder holds their rows beside a key that makes both sides ascend: `key = price` for bids, `-price` for asks.
 *
 * | column of Levels | type | unit | 0 means |
 * |---|---|---|---|
 * | priceTicks | Int32 | Ticks | never used |
 * | lots | Float64 | Lots resting in all | level is free |
 * | orderCount | Int32 | orders resting | level is free |
 * | head, tail | Int32 | OrderSlot first and last in time priority | |
 *
 * | column of Ladder | type | unit | 0 means |
 * |---|---|---|---|
 * | keys | Int32 | Ticks, negative for asks, strictly ascending up to `used` | beyond `used` |
 * | rows | Int32 | RowIx in levels | |
 *
 * Columns beyond `used` are kept at 0, so equal ladders are equal bytes.
 */
import { assert } from '@mochila/units';
import { createTable, returnRow, type Table, takeRow } from '../table.ts';

/** Price levels of one book, both sides. */
export interface Levels extends Table {
  readonly priceTicks: Int32Array;
  readonly lots: Float64Array;
  readonly orderCount: Int32Array;
  readonly head: Int32Array;
  readonly tail: Int32Array;
}

/** One side's levels in ascending order of key. */
export interface Ladder {
  readonly capacity: number;
  used: number;
  readonly keys: Int32Array;
  readonly rows: Int32Array;
}

/** Below this many entries a loop moves them faster than `copyWithin` does (its call costs about 40 entries). */
const MOVE_BY_HAND_MAX = 32;

/** Pool of `capacity` levels. */
export function createLevels(capacity: number): Levels {
  return {
    ...createTable(capacity),
    priceTicks: new Int32Array(capacity),
    lots: new Float64Array(capacity),
    orderCount: new Int32Array(capacity),
    head: new Int32Array(capacity),
    tail: new Int32Array(capacity),
  };
}

/** Empty ladder for up to `capacity` levels. */
export function createLadder(capacity: number): Ladder {
  return { capacity, used: 0, keys: new Int32Array(capacity), rows: new Int32Array(capacity) };
}

/**
 * Finds where a key stands or would stand: the first position whose key is not below it.
 *
 * Keys are distinct integers, so a key `d` below the best is at most `d` positions below it. Where every tick has a
 * level the first look hits; elsewhere the distance bounds the binary search.
 *
 * @returns position in [0, used]. O(log min(d, used))
 */
export function findPosition(ladder: Ladder, key: number): number {
  const keys = ladder.keys;
  let high = ladder.used;
  if (high === 0) return 0;
  const distance = keys[high - 1]! - key;
  if (distance <= 0) return distance === 0 ? high - 1 : high;
  let low = 0;
  if (distance < high) {
    low = high - 1 - distance;
    if (keys[low]! === key) return low;
  }
  high -= 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Opens an empty level at a position found by {@link findPosition}. @returns its row */
export function openLevel(ladder: Ladder, levels: Levels, position: number, key: number): number {
  const { keys, rows, used } = ladder;
  assert(used < ladder.capacity, 'a ladder is asked for a level before the point of no return');
  assert(position >= 0 && position <= used, 'a level opens inside its ladder');
  const row = takeRow(levels);
  if (used - position > MOVE_BY_HAND_MAX) {
    keys.copyWithin(position + 1, position, used);
    rows.copyWithin(position + 1, position, used);
  } else {
    for (let at = used; at > position; at -= 1) {
      keys[at] = keys[at - 1]!;
      rows[at] = rows[at - 1]!;
    }
  }
  keys[position] = key;
  rows[position] = row;
  ladder.used = used + 1;
  levels.priceTicks[row] = key < 0 ? 0 - key : key;
  levels.lots[row] = 0;
  levels.orderCount[row] = 0;
  levels.head[row] = -1;
  levels.tail[row] = -1;
  return row;
}

/** Closes the empty level with this key and gives its row back. */
export function closeLevel(ladder: Ladder, levels: Levels, key: number): void {
  const { keys, rows } = ladder;
  const position = findPosition(ladder, key);
  const last = ladder.used - 1;
  assert(position <= last && keys[position]! === key, 'a closed level stood on its ladder');
  const row = rows[position]!;
  assert(levels.orderCount[row]! === 0, 'a closed level is empty');
  if (last - position > MOVE_BY_HAND_MAX) {
    keys.copyWithin(position, position + 1, last + 1);
    rows.copyWithin(position, position + 1, last + 1);
  } else {
    for (let at = position; at < last; at += 1) {
      keys[at] = keys[at + 1]!;
      rows[at] = rows[at + 1]!;
    }
  }
  keys[last] = 0;
  rows[last] = 0;
  ladder.used = last;
  levels.lots[row] = 0;
  returnRow(levels, row);
}
