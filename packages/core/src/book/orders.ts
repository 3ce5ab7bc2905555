/**
 * Orders: every open order of the venue, resting or waiting for its trigger. A public order id is
 * `generation * capacity + slot`, so finding an order needs no lookup table and an old id never names a new order.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | generation | Float64 | uses of this slot so far, from 1 | never used |
 * | account, market | Int32 | AccountIx, MarketIx; account -1 when the slot is free | |
 * | positionRow | Int32 | RowIx in positions | |
 * | side | Uint8 | Side | Bid |
 * | flags | Int32 | OrderFlag bits | none |
 * | kind | Uint8 | OrderKind + 2 * TimeInForce + 8 * SelfTradePrevention | GTC limit |
 * | origin | Uint8 | OrderOrigin | User |
 * | isResting | Uint8 | 1 while it stands on the book | |
 * | priceTicks | Int32 | Ticks; 0 market | |
 * | lots | Float64 | Lots still open | filled |
 * | totalLots | Float64 | Lots at acceptance, shrinking included | by quote |
 * | quoteAtoms | Float64 | size of a market order by quote | by quantity |
 * | executedLots, executedQuoteAtoms | Float64 | so far | |
 * | clientId | Float64 | u32; -1 none | |
 * | createdAtMicros | Float64 | UnixMicros | |
 * | holdFeePpm | Int32 | taker fee inside a spot bid's hold | |
 * | holdAtoms | Float64 | what this order holds of the asset it pays with | none |
 * | links | Int32, four a row | level of the book it rests on, the orders before and after it in time priority (-1 none), unused | |
 * | accountPrev, accountNext | Int32 | neighbours among the account's orders in this market, oldest first; -1 none | |
 * | trigger | Int32 | RowIx in triggers: own trigger, or attached take-profit and stop-loss; -1 none | |
 */
import { SYSTEM_ORDER_SLOTS } from '../limits.ts';
import { createTable, returnRow, type Table, takeRow } from '../table.ts';

/** The table of orders. */
export interface Orders extends Table {
  readonly generation: Float64Array;
  readonly account: Int32Array;
  readonly market: Int32Array;
  readonly positionRow: Int32Array;
  readonly side: Uint8Array;
  readonly flags: Int32Array;
  readonly kind: Uint8Array;
  readonly origin: Uint8Array;
  readonly isResting: Uint8Array;
  readonly priceTicks: Int32Array;
  readonly lots: Float64Array;
  readonly totalLots: Float64Array;
  readonly quoteAtoms: Float64Array;
  readonly executedLots: Float64Array;
  readonly executedQuoteAtoms: Float64Array;
  readonly clientId: Float64Array;
  readonly createdAtMicros: Float64Array;
  readonly holdFeePpm: Int32Array;
  readonly holdAtoms: Float64Array;
  /** Sixteen bytes a row: the book follows and writes them together. */
  readonly links: Int32Array;
  readonly accountPrev: Int32Array;
  readonly accountNext: Int32Array;
  readonly trigger: Int32Array;
}

/** Makes an empty table. @param capacity - rows. */
export function createOrders(capacity: number): Orders {
  return {
    ...createTable(capacity),
    generation: new Float64Array(capacity),
    account: new Int32Array(capacity).fill(-1),
    market: new Int32Array(capacity),
    positionRow: new Int32Array(capacity),
    side: new Uint8Array(capacity),
    flags: new Int32Array(capacity),
    kind: new Uint8Array(capacity),
    origin: new Uint8Array(capacity),
    isResting: new Uint8Array(capacity),
    priceTicks: new Int32Array(capacity),
    lots: new Float64Array(capacity),
    totalLots: new Float64Array(capacity),
    quoteAtoms: new Float64Array(capacity),
    executedLots: new Float64Array(capacity),
    executedQuoteAtoms: new Float64Array(capacity),
    clientId: new Float64Array(capacity),
    createdAtMicros: new Float64Array(capacity),
    holdFeePpm: new Int32Array(capacity),
    holdAtoms: new Float64Array(capacity),
    links: new Int32Array(4 * capacity),
    accountPrev: new Int32Array(capacity),
    accountNext: new Int32Array(capacity),
    trigger: new Int32Array(capacity),
  };
}

/** True when no slot is left for orders of people; the last ones are the system's (forced transfers, slices). */
export function isFullForPeople(orders: Orders): boolean {
  return orders.capacity - orders.live <= SYSTEM_ORDER_SLOTS;
}

/** Takes a slot for a new order and starts its next generation. */
export function takeOrderSlot(orders: Orders): number {
  const slot = takeRow(orders);
  orders.generation[slot] = orders.generation[slot]! + 1;
  return slot;
}

/** Frees the slot of an order that ended. */
export function returnOrderSlot(orders: Orders, slot: number): void {
  orders.account[slot] = -1;
  returnRow(orders, slot);
}

/** Public id of the order in `slot`. */
export function orderIdOf(orders: Orders, slot: number): number {
  return orders.generation[slot]! * orders.capacity + slot;
}

/**
 * Slot of a public id, or -1 when that order is not open any more. O(1).
 *
 * The slot is the id modulo the capacity; whether the id is the one that slot has now also tells numbers that are no ids.
 */
export function orderSlotOf(orders: Orders, orderId: number): number {
  const { capacity } = orders;
  // Both give an integer to the machine too: a double kept in a table's bookkeeping would change the form of every table (V8
  // then runs what reads the tables unoptimised: 2,000 deoptimisations in 600,000 orders, Node 24.21, 2026-11-22).
  const slot = (capacity & (capacity - 1)) === 0 ? orderId & (capacity - 1) : (orderId % capacity) | 0;
  if (slot < 0 || slot >= orders.used || orders.account[slot]! < 0) return -1;
  return orders.generation[slot]! * capacity + slot === orderId ? slot : -1;
}
