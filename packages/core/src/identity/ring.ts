/** Bookkeeping of a table whose rows leave in the order they came. `used` is the high-water mark, as in `table.ts`. */
import { assert } from '@mochila/units';

/** What every ring has beside its columns. */
export interface Ring {
  readonly capacity: number;
  used: number;
  live: number;
  /** Row of the oldest entry; meaningless when none is live. */
  oldest: number;
}

/** Bookkeeping of an empty ring. */
export function createRing(capacity: number): Ring {
  return { capacity, used: 0, live: 0, oldest: 0 };
}

/** True when no row is left. */
export function isRingFull(ring: Ring): boolean {
  return ring.live >= ring.capacity;
}

/** Takes the row after the newest. */
export function ringPush(ring: Ring): number {
  assert(!isRingFull(ring), 'a ring is asked for space before the point of no return');
  const row = ringRow(ring, ring.live);
  ring.live += 1;
  if (row >= ring.used) ring.used = row + 1;
  return row;
}

/** Lets the oldest row go. */
export function ringDropOldest(ring: Ring): void {
  assert(ring.live > 0, 'a ring that gives up a row has one');
  ring.oldest = ringRow(ring, 1);
  ring.live -= 1;
}

/** Row of the entry `place` steps after the oldest. */
export function ringRow(ring: Ring, place: number): number {
  const row = ring.oldest + place;
  return row >= ring.capacity ? row - ring.capacity : row;
}
