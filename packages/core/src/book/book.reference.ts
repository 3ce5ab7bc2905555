/**
 * The specification of the book, in the plainest form: a list of what rests, oldest first, sorted anew for each
 * question. Same functions as `book.ts`; both pass the same suite and agree on every answer under random use.
 */
import { assert } from '@mochila/units';
import type { DepthLevel } from './book.ts';
import type { Orders } from './orders.ts';

interface Resting {
  readonly slot: number;
  readonly side: number;
  readonly priceTicks: number;
  lots: number;
}

/** One market's book as a list in order of arrival. */
export interface ReferenceBook {
  updateId: number;
  readonly levelsPerSide: number;
  readonly resting: Resting[];
}

/** Empty book. */
export function createBook(levelsPerSide: number): ReferenceBook {
  return { updateId: 0, levelsPerSide, resting: [] };
}

/** Best price of a side in ticks; 0 when the side is empty. */
export function bestTicks(book: ReferenceBook, side: number): number {
  return queue(book, side)[0]?.priceTicks ?? 0;
}

/** Slot of the order first in price-time priority; -1 when the side is empty. */
export function bestSlot(book: ReferenceBook, _orders: Orders, side: number): number {
  return queue(book, side)[0]?.slot ?? -1;
}

/** Slot of the order after this one in price-time priority on its side; -1 after the last. */
export function nextSlot(book: ReferenceBook, orders: Orders, slot: number): number {
  const line = queue(book, orders.side[slot]!);
  const at = line.findIndex((resting) => resting.slot === slot);
  assert(at >= 0, 'the walk starts from a resting order');
  return line[at + 1]?.slot ?? -1;
}

/** True when an order at this price finds room. */
export function canInsert(book: ReferenceBook, side: number, priceTicks: number): boolean {
  const prices = levelPrices(book, side);
  return prices.includes(priceTicks) || prices.length < book.levelsPerSide;
}

/** Puts an order last in time. @returns the level's new total in lots */
export function insertOrder(book: ReferenceBook, orders: Orders, slot: number): number {
  const side = orders.side[slot]!;
  const priceTicks = orders.priceTicks[slot]!;
  const lots = orders.lots[slot]!;
  const across = bestTicks(book, 1 - side);
  assert(orders.isResting[slot]! === 0, 'an order rests once');
  assert(lots > 0, 'a resting order has open lots');
  assert(priceTicks > 0, 'a resting order has a price');
  assert(across === 0 || (side === 0 ? priceTicks < across : priceTicks > across), 'INV-07: no book is crossed');
  assert(canInsert(book, side, priceTicks), 'a ladder is asked for a level before the point of no return');
  book.resting.push({ slot, side, priceTicks, lots });
  orders.isResting[slot] = 1;
  book.updateId += 1;
  return levelLots(book, side, priceTicks);
}

/** Takes an order off the book. @returns the level's new total in lots */
export function removeOrder(book: ReferenceBook, orders: Orders, slot: number): number {
  const at = book.resting.findIndex((resting) => resting.slot === slot);
  assert(at >= 0, 'a removed order rests');
  book.resting.splice(at, 1);
  orders.isResting[slot] = 0;
  book.updateId += 1;
  return levelLots(book, orders.side[slot]!, orders.priceTicks[slot]!);
}

/** Makes an order smaller where it stands. @returns the level's new total in lots */
export function reduceOrder(book: ReferenceBook, orders: Orders, slot: number, byLots: number): number {
  const order = book.resting.find((resting) => resting.slot === slot);
  assert(order !== undefined, 'a reduced order rests');
  assert(byLots > 0 && byLots < order.lots, 'a reduced order keeps some lots');
  order.lots -= byLots;
  orders.lots[slot] = order.lots;
  book.updateId += 1;
  return levelLots(book, order.side, order.priceTicks);
}

/** Lots resting at a price; 0 when there is no such level. */
export function levelLots(book: ReferenceBook, side: number, priceTicks: number): number {
  const level = book.resting.filter((resting) => resting.side === side && resting.priceTicks === priceTicks);
  return level.reduce((sum, { lots }) => sum + lots, 0);
}

/** Number of price levels on a side. */
export function levelCount(book: ReferenceBook, side: number): number {
  return levelPrices(book, side).length;
}

/** The `n`-th level from the best, which is 0. */
export function levelAt(book: ReferenceBook, side: number, n: number): DepthLevel {
  const priceTicks = levelPrices(book, side)[n];
  assert(priceTicks !== undefined, 'a level is asked for by a number below levelCount');
  return { priceTicks, lots: levelLots(book, side, priceTicks) };
}

/** Tells whether a side holds at least `wantAtoms` of notional. */
export function coveredNotional(book: ReferenceBook, side: number, k: number, wantAtoms: number): boolean {
  const line = queue(book, side);
  return line.reduce((sum, { priceTicks, lots }) => sum + priceTicks * lots * k, 0) >= wantAtoms;
}

/** Price-time priority: better price first; `sort` keeps the order of arrival within a price. */
function queue(book: ReferenceBook, side: number): Resting[] {
  const line = book.resting.filter((resting) => resting.side === side);
  return line.sort((a, b) => (side === 0 ? b.priceTicks - a.priceTicks : a.priceTicks - b.priceTicks));
}

function levelPrices(book: ReferenceBook, side: number): number[] {
  return [...new Set(queue(book, side).map((resting) => resting.priceTicks))];
}
