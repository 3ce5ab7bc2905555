/**
 * Book: the resting orders of one market in price-time priority, over the venue's shared table of orders.
 *
 * An order names its level (`orders.level`) and its neighbours there (`levelPrev`, `levelNext`, oldest first), so ending
 * one needs no search unless its level goes with it. `book.reference.ts` is the plain specification of this file.
 *
 * Every call that changes what a level holds counts `updateId` up by one and returns the level's new total, so the
 * caller can tell: `levelChanged { side, priceTicks, lots: <returned>, updateId: book.updateId }`.
 */
import { assert, SAFE_MAX } from '@mochila/units';
import { closeLevel, createLadder, createLevels, findPosition, type Ladder, type Levels, openLevel } from './ladder.ts';
import type { Orders } from './orders.ts';

/** One market's book. Plain data; others call the functions of this file. */
export interface Book {
  /** Changes of level totals so far. */
  updateId: number;
  readonly levels: Levels;
  readonly bids: Ladder;
  readonly asks: Ladder;
}

/** A price level as depth shows it. */
export interface DepthLevel {
  readonly priceTicks: number;
  readonly lots: number;
}

/** Empty book with room for `levelsPerSide` price levels on each side. */
export function createBook(levelsPerSide: number): Book {
  return {
    updateId: 0,
    levels: createLevels(2 * levelsPerSide),
    bids: createLadder(levelsPerSide),
    asks: createLadder(levelsPerSide),
  };
}

/** Best price of a side in ticks; 0 when the side is empty. */
export function bestTicks(book: Book, side: number): number {
  const ladder = ladderOf(book, side);
  if (ladder.used === 0) return 0;
  const key = ladder.keys[ladder.used - 1]!;
  return side === 0 ? key : 0 - key;
}

/** Slot of the order first in price-time priority; -1 when the side is empty. */
export function bestSlot(book: Book, _orders: Orders, side: number): number {
  const ladder = ladderOf(book, side);
  if (ladder.used === 0) return -1;
  return book.levels.head[ladder.rows[ladder.used - 1]!]!;
}

/** Slot of the order after this one in price-time priority on its side; -1 after the last. Changes nothing. */
export function nextSlot(book: Book, orders: Orders, slot: number): number {
  assert(orders.isResting[slot]! === 1, 'the walk starts from a resting order');
  const next = orders.levelNext[slot]!;
  if (next >= 0) return next;
  const side = orders.side[slot]!;
  const ladder = ladderOf(book, side);
  const position = findPosition(ladder, keyOf(side, orders.priceTicks[slot]!));
  return position === 0 ? -1 : book.levels.head[ladder.rows[position - 1]!]!;
}

/** True when an order at this price finds room: its level exists or another can open. */
export function canInsert(book: Book, side: number, priceTicks: number): boolean {
  const ladder = ladderOf(book, side);
  return ladder.used < ladder.capacity || findRow(ladder, keyOf(side, priceTicks)) >= 0;
}

/** True when an order at this price is nearer to the market than the farthest level of its side. O(1). */
export function mayDisplace(book: Book, side: number, priceTicks: number): boolean {
  const ladder = ladderOf(book, side);
  return ladder.used > 0 && keyOf(side, priceTicks) > ladder.keys[0]!;
}

/** Slot of the oldest order on the level farthest from the market; -1 when the side is empty. */
export function farthestSlot(book: Book, side: number): number {
  const ladder = ladderOf(book, side);
  return ladder.used === 0 ? -1 : book.levels.head[ladder.rows[0]!]!;
}

/**
 * Puts the order in `slot` last in time at its price and marks it resting. The caller asked {@link canInsert} first.
 *
 * @returns the level's new total in lots
 */
export function insertOrder(book: Book, orders: Orders, slot: number): number {
  const side = orders.side[slot]!;
  const lots = orders.lots[slot]!;
  const key = keyOf(side, orders.priceTicks[slot]!);
  assert(orders.isResting[slot]! === 0, 'an order rests once');
  assert(lots > 0, 'a resting order has open lots');
  assert(orders.priceTicks[slot]! > 0, 'a resting order has a price');
  assert(isBeyond(ladderOf(book, 1 - side), key), 'INV-07: no book is crossed');
  const { levels } = book;
  const ladder = ladderOf(book, side);
  const position = findPosition(ladder, key);
  const isOpen = position < ladder.used && ladder.keys[position]! === key;
  const row = isOpen ? ladder.rows[position]! : openLevel(ladder, levels, position, key);
  const tail = levels.tail[row]!;
  orders.levelPrev[slot] = tail;
  orders.levelNext[slot] = -1;
  orders.level[slot] = row;
  orders.isResting[slot] = 1;
  if (tail < 0) levels.head[row] = slot;
  else orders.levelNext[tail] = slot;
  levels.tail[row] = slot;
  levels.orderCount[row] = levels.orderCount[row]! + 1;
  const total = levels.lots[row]! + lots;
  assert(total <= SAFE_MAX, 'a level total is exact');
  levels.lots[row] = total;
  book.updateId += 1;
  return total;
}

/**
 * Takes the order in `slot` off the book, whatever is still open of it; `orders.lots` stays as it is.
 *
 * @returns the level's new total in lots; 0 when the level is gone
 */
export function removeOrder(book: Book, orders: Orders, slot: number): number {
  assert(orders.isResting[slot]! === 1, 'a removed order rests');
  const { levels } = book;
  const row = orders.level[slot]!;
  const previous = orders.levelPrev[slot]!;
  const next = orders.levelNext[slot]!;
  if (previous < 0) levels.head[row] = next;
  else orders.levelNext[previous] = next;
  if (next < 0) levels.tail[row] = previous;
  else orders.levelPrev[next] = previous;
  orders.isResting[slot] = 0;
  book.updateId += 1;
  const count = levels.orderCount[row]! - 1;
  const total = levels.lots[row]! - orders.lots[slot]!;
  levels.orderCount[row] = count;
  levels.lots[row] = total;
  if (count > 0) {
    assert(total > 0, 'a level with orders has lots');
    return total;
  }
  assert(total === 0, 'a level without orders has no lots');
  const side = orders.side[slot]!;
  closeLevel(ladderOf(book, side), levels, keyOf(side, levels.priceTicks[row]!));
  return 0;
}

/**
 * Makes the order in `slot` smaller where it stands; it keeps its priority. The last lots go by {@link removeOrder}.
 *
 * @param byLots lots, above 0 and below what is open
 * @returns the level's new total in lots
 */
export function reduceOrder(book: Book, orders: Orders, slot: number, byLots: number): number {
  const lots = orders.lots[slot]!;
  assert(orders.isResting[slot]! === 1, 'a reduced order rests');
  assert(byLots > 0 && byLots < lots, 'a reduced order keeps some lots');
  const row = orders.level[slot]!;
  orders.lots[slot] = lots - byLots;
  const total = book.levels.lots[row]! - byLots;
  book.levels.lots[row] = total;
  book.updateId += 1;
  return total;
}

/** Lots resting at a price; 0 when there is no such level. */
export function levelLots(book: Book, side: number, priceTicks: number): number {
  const row = findRow(ladderOf(book, side), keyOf(side, priceTicks));
  return row < 0 ? 0 : book.levels.lots[row]!;
}

/** Number of price levels on a side. */
export function levelCount(book: Book, side: number): number {
  return ladderOf(book, side).used;
}

/** The `n`-th level from the best, which is 0. For depth snapshots: it makes an object. */
export function levelAt(book: Book, side: number, n: number): DepthLevel {
  const ladder = ladderOf(book, side);
  assert(n >= 0 && n < ladder.used, 'a level is asked for by a number below levelCount');
  const row = ladder.rows[ladder.used - 1 - n]!;
  return { priceTicks: book.levels.priceTicks[row]!, lots: book.levels.lots[row]! };
}

/**
 * Tells whether a side holds at least `wantAtoms` of notional.
 *
 * @param k quote atoms of one tick times one lot
 * @param wantAtoms quote atoms, below 2^53: sums below it are exact, a rounded sum is above it
 * @returns true when it does. O(levels needed)
 */
export function coveredNotional(book: Book, side: number, k: number, wantAtoms: number): boolean {
  const { rows, used } = ladderOf(book, side);
  const { priceTicks, lots } = book.levels;
  let sumAtoms = 0;
  for (let at = used - 1; at >= 0 && sumAtoms < wantAtoms; at -= 1) {
    const row = rows[at]!;
    sumAtoms += priceTicks[row]! * lots[row]! * k;
  }
  return sumAtoms >= wantAtoms;
}

/**
 * Checks everything that must hold inside a book and between it and its orders. For `verify` mode.
 *
 * @throws AssertionError naming the rule that is broken. O(levels + orders)
 */
export function assertBook(book: Book, orders: Orders): void {
  const { levels, bids, asks } = book;
  assert(bids.used === 0 || isBeyond(asks, bids.keys[bids.used - 1]!), 'INV-07: no book is crossed');
  assert(levels.live === bids.used + asks.used, 'every taken level stands on one ladder');
  let free = 0;
  for (let row = levels.freeHead; row >= 0 && free <= levels.used; row = levels.nextFree[row]!) free += 1;
  assert(free === levels.used - levels.live, 'every free level is on the free list');
  assertLadder(book, orders, 0);
  assertLadder(book, orders, 1);
}

function assertLadder(book: Book, orders: Orders, side: number): void {
  const { keys, rows, used, capacity } = ladderOf(book, side);
  assert(used >= 0 && used <= capacity, 'a ladder keeps its capacity');
  for (let at = 0; at < used; at += 1) {
    const row = rows[at]!;
    assert(at === used - 1 || keys[at]! < keys[at + 1]!, 'keys of a ladder ascend strictly');
    assert(keys[at]! === keyOf(side, book.levels.priceTicks[row]!), 'a level stands under its price');
    assertLevel(book, orders, side, row);
  }
}

function assertLevel(book: Book, orders: Orders, side: number, row: number): void {
  const { levels } = book;
  let count = 0;
  let lots = 0;
  let previous = -1;
  for (let slot = levels.head[row]!; slot >= 0; slot = orders.levelNext[slot]!) {
    assert(count < levels.orderCount[row]!, 'a level has as many orders as it counts');
    assert(orders.isResting[slot]! === 1, 'an order on a level rests');
    assert(orders.level[slot]! === row, 'an order names its level');
    assert(orders.levelPrev[slot]! === previous, 'neighbours on a level name each other');
    assert(orders.side[slot]! === side, 'an order stands on its side');
    assert(orders.priceTicks[slot]! === levels.priceTicks[row]!, 'an order stands at its price');
    assert(orders.market[slot]! === orders.market[levels.head[row]!]!, 'a level holds one market');
    assert(orders.lots[slot]! > 0, 'a resting order has open lots');
    count += 1;
    lots += orders.lots[slot]!;
    previous = slot;
  }
  assert(count > 0, 'no level is empty');
  assert(count === levels.orderCount[row]!, 'a level has as many orders as it counts');
  assert(lots === levels.lots[row]!, 'a level total is the sum of its orders');
  assert(previous === levels.tail[row]!, 'the tail of a level is its newest order');
}

function ladderOf(book: Book, side: number): Ladder {
  return side === 0 ? book.bids : book.asks;
}

/** Ascending towards the best on both sides. */
function keyOf(side: number, priceTicks: number): number {
  return side === 0 ? priceTicks : 0 - priceTicks;
}

/** True when a key of the other side does not reach this ladder's best: bid < ask, as `bid + (-ask) < 0`. */
function isBeyond(ladder: Ladder, otherKey: number): boolean {
  return ladder.used === 0 || ladder.keys[ladder.used - 1]! + otherKey < 0;
}

/** Row of the level with this key; -1 when there is none. */
function findRow(ladder: Ladder, key: number): number {
  const position = findPosition(ladder, key);
  return position < ladder.used && ladder.keys[position]! === key ? ladder.rows[position]! : -1;
}
