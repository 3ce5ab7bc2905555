import { Side } from '@mochila/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { takeOrderSlot } from '../book/orders.ts';
import { createState } from '../create-state.ts';
import { dropOrder, linkOrder, restOrder, shrinkResting, unrestOrder } from '../matching/open-orders.ts';
import type { State } from '../state.ts';
import { smallGenesis } from '../testing/small-genesis.ts';
import { forgetOrderLoss, restingOrderLoss } from './order-loss.ts';
import { ensurePosition } from './position-rows.ts';

const MARKET = 4;
const ACCOUNT = 0;

function addOrder(state: State, side: number, priceTicks: number, lots: number): number {
  const { orders } = state;
  const slot = takeOrderSlot(orders);
  orders.account[slot] = ACCOUNT;
  orders.market[slot] = MARKET;
  orders.positionRow[slot] = ensurePosition(state, ACCOUNT, MARKET);
  orders.side[slot] = side;
  orders.priceTicks[slot] = priceTicks;
  orders.lots[slot] = lots;
  orders.trigger[slot] = -1;
  linkOrder(state, slot);
  restOrder(state, state.markets[MARKET]!, slot);
  return slot;
}

/** Order by order, as the rules say it. */
function plainLoss(state: State, slots: readonly number[], price: number): number {
  const { tickSize, lotSize } = state.markets[MARKET]!;
  const { orders } = state;
  return slots.reduce((sum, slot) => {
    const orderPrice = orders.priceTicks[slot]! * tickSize;
    const perUnit = orders.side[slot] === Side.Bid ? orderPrice - price : price - orderPrice;
    return sum + Math.max(0, perUnit) * orders.lots[slot]! * lotSize;
  }, 0);
}

const step = fc.record({
  act: fc.nat(3),
  side: fc.nat(1),
  away: fc.nat(20),
  lots: fc.integer({ min: 2, max: 1e6 }),
  pick: fc.nat(50),
  price: fc.nat(2),
});

it('is the sum over the orders, and the same to the last bit whatever was asked before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const state = createState(smallGenesis());
      const market = state.markets[MARKET]!;
      const row = ensurePosition(state, ACCOUNT, MARKET);
      const slots: number[] = [];
      for (const { act, side, away, lots, pick, price } of steps) {
        const slot = slots[pick % Math.max(1, slots.length)];
        if (slot === undefined || act <= 1) slots.push(addOrder(state, side, side === Side.Bid ? 1_000 - away : 1_001 + away, lots));
        else if (act === 2) {
          unrestOrder(state, market, slot);
          dropOrder(state, slot);
          slots.splice(slots.indexOf(slot), 1);
        } else if (state.orders.lots[slot]! > 1) shrinkResting(state, market, slot, 1);
        market.price.markTicks = 990 + 10 * (pick % 2);
        const usd = (990 + 10 * price) * market.tickSize;
        const kept = restingOrderLoss(state, market, row, usd);
        forgetOrderLoss(state, row);
        expect(restingOrderLoss(state, market, row, usd)).toBe(kept);
        expect(kept).toBeCloseTo(plainLoss(state, slots, usd), 6);
      }
    }),
    { numRuns: 100, seed: 30_101 },
  );
});

it('keeps nothing where sums would not be exact', () => {
  const state = createState(smallGenesis());
  const market = state.markets[MARKET]!;
  const row = ensurePosition(state, ACCOUNT, MARKET);
  const usd = 1;
  for (let at = 0; at < 3; at += 1) addOrder(state, Side.Bid, 1_000_000 + at, 2 ** 32);
  expect(restingOrderLoss(state, market, row, usd)).toBeGreaterThan(0);
  expect(state.scratch.orderLoss.words.every(Number.isNaN)).toBe(false);
  expect(state.scratch.orderLoss.words[row * 8 + 4]).toBeNaN();
});
