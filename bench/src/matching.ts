/**
 * Matching alone, against `nodejs-order-book`: both run the same stream in the same process, in turns of one segment
 * each, and must report the same trades. Ratios come from segments that lie side by side in time; medians are printed.
 */
import { createMatchingEngine } from './matching-engine.ts';
import { type Latency, measureLatency } from './matching-latency.ts';
import { baselineBytesPerOrder, columnBytesPerOrder, measuredBytesPerOrder } from './matching-memory.ts';
import { createBaseline } from './orderbook-baseline.ts';
import { checkAlike, runSideBySide } from './side-by-side.ts';
import { createStream, DEEP, FINE_TICK, NEAR_TOUCH, type Stream, type StreamShape } from './stream.ts';

/** Timed rounds; one more before them warms up, one after them samples latency. */
const ROUNDS = 7;

/** What one shape of stream gave. */
export interface MatchingReport {
  readonly name: string;
  readonly liveOrders: number;
  /** Mean distance of an add from the middle, in ticks. */
  readonly distanceTicksMean: number;
  /** Operations per second, medians over the rounds. */
  readonly opsPerSecond: number;
  readonly baselineOpsPerSecond: number;
  /** Median over the rounds of baseline time / our time. */
  readonly ratio: number;
  readonly latency: Latency;
  readonly baselineLatency: Latency;
  /** Trades and lots both sides agreed on. */
  readonly trades: number;
  readonly lots: number;
  /** Bytes a resting order takes: widths of its columns, and bytes of all arrays over capacity, levels included. */
  readonly columnBytesPerOrder: number;
  readonly measuredBytesPerOrder: number;
  readonly baselineBytesPerOrder: number;
}

/** What both cost when owners are told of every order accepted and cancelled, which the library does not do. */
export interface TellingReport {
  readonly name: string;
  readonly opsPerSecond: number;
  readonly baselineOpsPerSecond: number;
  readonly ratio: number;
}

/**
 * Runs the matching benchmark.
 *
 * @param options.short a tenth of the operations and a deep book of 100,000 orders, for CI
 * @throws Error when the two sides do not trade alike
 */
export function measureMatching(options: { readonly short: boolean }): MatchingReport[] {
  const shapes: readonly (readonly [string, StreamShape])[] = [
    ['near the touch', NEAR_TOUCH],
    ['fine tick', FINE_TICK],
    ['deep book', DEEP],
  ];
  warmUp();
  return shapes.map(([name, shape]) => measureShape(name, options.short ? shorten(shape) : shape));
}

/** The stream near the touch with every event of an order written; the same trades, the same turns. */
export function measureTelling(options: { readonly short: boolean }): TellingReport {
  const stream = createStream(options.short ? shorten(NEAR_TOUCH) : NEAR_TOUCH);
  const [engine, baseline] = [createMatchingEngine(stream, true), createBaseline(stream)];
  for (const contender of [engine, baseline]) contender.run(0, segmentStart(stream, 1));
  const result = runSideBySide(engine, baseline, segmentStart(stream, 1), segmentSize(stream), ROUNDS);
  return { name: 'near the touch', ...result };
}

/** Both sides run a small stream of their own first, so that short rounds time compiled code. */
function warmUp(): void {
  const stream = createStream({ ...FINE_TICK, liveOrders: 2_000, operations: 120_000 });
  for (const contender of [createMatchingEngine(stream), createBaseline(stream)]) contender.run(0, stream.count);
}

function shorten(shape: StreamShape): StreamShape {
  return { ...shape, operations: shape.operations / 10, liveOrders: Math.min(shape.liveOrders, 100_000) };
}

function measureShape(name: string, shape: StreamShape): MatchingReport {
  const stream = createStream(shape);
  const engine = createMatchingEngine(stream);
  engine.run(0, stream.prefill);
  const columns = columnBytesPerOrder(engine.orders);
  const measured = measuredBytesPerOrder(shape.liveOrders);
  const baselineBytes = baselineBytesPerOrder(stream, createBaseline);
  const { contender: baseline, bytesPerOrder } = baselineBytes;
  const size = segmentSize(stream);
  for (const contender of [engine, baseline]) contender.run(stream.prefill, segmentStart(stream, 1));
  const { opsPerSecond, baselineOpsPerSecond, ratio } = runSideBySide(engine, baseline, segmentStart(stream, 1), size, ROUNDS);
  const from = segmentStart(stream, ROUNDS + 1);
  const latency = measureLatency(engine, from, stream.count);
  const baselineLatency = measureLatency(baseline, from, stream.count);
  checkAlike(engine, baseline);
  return {
    name,
    liveOrders: shape.liveOrders,
    distanceTicksMean: shape.distanceTicksMean,
    opsPerSecond,
    baselineOpsPerSecond,
    ratio,
    latency,
    baselineLatency,
    trades: engine.tally.trades,
    lots: engine.tally.lots,
    columnBytesPerOrder: columns,
    measuredBytesPerOrder: measured,
    baselineBytesPerOrder: bytesPerOrder,
  };
}

/** Warm-up, rounds and latency sample are segments of one size. */
function segmentSize(stream: Stream): number {
  return Math.floor((stream.count - stream.prefill) / (ROUNDS + 2));
}

function segmentStart(stream: Stream, segment: number): number {
  return stream.prefill + segment * segmentSize(stream);
}
