import { assertBook, orderIdOf } from '@mochila/core';
import { decodeRecord, events } from '@mochila/protocol';
import { expect, test } from 'vitest';
import { createMatchingEngine } from './matching-engine.ts';
import { createBaseline } from './orderbook-baseline.ts';
import { createStream, DEEP, FINE_TICK, NEAR_TOUCH, StreamKind, type StreamShape } from './stream.ts';

const small = (shape: StreamShape): StreamShape => ({
  ...shape,
  liveOrders: 1_000,
  operations: 10_000,
  deepTicks: Math.min(shape.deepTicks, 500),
});

test.each([
  ['near the touch', small(NEAR_TOUCH)],
  ['fine tick', small(FINE_TICK)],
  ['deep', small(DEEP)],
])('our book and the library trade alike on a stream: %s', (_name, shape) => {
  const stream = createStream(shape);
  const engine = createMatchingEngine(stream);
  const baseline = createBaseline(stream);
  for (const contender of [engine, baseline]) contender.run(0, stream.count);
  expect(engine.tally.trades).toBeGreaterThan(3_000);
  expect(engine.tally).toEqual(baseline.tally);
  assertBook(engine.book, engine.orders);
});

test('a stream has its mix, keeps its number of live orders and repeats from its seed', () => {
  const shape = small(NEAR_TOUCH);
  const stream = createStream(shape);
  const timed = stream.kind.subarray(stream.prefill);
  const share = (kind: number): number => timed.filter((each) => each === kind).length / timed.length;
  expect(share(StreamKind.Add)).toBeCloseTo(0.6, 1);
  expect(share(StreamKind.Cancel)).toBeCloseTo(0.3, 1);
  expect(share(StreamKind.Marketable)).toBeCloseTo(0.1, 1);
  const engine = createMatchingEngine(stream);
  engine.run(0, stream.count);
  expect(Math.abs(engine.orders.live - shape.liveOrders)).toBeLessThan(100);
  expect(createStream(shape)).toEqual(stream);
  expect(createStream({ ...shape, seed: 8 }).priceTicks).not.toEqual(stream.priceTicks);
});

test('event words are the records of the protocol', () => {
  const stream = createStream(small(NEAR_TOUCH));
  const at = stream.kind.indexOf(StreamKind.Add, stream.prefill);
  stream.lots[at] = 42;
  const engine = createMatchingEngine(stream, true);
  engine.run(0, stream.prefill);
  engine.run(at, at + 1);
  const slot = engine.orders.used - 1;
  const accepted = decodeRecord(events.orderAccepted, engine.buffer.words, 0);
  const { words } = engine.buffer;
  expect(accepted).toEqual({
    ...events.orderAccepted.defaults,
    account: stream.account[at],
    orderId: orderIdOf(engine.orders, slot),
    side: stream.side[at],
    priceTicks: stream.priceTicks[at],
    quantityLots: 42,
    createdAtMicros: at * 8,
  });
  const level = decodeRecord(events.levelChanged, words, 34);
  expect(level.priceTicks).toBe(stream.priceTicks[at]);
  expect(level.lots).toBeGreaterThanOrEqual(42);
  expect(level.updateId).toBe(engine.book.updateId);
  expect(engine.buffer.at).toBe(40);
});

test('a marketable order writes its fills with the figures after each', () => {
  const stream = createStream(small(NEAR_TOUCH));
  const engine = createMatchingEngine(stream);
  const at = stream.kind.indexOf(StreamKind.Marketable, stream.prefill);
  engine.run(0, at);
  const before = { ...engine.tally };
  engine.run(at, at + 1);
  const { words } = engine.buffer;
  let lots = 0;
  for (let offset = 0; offset < engine.buffer.at; offset += 27) {
    const fill = decodeRecord(events.fill, words, offset + 6);
    lots += fill.quantityLots;
    expect(fill.takerSide).toBe(stream.side[at]);
    expect(fill.takerExecutedLots).toBe(lots);
    expect(fill.takerIsFilled).toBe(lots === stream.lots[at] ? 1 : 0);
    expect(decodeRecord(events.levelChanged, words, offset).side).toBe(1 - fill.takerSide);
  }
  expect(lots).toBe(stream.lots[at]);
  expect(engine.tally.lots - before.lots).toBe(lots);
});
