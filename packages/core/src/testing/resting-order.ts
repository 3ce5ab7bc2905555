/** Orders put straight onto a book, for tests of what reads one: no margin, no hold, no account behind them. */
import { insertOrder, removeOrder } from '../book/book.ts';
import { returnOrderSlot, takeOrderSlot } from '../book/orders.ts';
import type { State } from '../state.ts';

/** Rests an order; returns its slot. */
export function restOrder(state: State, market: number, side: number, priceTicks: number, lots: number): number {
  const { orders } = state;
  const slot = takeOrderSlot(orders);
  orders.account[slot] = 0;
  orders.market[slot] = market;
  orders.side[slot] = side;
  orders.priceTicks[slot] = priceTicks;
  orders.lots[slot] = lots;
  orders.totalLots[slot] = lots;
  insertOrder(state.markets[market]!.book, orders, slot);
  return slot;
}

/** Takes it away again. */
export function unrestOrder(state: State, slot: number): void {
  removeOrder(state.markets[state.orders.market[slot]!]!.book, state.orders, slot);
  returnOrderSlot(state.orders, slot);
}
