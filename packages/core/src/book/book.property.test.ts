import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTableFull } from '../table.ts';
import * as plain from './book.reference.ts';
import * as fast from './book.ts';
import { createOrders, type Orders, returnOrderSlot, takeOrderSlot } from './orders.ts';

const LEVELS_PER_SIDE = 12;
const ORDERS_MAX = 80;

/** The two books with a table of orders each, driven in step, and what each said. */
interface Pair {
  readonly fastOrders: Orders;
  readonly plainOrders: Orders;
  readonly fastBook: fast.Book;
  readonly plainBook: plain.ReferenceBook;
  readonly live: number[];
}

function createPair(): Pair {
  return {
    fastOrders: createOrders(ORDERS_MAX),
    plainOrders: createOrders(ORDERS_MAX),
    fastBook: fast.createBook(LEVELS_PER_SIDE),
    plainBook: plain.createBook(LEVELS_PER_SIDE),
    live: [],
  };
}

/** An order that trades with what it crosses and rests with the remainder when there is room. */
function place(pair: Pair, side: number, priceTicks: number, lots: number): void {
  let open = lots;
  while (open > 0) {
    const maker = fast.bestSlot(pair.fastBook, pair.fastOrders, 1 - side);
    expect(maker).toBe(plain.bestSlot(pair.plainBook, pair.plainOrders, 1 - side));
    if (maker < 0) break;
    const makerTicks = fast.bestTicks(pair.fastBook, 1 - side);
    if (side === 0 ? makerTicks > priceTicks : makerTicks < priceTicks) break;
    open -= fillMaker(pair, maker, open);
  }
  if (open > 0 && !isTableFull(pair.fastOrders)) rest(pair, side, priceTicks, open);
}

function fillMaker(pair: Pair, maker: number, open: number): number {
  const makerLots = pair.fastOrders.lots[maker]!;
  expect(makerLots).toBe(pair.plainOrders.lots[maker]!);
  if (makerLots > open) {
    reduce(pair, maker, open);
    return open;
  }
  remove(pair, maker);
  return makerLots;
}

function rest(pair: Pair, side: number, priceTicks: number, lots: number): void {
  const hasRoom = fast.canInsert(pair.fastBook, side, priceTicks);
  expect(hasRoom).toBe(plain.canInsert(pair.plainBook, side, priceTicks));
  if (!hasRoom) return;
  let slot = -1;
  for (const orders of [pair.fastOrders, pair.plainOrders]) {
    slot = takeOrderSlot(orders);
    orders.account[slot] = 0;
    orders.side[slot] = side;
    orders.priceTicks[slot] = priceTicks;
    orders.lots[slot] = lots;
  }
  expect(fast.insertOrder(pair.fastBook, pair.fastOrders, slot)).toBe(plain.insertOrder(pair.plainBook, pair.plainOrders, slot));
  pair.live.push(slot);
}

function remove(pair: Pair, slot: number): void {
  expect(fast.removeOrder(pair.fastBook, pair.fastOrders, slot)).toBe(plain.removeOrder(pair.plainBook, pair.plainOrders, slot));
  returnOrderSlot(pair.fastOrders, slot);
  returnOrderSlot(pair.plainOrders, slot);
  pair.live.splice(pair.live.indexOf(slot), 1);
}

function reduce(pair: Pair, slot: number, byLots: number): void {
  expect(fast.reduceOrder(pair.fastBook, pair.fastOrders, slot, byLots)).toBe(
    plain.reduceOrder(pair.plainBook, pair.plainOrders, slot, byLots),
  );
}

function walkBoth(pair: Pair, side: number): void {
  let slot = fast.bestSlot(pair.fastBook, pair.fastOrders, side);
  let expected = plain.bestSlot(pair.plainBook, pair.plainOrders, side);
  while (slot >= 0) {
    expect(slot).toBe(expected);
    slot = fast.nextSlot(pair.fastBook, pair.fastOrders, slot);
    expected = plain.nextSlot(pair.plainBook, pair.plainOrders, expected);
  }
  expect(expected).toBe(-1);
}

/** Everything the two books can be asked is answered alike. */
function compare(pair: Pair): void {
  fast.assertBook(pair.fastBook, pair.fastOrders);
  expect(pair.fastBook.updateId).toBe(pair.plainBook.updateId);
  for (const side of [0, 1]) {
    expect(fast.bestTicks(pair.fastBook, side)).toBe(plain.bestTicks(pair.plainBook, side));
    const count = plain.levelCount(pair.plainBook, side);
    expect(fast.levelCount(pair.fastBook, side)).toBe(count);
    for (let n = 0; n < count; n += 1) {
      const level = plain.levelAt(pair.plainBook, side, n);
      expect(fast.levelAt(pair.fastBook, side, n)).toEqual(level);
      expect(fast.levelLots(pair.fastBook, side, level.priceTicks)).toBe(level.lots);
    }
    for (const wantAtoms of [1, 500, 5_000, 50_000]) {
      expect(fast.coveredNotional(pair.fastBook, side, 2, wantAtoms)).toBe(plain.coveredNotional(pair.plainBook, side, 2, wantAtoms));
    }
    walkBoth(pair, side);
  }
}

type Step =
  | { readonly kind: 'place'; readonly side: number; readonly priceTicks: number; readonly lots: number }
  | { readonly kind: 'cancel'; readonly pick: number }
  | { readonly kind: 'reduce'; readonly pick: number; readonly part: number };

function apply(pair: Pair, step: Step): void {
  if (step.kind === 'place') {
    place(pair, step.side, step.priceTicks, step.lots);
    return;
  }
  const slot = pair.live[step.pick % Math.max(pair.live.length, 1)];
  if (slot === undefined) return;
  const lots = pair.fastOrders.lots[slot]!;
  if (step.kind === 'cancel') remove(pair, slot);
  else if (lots > 1) reduce(pair, slot, 1 + (step.part % (lots - 1)));
}

const side = fc.integer({ min: 0, max: 1 });
const pick = fc.nat({ max: 1000 });

/** Dense, sparse and extreme prices, so every way of finding a level is taken. */
function stepsWith(priceTicks: fc.Arbitrary<number>): fc.Arbitrary<Step[]> {
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('place' as const), side, priceTicks, lots: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancel' as const), pick }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reduce' as const), pick, part: fc.nat({ max: 40 }) }) },
  );
  return fc.array(step, { minLength: 20, maxLength: 240, size: 'max' });
}

test.each([
  ['dense', fc.integer({ min: 90, max: 110 })],
  ['sparse', fc.integer({ min: 1, max: 400 }).map((step) => step * 977)],
  ['extreme', fc.constantFrom(1, 2, 3, 1000, 2 ** 30, 2 ** 31 - 3, 2 ** 31 - 2, 2 ** 31 - 1)],
])('both books give the same best, depth, order of fills, totals and update ids: %s prices', (_name, priceTicks) => {
  fc.assert(
    fc.property(stepsWith(priceTicks), (steps) => {
      const pair = createPair();
      steps.forEach((step, at) => {
        apply(pair, step);
        if (at % 8 === 0) compare(pair);
      });
      compare(pair);
    }),
    { seed: 20_251_122, numRuns: 60 },
  );
});
