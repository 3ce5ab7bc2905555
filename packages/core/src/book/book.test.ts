import { describe, expect, test } from 'vitest';
import * as reference from './book.reference.ts';
import * as book from './book.ts';
import { createOrders, type Orders, takeOrderSlot } from './orders.ts';

const BID = 0;
const ASK = 1;

interface BookApi<B> {
  createBook(levelsPerSide: number): B;
  bestTicks(book: B, side: number): number;
  bestSlot(book: B, orders: Orders, side: number): number;
  nextSlot(book: B, orders: Orders, slot: number): number;
  canInsert(book: B, side: number, priceTicks: number): boolean;
  insertOrder(book: B, orders: Orders, slot: number): number;
  removeOrder(book: B, orders: Orders, slot: number): number;
  reduceOrder(book: B, orders: Orders, slot: number, byLots: number): number;
  levelLots(book: B, side: number, priceTicks: number): number;
  levelCount(book: B, side: number): number;
  levelAt(book: B, side: number, n: number): book.DepthLevel;
  coveredNotional(book: B, side: number, k: number, wantAtoms: number): boolean;
}

describeBook('book', book, (tested, orders) => book.assertBook(tested, orders));
describeBook('reference book', reference, () => undefined);

/** The suite both implementations pass. */
function describeBook<B extends { updateId: number }>(name: string, api: BookApi<B>, verify: (book: B, orders: Orders) => void): void {
  function open(levelsPerSide = 8) {
    const orders = createOrders(300);
    const tested = api.createBook(levelsPerSide);
    const prepare = (side: number, priceTicks: number, lots: number): number => {
      const slot = takeOrderSlot(orders);
      orders.side[slot] = side;
      orders.priceTicks[slot] = priceTicks;
      orders.lots[slot] = lots;
      return slot;
    };
    const add = (side: number, priceTicks: number, lots: number): number => {
      const slot = prepare(side, priceTicks, lots);
      api.insertOrder(tested, orders, slot);
      verify(tested, orders);
      return slot;
    };
    const walk = (side: number): number[] => {
      const slots: number[] = [];
      for (let slot = api.bestSlot(tested, orders, side); slot >= 0; slot = api.nextSlot(tested, orders, slot)) slots.push(slot);
      return slots;
    };
    return { orders, tested, prepare, add, walk };
  }

  describe(name, () => {
    test('an empty book has no best, no levels and covers nothing but zero', () => {
      const { tested, orders } = open();
      for (const side of [BID, ASK]) {
        expect(api.bestTicks(tested, side)).toBe(0);
        expect(api.bestSlot(tested, orders, side)).toBe(-1);
        expect(api.levelCount(tested, side)).toBe(0);
        expect(api.levelLots(tested, side, 100)).toBe(0);
        expect(api.coveredNotional(tested, side, 1, 1)).toBe(false);
        expect(api.coveredNotional(tested, side, 1, 0)).toBe(true);
      }
    });

    test('the best bid is the highest and the best ask the lowest, whatever the order of arrival', () => {
      const { tested, add } = open();
      for (const price of [98, 100, 97, 99]) add(BID, price, 1);
      for (const price of [103, 101, 104, 102]) add(ASK, price, 1);
      expect(api.bestTicks(tested, BID)).toBe(100);
      expect(api.bestTicks(tested, ASK)).toBe(101);
      expect([0, 1, 2, 3].map((n) => api.levelAt(tested, BID, n).priceTicks)).toEqual([100, 99, 98, 97]);
      expect([0, 1, 2, 3].map((n) => api.levelAt(tested, ASK, n).priceTicks)).toEqual([101, 102, 103, 104]);
    });

    test('the walk goes by price, then by time', () => {
      const { add, walk } = open();
      const [far, first, second] = [add(ASK, 105, 1), add(ASK, 103, 1), add(ASK, 103, 1)];
      const best = add(ASK, 101, 1);
      expect(walk(ASK)).toEqual([best, first, second, far]);
      expect(walk(BID)).toEqual([]);
    });

    test('each change returns the new total of its level and counts one update', () => {
      const { tested, orders, prepare } = open();
      const [first, second] = [prepare(BID, 50, 10), prepare(BID, 50, 5)];
      expect(api.insertOrder(tested, orders, first)).toBe(10);
      expect(api.insertOrder(tested, orders, second)).toBe(15);
      expect(api.reduceOrder(tested, orders, first, 4)).toBe(11);
      expect(orders.lots[first]).toBe(6);
      expect(api.removeOrder(tested, orders, second)).toBe(6);
      expect(api.removeOrder(tested, orders, first)).toBe(0);
      expect(tested.updateId).toBe(5);
      expect(orders.isResting[first]).toBe(0);
      expect(orders.lots[first]).toBe(6);
      verify(tested, orders);
    });

    test('a reduced order keeps its place in time', () => {
      const { tested, orders, add, walk } = open();
      const [first, second] = [add(BID, 50, 10), add(BID, 50, 5)];
      api.reduceOrder(tested, orders, first, 9);
      expect(walk(BID)).toEqual([first, second]);
    });

    test('orders leave from the front, the middle and the back of a level', () => {
      for (const leaving of [0, 1, 2]) {
        const { tested, orders, add, walk } = open();
        const slots = [add(ASK, 7, 1), add(ASK, 7, 2), add(ASK, 7, 4)];
        api.removeOrder(tested, orders, slots[leaving]!);
        verify(tested, orders);
        expect(walk(ASK)).toEqual(slots.filter((_, at) => at !== leaving));
        expect(api.levelLots(tested, ASK, 7)).toBe(7 - 2 ** leaving);
      }
    });

    test('a level that empties is gone and its room is used again', () => {
      const { tested, orders, add } = open(2);
      const worst = add(BID, 10, 1);
      add(BID, 11, 1);
      expect(api.canInsert(tested, BID, 12)).toBe(false);
      expect(api.canInsert(tested, BID, 10)).toBe(true);
      expect(api.canInsert(tested, ASK, 12)).toBe(true);
      api.removeOrder(tested, orders, worst);
      expect(api.levelCount(tested, BID)).toBe(1);
      expect(api.canInsert(tested, BID, 12)).toBe(true);
      add(BID, 12, 3);
      expect(api.bestTicks(tested, BID)).toBe(12);
    });

    test('an order that returns to the book stands last', () => {
      const { tested, orders, add, walk } = open();
      const [first, second] = [add(BID, 50, 1), add(BID, 50, 1)];
      api.removeOrder(tested, orders, first);
      api.insertOrder(tested, orders, first);
      expect(walk(BID)).toEqual([second, first]);
    });

    test('covered notional counts price, lots and k over as many levels as needed', () => {
      const { tested, add } = open();
      add(BID, 100, 2);
      add(BID, 90, 1);
      expect(api.coveredNotional(tested, BID, 10, 2000)).toBe(true);
      expect(api.coveredNotional(tested, BID, 10, 2900)).toBe(true);
      expect(api.coveredNotional(tested, BID, 10, 2901)).toBe(false);
    });

    test('covered notional holds for sums beyond 2^53', () => {
      const { tested, add } = open();
      add(ASK, 2_000_000_000, 2 ** 40);
      expect(api.coveredNotional(tested, ASK, 10_000, Number.MAX_SAFE_INTEGER)).toBe(true);
    });

    test('hundreds of levels open and close in any order', () => {
      for (const side of [BID, ASK]) {
        const { tested, orders, add, walk } = open(300);
        const slots = Array.from({ length: 300 }, (_, at) => add(side, 1 + ((at * 7919) % 300), 1));
        const best = Array.from({ length: 300 }, (_, n) => api.levelAt(tested, side, n).priceTicks);
        expect(best).toEqual(Array.from({ length: 300 }, (_, n) => (side === BID ? 300 - n : 1 + n)));
        for (let at = 0; at < 300; at += 1) {
          api.removeOrder(tested, orders, slots[(at * 271) % 300]!);
          verify(tested, orders);
          expect(api.levelCount(tested, side)).toBe(299 - at);
        }
        expect(walk(side)).toEqual([]);
      }
    });

    test('prices reach the whole of Int32 on both sides', () => {
      const { tested, add } = open();
      add(BID, 1, 1);
      add(BID, 2 ** 31 - 2, 1);
      add(ASK, 2 ** 31 - 1, 1);
      expect(api.bestTicks(tested, BID)).toBe(2 ** 31 - 2);
      expect(api.bestTicks(tested, ASK)).toBe(2 ** 31 - 1);
      expect(api.levelLots(tested, BID, 1)).toBe(1);
    });

    test('broken use halts', () => {
      const { tested, orders, prepare, add } = open(1);
      const bid = add(BID, 100, 5);
      expect(() => add(ASK, 100, 1)).toThrow('INV-07');
      expect(() => add(BID, 101, 1)).toThrow('before the point of no return');
      expect(() => add(BID, 100, 0)).toThrow('open lots');
      expect(() => add(BID, 0, 1)).toThrow('has a price');
      expect(() => api.insertOrder(tested, orders, bid)).toThrow('rests once');
      expect(() => api.reduceOrder(tested, orders, bid, 5)).toThrow('keeps some lots');
      expect(() => api.levelAt(tested, BID, 1)).toThrow('below levelCount');
      const ask = prepare(ASK, 101, 1);
      expect(() => api.removeOrder(tested, orders, ask)).toThrow('a removed order rests');
      expect(() => api.reduceOrder(tested, orders, ask, 1)).toThrow('a reduced order rests');
    });
  });
}
