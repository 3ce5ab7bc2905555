/**
 * Our book with a plain matching loop around it: what the engine does for an order without money, risk and what its owner
 * is told. Orders are found by public id, every trade and every change of a level is written as production writes it.
 */
import {
  type Book,
  bestSlot,
  bestTicks,
  createBook,
  createOrders,
  insertOrder,
  type Orders,
  orderIdOf,
  orderSlotOf,
  reduceOrder,
  removeOrder,
  returnOrderSlot,
  takeOrderSlot,
} from '@mochila/core';
import type { Contender, Tally } from './matching-contender.ts';
import {
  createEventBuffer,
  EVENT_WORDS_MAX,
  type EventBuffer,
  writeAccepted,
  writeCancelled,
  writeFill,
  writeLevel,
} from './matching-events.ts';
import { type Stream, StreamKind } from './stream.ts';

/** The parts of the bare matching engine. */
export interface MatchingEngine extends Contender {
  readonly orders: Orders;
  readonly book: Book;
  readonly buffer: EventBuffer;
}

/** Room for the events of one command: the buffer starts again with each, as the engine's does. */
const BUFFER_WORDS = 4096 * EVENT_WORDS_MAX;
const MARKET = 0;
/** Commands come as records of 32 bytes, as from a ring: five integers (kind, side, price, lots, account), then a double. */
const COMMAND_INTS = 8;
/** The id of the order to cancel, among the doubles of a record. */
const ORDER_ID = 3;

/** Commands, and the same memory as doubles. */
interface Commands {
  readonly ints: Int32Array;
  readonly words: Float64Array;
}

/** What runs the commands of a stream. */
interface Parts {
  readonly orders: Orders;
  readonly book: Book;
  readonly buffer: EventBuffer;
  readonly tally: Tally;
}

/**
 * Puts our book in front of a stream.
 *
 * @param isTellingOwners - orders accepted and cancelled are written too, 34 words each, as the owner of an order is told
 */
export function createMatchingEngine(stream: Stream, isTellingOwners = false): MatchingEngine {
  const { orders, book, buffer, tally } = createParts(stream);
  const { ints, words } = packCommands(stream);
  const answer = new Float64Array(1);
  return {
    name: 'mochila book',
    tally,
    orders,
    book,
    buffer,
    run(from, to) {
      for (let at = from; at < to; at += 1) {
        buffer.at = 0;
        const command = at * COMMAND_INTS;
        if (ints[command] === StreamKind.Cancel) cancel(book, orders, buffer, words[at * 4 + ORDER_ID]!, isTellingOwners);
        else answer[0] = place(book, orders, buffer, ints, command, tally, isTellingOwners);
      }
    },
  };
}

function createParts({ shape }: Stream): Parts {
  // An integer to the machine too: `2 ** n` is a double, and would give this table a form of its own.
  const capacity = (2 ** Math.ceil(Math.log2(shape.liveOrders * 1.2))) | 0;
  return {
    orders: createOrders(capacity),
    book: createBook(2 ** 18),
    buffer: createEventBuffer(BUFFER_WORDS),
    tally: { trades: 0, lots: 0, notional: 0 },
  };
}

/** Cancels name their order by its id, which a client knows from an answer: here from a run beforehand. */
function packCommands(stream: Stream): Commands {
  const words = new Float64Array((stream.count * COMMAND_INTS) / 2);
  const ints = new Int32Array(words.buffer);
  const { kind, side, priceTicks, lots, account, target } = stream;
  for (let at = 0; at < stream.count; at += 1) {
    const command = at * COMMAND_INTS;
    ints[command] = kind[at]!;
    ints[command + 1] = side[at]!;
    ints[command + 2] = priceTicks[at]!;
    ints[command + 3] = lots[at]!;
    ints[command + 4] = account[at]!;
  }
  const { orders, book, buffer, tally } = createParts(stream);
  const answers = new Float64Array(stream.count);
  for (let at = 0; at < stream.count; at += 1) {
    buffer.at = 0;
    const orderId = answers[target[at]!]!;
    if (kind[at] !== StreamKind.Cancel) answers[at] = place(book, orders, buffer, ints, at * COMMAND_INTS, tally, false);
    else cancel(book, orders, buffer, orderId, false);
    words[at * 4 + ORDER_ID] = orderId;
  }
  return { ints, words };
}

function cancel(book: Book, orders: Orders, buffer: EventBuffer, orderId: number, isTellingOwners: boolean): void {
  const slot = orderSlotOf(orders, orderId);
  if (slot < 0) throw new Error(`the stream cancels order ${orderId}, which is not open`);
  const total = removeOrder(book, orders, slot);
  if (isTellingOwners === true) writeCancelled(buffer, orders, slot);
  writeLevel(buffer, MARKET, orders.side[slot]!, orders.priceTicks[slot]!, total, book.updateId);
  returnOrderSlot(orders, slot);
}

function place(
  book: Book,
  orders: Orders,
  buffer: EventBuffer,
  commands: Int32Array,
  command: number,
  tally: Tally,
  isTellingOwners: boolean,
): number {
  const slot = takeOrderSlot(orders);
  accept(orders, slot, commands, command);
  if (isTellingOwners === true) acceptForOwner(orders, slot, commands, command, buffer);
  match(book, orders, buffer, slot, tally);
  const orderId = orderIdOf(orders, slot);
  if (orders.lots[slot]! === 0) {
    returnOrderSlot(orders, slot);
    return orderId;
  }
  const total = insertOrder(book, orders, slot);
  writeLevel(buffer, MARKET, orders.side[slot]!, orders.priceTicks[slot]!, total, book.updateId);
  return orderId;
}

/** Columns that matching and its events read. */
function accept(orders: Orders, slot: number, commands: Int32Array, command: number): void {
  const lots = commands[command + 3]!;
  orders.account[slot] = commands[command + 4]!;
  orders.market[slot] = MARKET;
  orders.side[slot] = commands[command + 1]!;
  orders.origin[slot] = 0;
  orders.isResting[slot] = 0;
  orders.priceTicks[slot] = commands[command + 2]!;
  orders.lots[slot] = lots;
  orders.totalLots[slot] = lots;
  orders.executedLots[slot] = 0;
  orders.executedQuoteAtoms[slot] = 0;
  orders.clientId[slot] = -1;
}

/** Columns of money, risk and the owner's wishes, and the event that tells the owner. */
function acceptForOwner(orders: Orders, slot: number, commands: Int32Array, command: number, buffer: EventBuffer): void {
  orders.positionRow[slot] = commands[command + 4]!;
  orders.flags[slot] = 0;
  orders.kind[slot] = 0;
  orders.quoteAtoms[slot] = 0;
  orders.createdAtMicros[slot] = command;
  orders.holdFeePpm[slot] = 0;
  orders.holdAtoms[slot] = 0;
  orders.trigger[slot] = -1;
  writeAccepted(buffer, orders, slot);
}

/** The taker's own sums stay in locals until it has met everybody. */
function match(book: Book, orders: Orders, buffer: EventBuffer, taker: number, tally: Tally): void {
  const side = orders.side[taker]!;
  const limitTicks = orders.priceTicks[taker]!;
  let open = orders.lots[taker]!;
  let executedLots = 0;
  let executedQuoteAtoms = 0;
  while (open > 0) {
    const priceTicks = bestTicks(book, 1 - side);
    if (priceTicks === 0 || (side === 0 ? priceTicks > limitTicks : priceTicks < limitTicks)) break;
    const maker = bestSlot(book, orders, 1 - side);
    const makerLots = orders.lots[maker]!;
    const lots = makerLots <= open ? makerLots : open;
    open -= lots;
    executedLots += lots;
    executedQuoteAtoms += priceTicks * lots;
    fillMaker(book, orders, buffer, maker, lots, priceTicks, tally);
    writeFill(buffer, orders, maker, taker, lots, priceTicks, side, tally.trades, executedLots, executedQuoteAtoms);
    if (makerLots === lots) returnOrderSlot(orders, maker);
  }
  if (executedLots === 0) return;
  orders.lots[taker] = open;
  orders.executedLots[taker] = executedLots;
  orders.executedQuoteAtoms[taker] = executedQuoteAtoms;
}

function fillMaker(book: Book, orders: Orders, buffer: EventBuffer, maker: number, lots: number, priceTicks: number, tally: Tally): void {
  const notional = priceTicks * lots;
  orders.executedLots[maker] = orders.executedLots[maker]! + lots;
  orders.executedQuoteAtoms[maker] = orders.executedQuoteAtoms[maker]! + notional;
  tally.trades += 1;
  tally.lots += lots;
  tally.notional += notional;
  const total = lots === orders.lots[maker]! ? removeOrder(book, orders, maker) : reduceOrder(book, orders, maker, lots);
  writeLevel(buffer, MARKET, orders.side[maker]!, priceTicks, total, book.updateId);
}
