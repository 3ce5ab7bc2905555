/**
 * Accounts by the odometer reading at which they must be looked at: a binary heap that knows where each account stands.
 * Working memory: its order among equals is nobody's business, since what is found is sorted afterwards.
 */

/** The heap; columns have one row per account. */
export interface RadiusHeap {
  /** Accounts, the one with the lowest reading first. */
  readonly accounts: Int32Array;
  size: number;
  /** Place of an account in the heap; -1 when it is not in it. */
  readonly placeOf: Int32Array;
  /** Reading of the odometer at which the account is due. */
  readonly due: Float64Array;
}

/** Makes an empty heap. @param capacity - accounts. */
export function createRadiusHeap(capacity: number): RadiusHeap {
  return {
    accounts: new Int32Array(capacity),
    size: 0,
    placeOf: new Int32Array(capacity).fill(-1),
    due: new Float64Array(capacity),
  };
}

/** Files an account, or files it anew. O(log n). */
export function fileAccount(heap: RadiusHeap, account: number, due: number): void {
  heap.due[account] = due;
  if (heap.placeOf[account]! < 0) {
    heap.accounts[heap.size] = account;
    heap.placeOf[account] = heap.size;
    heap.size += 1;
  }
  sink(heap, rise(heap, heap.placeOf[account]!));
}

/** Takes an account out; nothing happens when it is not in. O(log n). */
export function unfileAccount(heap: RadiusHeap, account: number): void {
  const place = heap.placeOf[account]!;
  if (place < 0) return;
  heap.placeOf[account] = -1;
  heap.size -= 1;
  if (place === heap.size) return;
  const moved = heap.accounts[heap.size]!;
  heap.accounts[place] = moved;
  heap.placeOf[moved] = place;
  sink(heap, rise(heap, place));
}

/** Takes out the account with the lowest reading if that is at or below `reading`. @returns the account, or -1. */
export function takeDue(heap: RadiusHeap, reading: number): number {
  if (heap.size === 0) return -1;
  const account = heap.accounts[0]!;
  if (heap.due[account]! > reading) return -1;
  unfileAccount(heap, account);
  return account;
}

function rise(heap: RadiusHeap, from: number): number {
  const { accounts, placeOf, due } = heap;
  const account = accounts[from]!;
  const own = due[account]!;
  let place = from;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const other = accounts[above]!;
    if (due[other]! <= own) break;
    accounts[place] = other;
    placeOf[other] = place;
    place = above;
  }
  accounts[place] = account;
  placeOf[account] = place;
  return place;
}

function sink(heap: RadiusHeap, from: number): void {
  const { accounts, placeOf, due, size } = heap;
  const account = accounts[from]!;
  const own = due[account]!;
  let place = from;
  for (;;) {
    let below = 2 * place + 1;
    if (below >= size) break;
    if (below + 1 < size && due[accounts[below + 1]!]! < due[accounts[below]!]!) below += 1;
    const other = accounts[below]!;
    if (due[other]! >= own) break;
    accounts[place] = other;
    placeOf[other] = place;
    place = below;
  }
  accounts[place] = account;
  placeOf[account] = place;
}
