import { expect, test } from 'vitest';
import { createOrders, orderIdOf, orderSlotOf, returnOrderSlot, takeOrderSlot } from './orders.ts';

test.each([8, 10])('an id finds its order while it is open, and nothing else does: %i slots', (capacity) => {
  const orders = createOrders(capacity);
  const open = (): number => {
    const slot = takeOrderSlot(orders);
    orders.account[slot] = 3;
    return slot;
  };
  const [first, second] = [open(), open()];
  const firstId = orderIdOf(orders, first);
  expect(orderSlotOf(orders, firstId)).toBe(first);
  expect(orderSlotOf(orders, orderIdOf(orders, second))).toBe(second);
  returnOrderSlot(orders, first);
  expect(orderSlotOf(orders, firstId)).toBe(-1);
  expect(open()).toBe(first);
  expect(orderSlotOf(orders, firstId)).toBe(-1);
  expect(orderSlotOf(orders, firstId + capacity)).toBe(first);
  const noIds = [
    0,
    -0,
    1,
    -capacity,
    first,
    firstId + 2 * capacity,
    -firstId,
    firstId + 0.5,
    2 ** 53 + firstId,
    1e300,
    Number.NaN,
    Infinity,
  ];
  for (const id of [...noIds, -Infinity, capacity + second + 1]) expect(orderSlotOf(orders, id)).toBe(-1);
});
