/**
 * Tables: struct-of-arrays pools with a free list, the one way core keeps many things of a kind.
 *
 * Columns are allocated once from `limits`; a row is an index. `used` is the high-water mark (rows beyond were never
 * touched and are not part of a snapshot), `freeHead` starts the list of returned rows, linked through `nextFree`.
 */
import { fail } from '@mochila/units';

/** The bookkeeping every table has beside its columns. */
export interface Table {
  readonly capacity: number;
  used: number;
  live: number;
  freeHead: number;
  readonly nextFree: Int32Array;
}

/** Bookkeeping for a new table of `capacity` rows. */
export function createTable(capacity: number): Table {
  return { capacity, used: 0, live: 0, freeHead: -1, nextFree: new Int32Array(capacity) };
}

/** True when no row is left. */
export function isTableFull(table: Table): boolean {
  return table.freeHead < 0 && table.used >= table.capacity;
}

/** Takes a row: the one returned last, else a new one. The caller asked {@link isTableFull} before its point of no return. */
export function takeRow(table: Table): number {
  const free = table.freeHead;
  if (free >= 0) {
    table.live += 1;
    table.freeHead = table.nextFree[free]!;
    return free;
  }
  const row = table.used;
  if (row >= table.capacity) fail('a table is asked for space before the point of no return');
  table.live += 1;
  table.used = row + 1;
  return row;
}

/** Gives a row back. */
export function returnRow(table: Table, row: number): void {
  if (row < 0 || row >= table.used) fail('a returned row was taken');
  table.nextFree[row] = table.freeHead;
  // An int32, as it is in every table: they share one hidden class.
  table.freeHead = row | 0;
  table.live -= 1;
}
