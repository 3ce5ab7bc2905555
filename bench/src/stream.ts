/**
 * Streams of orders for the matching benchmarks: 60 % adds near the touch, 30 % cancels of any live order, 10 %
 * marketable orders that eat three resting orders each, so that the number of live orders stays where it began.
 *
 * | column | type | unit |
 * |---|---|---|
 * | kind | Uint8 | StreamKind |
 * | side | Uint8 | Side |
 * | priceTicks | Int32 | Ticks; marketable: the worst price it needs |
 * | lots | Int32 | Lots |
 * | target | Int32 | cancel: number of the operation that added the order |
 * | handle | Int32 | add, cancel: number of the order among those that live at one time; used again after it ended. Marketable: one beyond all |
 * | account | Int32 | AccountIx of the sender |
 *
 * The generator runs a book of its own to know what rests. Operations before `prefill` build the book and are not timed.
 */
import {
  type Book,
  bestSlot,
  bestTicks,
  createBook,
  createOrders,
  insertOrder,
  type Orders,
  reduceOrder,
  removeOrder,
  returnOrderSlot,
  takeOrderSlot,
} from '@mochila/core';
import { createRandom, nextBelow, nextGeometric, type Random } from './stream-random.ts';

/** What an operation does. */
export const StreamKind = { Add: 0, Cancel: 1, Marketable: 2 } as const;

/** How a stream looks. */
export interface StreamShape {
  readonly seed: number;
  /** Orders resting at the start, and about so many all along. */
  readonly liveOrders: number;
  /** Timed operations. */
  readonly operations: number;
  /** Mean distance of an add from the middle, in ticks. */
  readonly distanceTicksMean: number;
  /** Width over which the deep part of the book is spread evenly, in ticks per side; 0 for none. */
  readonly deepTicks: number;
  /** Of a hundred timed adds, how many go into the deep part. */
  readonly deepPercent: number;
}

/** A generated stream. */
export interface Stream {
  readonly shape: StreamShape;
  readonly count: number;
  readonly prefill: number;
  readonly kind: Uint8Array;
  readonly side: Uint8Array;
  readonly priceTicks: Int32Array;
  readonly lots: Int32Array;
  readonly target: Int32Array;
  readonly handle: Int32Array;
  readonly account: Int32Array;
}

/** The ordinary book: 10,000 live orders, adds on average ten ticks from the middle, so some 70 levels a side. */
export const NEAR_TOUCH: StreamShape = {
  seed: 7,
  liveOrders: 10_000,
  operations: 900_000,
  distanceTicksMean: 10,
  deepTicks: 0,
  deepPercent: 0,
};

/** The same on a fine tick: adds on average 200 ticks away, some 780 levels a side with six orders each. */
export const FINE_TICK: StreamShape = { ...NEAR_TOUCH, seed: 9, distanceTicksMean: 200 };

/** The deep book: a million live orders on some 118,000 levels a side; a twentieth of the adds go deep. */
export const DEEP: StreamShape = {
  seed: 11,
  liveOrders: 1_000_000,
  operations: 450_000,
  distanceTicksMean: 10,
  deepTicks: 120_000,
  deepPercent: 5,
};

const ACCOUNTS = 1000;
const LOTS_MAX = 100;
const START_TICKS = 1_000_000;

/** What the generator keeps while it writes. */
interface Maker {
  readonly random: Random;
  readonly stream: Stream;
  readonly orders: Orders;
  readonly book: Book;
  /** Operation that added the order in a slot. */
  readonly operationOf: Int32Array;
  /** Slots that rest, in no order, and where each stands in that list. */
  readonly live: Int32Array;
  readonly liveAt: Int32Array;
  liveCount: number;
  middleTicks: number;
}

/** Generates the stream of a shape; the same shape gives the same stream everywhere. */
export function createStream(shape: StreamShape): Stream {
  const count = shape.liveOrders + shape.operations;
  const stream: Stream = {
    shape,
    count,
    prefill: shape.liveOrders,
    kind: new Uint8Array(count),
    side: new Uint8Array(count),
    priceTicks: new Int32Array(count),
    lots: new Int32Array(count),
    target: new Int32Array(count),
    handle: new Int32Array(count),
    account: new Int32Array(count),
  };
  const capacity = 2 * shape.liveOrders;
  const maker: Maker = {
    random: createRandom(shape.seed),
    stream,
    orders: createOrders(capacity),
    book: createBook(shape.liveOrders),
    operationOf: new Int32Array(capacity),
    live: new Int32Array(capacity),
    liveAt: new Int32Array(capacity),
    liveCount: 0,
    middleTicks: START_TICKS,
  };
  for (let at = 0; at < count; at += 1) writeOperation(maker, at);
  return stream;
}

function writeOperation(maker: Maker, at: number): void {
  const { stream, random } = maker;
  stream.account[at] = nextBelow(random, ACCOUNTS);
  stream.side[at] = nextBelow(random, 2);
  if (at < stream.prefill) {
    writeAdd(maker, at, stream.shape.deepTicks > 0);
    return;
  }
  const dice = nextBelow(random, 100);
  if (nextBelow(random, 50) === 0) maker.middleTicks += nextBelow(random, 2) * 2 - 1;
  if (dice < 60) writeAdd(maker, at, nextBelow(random, 100) < stream.shape.deepPercent);
  else if (dice < 90) writeCancel(maker, at);
  else writeMarketable(maker, at);
}

function writeAdd(maker: Maker, at: number, isDeep: boolean): void {
  const { stream, random, book, orders } = maker;
  const { distanceTicksMean, deepTicks } = stream.shape;
  const side = stream.side[at]!;
  const distance = 1 + (isDeep ? nextBelow(random, deepTicks) : nextGeometric(random, distanceTicksMean, 20 * distanceTicksMean));
  const across = bestTicks(book, 1 - side);
  const wanted = side === 0 ? maker.middleTicks - distance : maker.middleTicks + distance;
  stream.kind[at] = StreamKind.Add;
  stream.lots[at] = 1 + nextBelow(random, LOTS_MAX);
  stream.priceTicks[at] = across === 0 ? wanted : side === 0 ? Math.min(wanted, across - 1) : Math.max(wanted, across + 1);
  const slot = takeOrderSlot(orders);
  orders.account[slot] = 0;
  orders.side[slot] = side;
  orders.priceTicks[slot] = stream.priceTicks[at]!;
  orders.lots[slot] = stream.lots[at]!;
  insertOrder(book, orders, slot);
  stream.handle[at] = slot;
  maker.operationOf[slot] = at;
  maker.liveAt[slot] = maker.liveCount;
  maker.live[maker.liveCount] = slot;
  maker.liveCount += 1;
}

function writeCancel(maker: Maker, at: number): void {
  const { stream } = maker;
  const slot = maker.live[nextBelow(maker.random, maker.liveCount)]!;
  stream.kind[at] = StreamKind.Cancel;
  stream.side[at] = maker.orders.side[slot]!;
  stream.priceTicks[at] = maker.orders.priceTicks[slot]!;
  stream.target[at] = maker.operationOf[slot]!;
  stream.handle[at] = slot;
  endOrder(maker, slot);
}

/** Eats two to four orders whole, as the number of live orders asks for, and a part of the next. */
function writeMarketable(maker: Maker, at: number): void {
  const { stream, random, book, orders } = maker;
  const makerSide = 1 - stream.side[at]!;
  const wanted = stream.shape.liveOrders;
  const whole = maker.liveCount > wanted * 1.005 ? 4 : maker.liveCount < wanted * 0.995 ? 2 : 3;
  let lots = 0;
  for (let eaten = 0; eaten < whole; eaten += 1) {
    const slot = bestSlot(book, orders, makerSide);
    lots += orders.lots[slot]!;
    stream.priceTicks[at] = orders.priceTicks[slot]!;
    endOrder(maker, slot);
  }
  const last = bestSlot(book, orders, makerSide);
  const part = nextBelow(random, orders.lots[last]!);
  if (part > 0) {
    lots += part;
    stream.priceTicks[at] = orders.priceTicks[last]!;
    reduceOrder(book, orders, last, part);
  }
  stream.kind[at] = StreamKind.Marketable;
  stream.handle[at] = 2 * wanted;
  stream.lots[at] = lots;
}

function endOrder(maker: Maker, slot: number): void {
  removeOrder(maker.book, maker.orders, slot);
  returnOrderSlot(maker.orders, slot);
  const hole = maker.liveAt[slot]!;
  const moved = maker.live[maker.liveCount - 1]!;
  maker.live[hole] = moved;
  maker.liveAt[moved] = hole;
  maker.liveCount -= 1;
}
