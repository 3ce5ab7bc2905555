/** The whole engine against `nodejs-order-book` on one stream; latency of single steps of both. */
import { type Activity, createEngineContender } from './engine-contender.ts';
import { createBenchVenue } from './engine-venue.ts';
import { cost, type Figure, figure } from './figures.ts';
import { measureLatency } from './matching-latency.ts';
import { createBaseline } from './orderbook-baseline.ts';
import { runSideBySide } from './side-by-side.ts';
import { createStream, NEAR_TOUCH } from './stream.ts';

const ORDERS = 1 << 15;
const ROUNDS = 12;
/** One round warms both up to compiled code. */
const WARM_ROUNDS = 3;

/** Accounts and operations of a run. */
export interface EngineRun {
  readonly accounts: number;
  readonly operations: number;
  readonly activity: Activity;
}

/** Ratio, and for the Zipf activity latencies. */
export function measureEngine({ accounts, operations, activity }: EngineRun): Figure[] {
  const stream = createStream({ ...NEAR_TOUCH, operations });
  const engine = createEngineContender(stream, createBenchVenue(accounts, ORDERS), activity);
  const baseline = createBaseline(stream);
  const size = Math.floor(operations / (ROUNDS + WARM_ROUNDS + 1));
  const start = stream.prefill + WARM_ROUNDS * size;
  for (const contender of [engine, baseline]) contender.run(0, start);
  const { ratio, opsPerSecond, baselineOpsPerSecond } = runSideBySide(engine, baseline, start, size, ROUNDS);
  const name = activity === 'zipf' ? 'Zipf activity' : 'ten market makers';
  const note = `${millions(opsPerSecond)} against ${millions(baselineOpsPerSecond)} M operations/s; trades alike`;
  const figures = [figure(`whole engine, ${accounts / 1000}k accounts, ${name}`, ratio, 'x nodejs-order-book', 20, 45, note)];
  if (activity !== 'zipf') return figures;
  const from = start + ROUNDS * size;
  const ours = measureLatency(engine, from, from + size);
  const theirs = measureLatency(baseline, from, from + size);
  return [
    ...figures,
    cost('whole engine step, p50', ours.p50Nanos / 1000, 'us', null, null, `nodejs-order-book ${theirs.p50Nanos / 1000} us`),
    cost('whole engine step, p99', ours.p99Nanos / 1000, 'us', null, null, `nodejs-order-book ${theirs.p99Nanos / 1000} us`),
    cost('whole engine step, p99.9', ours.p999Nanos / 1000, 'us', null, null, `nodejs-order-book ${theirs.p999Nanos / 1000} us`),
  ];
}

function millions(perSecond: number): string {
  return (perSecond / 1e6).toFixed(2);
}
