/**
 * Matching alone, against `nodejs-order-book`: both run the same stream in the same process, in turns of one segment
 * each, and must report the same trades. Ratios come from segments that lie side by side in time; medians are printed.
 */
import type { Contender } from './matching-contender.ts';
import { createMatchingEngine } from './matching-engine.ts';
import { type Latency, measureLatency, median } from './matching-latency.ts';
import { baselineBytesPerOrder, columnBytesPerOrder, measuredBytesPerOrder } from './matching-memory.ts';
import { createBaseline } from './orderbook-baseline.ts';
import { createStream, DEEP, FINE_TICK, NEAR_TOUCH, type Stream, type StreamShape } from './stream.ts';

/** Timed rounds; one more before them warms up, one after them samples latency. */
const ROUNDS = 7;

/** What one shape of stream gave. */
export interface MatchingReport {
  readonly name: string;
  readonly liveOrders: number;
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
  /** Bytes a resting order takes: widths of its columns, and allocated bytes over capacity, levels included. */
  readonly columnBytesPerOrder: number;
  readonly measuredBytesPerOrder: number;
  readonly baselineBytesPerOrder: number;
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

/** A report as lines for people. */
export function formatMatching(report: MatchingReport): string {
  return [
    `matching alone, ${report.name}, ${report.liveOrders} live orders: ${report.ratio.toFixed(1)}x nodejs-order-book`,
    `  ${millions(report.opsPerSecond)} against ${millions(report.baselineOpsPerSecond)} M operations/s; ${report.trades} trades alike`,
    `  latency ${latencyText(report.latency)}; nodejs-order-book ${latencyText(report.baselineLatency)}`,
    `  bytes per resting order: ${report.columnBytesPerOrder} in columns, ${report.measuredBytesPerOrder.toFixed(0)} allocated; ` +
      `nodejs-order-book ${report.baselineBytesPerOrder.toFixed(0)}`,
  ].join('\n');
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
  const rounds = runRounds(stream, engine, baseline);
  const from = segmentStart(stream, ROUNDS + 1);
  const latency = measureLatency(engine, from, stream.count);
  const baselineLatency = measureLatency(baseline, from, stream.count);
  checkAlike(engine, baseline);
  const operations = segmentSize(stream);
  return {
    name,
    liveOrders: shape.liveOrders,
    opsPerSecond: operations / median(rounds.map((round) => round.seconds)),
    baselineOpsPerSecond: operations / median(rounds.map((round) => round.baselineSeconds)),
    ratio: median(rounds.map((round) => round.baselineSeconds / round.seconds)),
    latency,
    baselineLatency,
    trades: engine.tally.trades,
    lots: engine.tally.lots,
    columnBytesPerOrder: columns,
    measuredBytesPerOrder: measured,
    baselineBytesPerOrder: bytesPerOrder,
  };
}

interface Round {
  readonly seconds: number;
  readonly baselineSeconds: number;
}

function runRounds(stream: Stream, engine: Contender, baseline: Contender): Round[] {
  const rounds: Round[] = [];
  for (let segment = 0; segment <= ROUNDS; segment += 1) {
    const from = segmentStart(stream, segment);
    const to = segmentStart(stream, segment + 1);
    const isOursFirst = segment % 2 === 0;
    const early = timeRun(isOursFirst ? engine : baseline, from, to);
    const late = timeRun(isOursFirst ? baseline : engine, from, to);
    checkAlike(engine, baseline);
    if (segment > 0) rounds.push(isOursFirst ? { seconds: early, baselineSeconds: late } : { seconds: late, baselineSeconds: early });
  }
  return rounds;
}

/** Warm-up, rounds and latency sample are segments of one size. */
function segmentSize(stream: Stream): number {
  return Math.floor((stream.count - stream.prefill) / (ROUNDS + 2));
}

function segmentStart(stream: Stream, segment: number): number {
  return stream.prefill + segment * segmentSize(stream);
}

function timeRun(contender: Contender, from: number, to: number): number {
  const start = performance.now();
  contender.run(from, to);
  return (performance.now() - start) / 1000;
}

function checkAlike(a: Contender, b: Contender): void {
  const isAlike = a.tally.trades === b.tally.trades && a.tally.lots === b.tally.lots && a.tally.notional === b.tally.notional;
  if (!isAlike) throw new Error(`trades differ: ${a.name} ${JSON.stringify(a.tally)}, ${b.name} ${JSON.stringify(b.tally)}`);
}

function millions(perSecond: number): string {
  return (perSecond / 1e6).toFixed(2);
}

function latencyText({ p50Nanos, p99Nanos, p999Nanos, timerNanos }: Latency): string {
  return `p50 ${p50Nanos} p99 ${p99Nanos} p99.9 ${p999Nanos} ns (timer itself ${timerNanos})`;
}
