/**
 * Event words as production writes them: the records of `@mochila/protocol`, straight from columns into a preallocated
 * buffer. `matching-events.test.ts` reads them back with the codec.
 */
import { type Orders, orderIdOf } from '@mochila/core';
import { events, measureRecord, recordHeader } from '@mochila/protocol';

/** A buffer of event words; `at` is where the next record begins. */
export interface EventBuffer {
  readonly words: Float64Array;
  at: number;
}

const ACCEPTED_HEADER = recordHeader(events.orderAccepted.code, measureRecord(events.orderAccepted, events.orderAccepted.defaults));
const CANCELLED_HEADER = recordHeader(events.orderCancelled.code, measureRecord(events.orderCancelled, events.orderCancelled.defaults));
const FILL_HEADER = recordHeader(events.fill.code, measureRecord(events.fill, events.fill.defaults));
const LEVEL_HEADER = recordHeader(events.levelChanged.code, measureRecord(events.levelChanged, events.levelChanged.defaults));
const ORDER_WORDS = 34;
const FILL_WORDS = 21;
const LEVEL_WORDS = 6;

/** Longest event of this file, in words. */
export const EVENT_WORDS_MAX = ORDER_WORDS;

/** Empty buffer of `capacity` words. */
export function createEventBuffer(capacity: number): EventBuffer {
  return { words: new Float64Array(capacity), at: 0 };
}

/** Writes `orderAccepted` for the order in `slot`. */
export function writeAccepted(buffer: EventBuffer, orders: Orders, slot: number): void {
  writeOrder(buffer, orders, slot, ACCEPTED_HEADER, 0);
}

/** Writes `orderCancelled` for the order in `slot`. */
export function writeCancelled(buffer: EventBuffer, orders: Orders, slot: number): void {
  writeOrder(buffer, orders, slot, CANCELLED_HEADER, 3);
}

function writeOrder(buffer: EventBuffer, orders: Orders, slot: number, header: number, status: number): void {
  const { words, at } = buffer;
  const kind = orders.kind[slot]!;
  const flags = orders.flags[slot]!;
  words[at] = header;
  words[at + 1] = orders.account[slot]!;
  words[at + 2] = orders.market[slot]!;
  words[at + 3] = orderIdOf(orders, slot);
  words[at + 4] = orders.clientId[slot]!;
  words[at + 5] = orders.side[slot]!;
  words[at + 6] = kind & 1;
  words[at + 7] = (kind >> 1) & 3;
  words[at + 8] = flags & 1;
  words[at + 9] = (flags >> 1) & 1;
  words[at + 10] = kind >> 3;
  words[at + 11] = orders.priceTicks[slot]!;
  words[at + 12] = orders.totalLots[slot]!;
  words[at + 13] = orders.quoteAtoms[slot]!;
  words[at + 14] = orders.executedLots[slot]!;
  words[at + 15] = orders.executedQuoteAtoms[slot]!;
  words[at + 16] = status;
  words[at + 17] = 0;
  words[at + 18] = orders.createdAtMicros[slot]!;
  for (let field = 19; field < 33; field += 1) words[at + field] = 0;
  words[at + 33] = orders.origin[slot]!;
  buffer.at = at + ORDER_WORDS;
}

/**
 * Writes `fill`: the taker in slot `taker` took `lots` of the maker in slot `maker`, whose executed figures are already
 * after it; the taker's are given.
 */
export function writeFill(
  buffer: EventBuffer,
  orders: Orders,
  maker: number,
  taker: number,
  lots: number,
  priceTicks: number,
  takerSide: number,
  tradeId: number,
  takerExecutedLots: number,
  takerExecutedQuoteAtoms: number,
): void {
  const { words, at } = buffer;
  const makerExecutedLots = orders.executedLots[maker]!;
  words[at] = FILL_HEADER;
  words[at + 1] = orders.market[taker]!;
  words[at + 2] = tradeId;
  words[at + 3] = priceTicks;
  words[at + 4] = lots;
  words[at + 5] = takerSide;
  words[at + 6] = orderIdOf(orders, taker);
  words[at + 7] = orderIdOf(orders, maker);
  words[at + 8] = orders.account[taker]!;
  words[at + 9] = orders.account[maker]!;
  words[at + 10] = 0;
  words[at + 11] = 0;
  words[at + 12] = takerExecutedLots;
  words[at + 13] = takerExecutedQuoteAtoms;
  words[at + 14] = makerExecutedLots;
  words[at + 15] = orders.executedQuoteAtoms[maker]!;
  words[at + 16] = makerExecutedLots === orders.totalLots[maker]! ? 1 : 0;
  words[at + 17] = takerExecutedLots === orders.totalLots[taker]! ? 1 : 0;
  words[at + 18] = orders.clientId[taker]!;
  words[at + 19] = orders.clientId[maker]!;
  words[at + 20] = orders.origin[taker]!;
  buffer.at = at + FILL_WORDS;
}

/** Writes `levelChanged`. */
export function writeLevel(buffer: EventBuffer, market: number, side: number, priceTicks: number, lots: number, updateId: number): void {
  const { words, at } = buffer;
  words[at] = LEVEL_HEADER;
  words[at + 1] = market;
  words[at + 2] = side;
  words[at + 3] = priceTicks;
  words[at + 4] = lots;
  words[at + 5] = updateId;
  buffer.at = at + LEVEL_WORDS;
}
