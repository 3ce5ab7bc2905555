import { expect, test } from 'vitest';
import { assertBook, type Book, createBook, insertOrder, removeOrder } from './book.ts';
import { createOrders, type Orders, takeOrderSlot } from './orders.ts';

function openSound(): { book: Book; orders: Orders } {
  const orders = createOrders(8);
  const book = createBook(4);
  for (const [side, priceTicks, lots] of [
    [0, 100, 5],
    [0, 100, 6],
    [0, 99, 7],
    [1, 101, 8],
    [1, 102, 9],
    [1, 103, 1],
  ] as const) {
    const slot = takeOrderSlot(orders);
    orders.side[slot] = side;
    orders.priceTicks[slot] = priceTicks;
    orders.lots[slot] = lots;
    insertOrder(book, orders, slot);
  }
  removeOrder(book, orders, 5);
  return { book, orders };
}

type Breaking = readonly [rule: string, breakBook: (book: Book, orders: Orders) => void];

const breakings: readonly Breaking[] = [
  [
    'INV-07: no book is crossed',
    (book) => {
      book.ladders[1].entries[2 * (book.ladders[1].used - 1)] = ~100;
    },
  ],
  [
    'every taken level stands on one ladder',
    (book) => {
      book.ladders[0].used -= 1;
    },
  ],
  [
    'every free level is on the free list',
    (book) => {
      book.levels.freeHead = -1;
    },
  ],
  [
    'every free level is on the free list',
    (book) => {
      book.levels.nextFree[book.levels.freeHead] = book.levels.freeHead;
    },
  ],
  [
    'keys of a ladder ascend strictly',
    (book) => {
      book.ladders[0].entries[0] = 100;
    },
  ],
  [
    'an order stands at its price',
    (book) => {
      book.ladders[0].entries[0] = 98;
    },
  ],
  [
    'an order on a level rests',
    (_book, orders) => {
      orders.isResting[0] = 0;
    },
  ],
  [
    'an order names its level',
    (_book, orders) => {
      orders.links[0] = 3;
    },
  ],
  [
    'neighbours on a level name each other',
    (_book, orders) => {
      orders.links[4 + 1] = -1;
    },
  ],
  [
    'an order stands on its side',
    (_book, orders) => {
      orders.side[2] = 1;
    },
  ],
  [
    'an order stands at its price',
    (_book, orders) => {
      orders.priceTicks[2] = 98;
    },
  ],
  [
    'a level holds one market',
    (_book, orders) => {
      orders.market[1] = 1;
    },
  ],
  [
    'a resting order has open lots',
    (_book, orders) => {
      orders.lots[2] = 0;
    },
  ],
  [
    'a level total is the sum of its orders',
    (_book, orders) => {
      orders.links[2] = -1;
    },
  ],
  [
    'neighbours on a level name each other',
    (_book, orders) => {
      orders.links[4 + 2] = 0;
    },
  ],
  [
    'a level total is the sum of its orders',
    (_book, orders) => {
      orders.lots[0] = 4;
    },
  ],
  [
    'the tail of a level is its newest order',
    (book) => {
      book.levels.ints[4 * book.ladders[0].entries[3]! + 3] = 0;
    },
  ],
  [
    'no level is empty',
    (book) => {
      book.levels.ints[4 * book.ladders[0].entries[3]! + 2] = -1;
    },
  ],
];

test('a sound book passes', () => {
  const { book, orders } = openSound();
  expect(() => assertBook(book, orders)).not.toThrow();
});

test.each(breakings)('a broken book is found: %s', (rule, breakBook) => {
  const { book, orders } = openSound();
  breakBook(book, orders);
  expect(() => assertBook(book, orders)).toThrow(rule);
});
