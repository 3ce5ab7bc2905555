/** Latency of single operations, by the clock around each of them; the clock's own cost is told, not taken off. */
import type { Contender } from './matching-contender.ts';

/** Percentiles in whole nanoseconds. */
export interface Latency {
  readonly p50Nanos: number;
  readonly p99Nanos: number;
  readonly p999Nanos: number;
  /** Median of an empty measurement. */
  readonly timerNanos: number;
}

/** Times each operation in [from, to). */
export function measureLatency(contender: Contender, from: number, to: number): Latency {
  const samples = new Float64Array(to - from);
  const empty = new Float64Array(Math.min(to - from, 10_000));
  for (let at = 0; at < empty.length; at += 1) {
    const start = performance.now();
    empty[at] = performance.now() - start;
  }
  for (let at = from; at < to; at += 1) {
    const start = performance.now();
    contender.run(at, at + 1);
    samples[at - from] = performance.now() - start;
  }
  return {
    p50Nanos: percentileNanos(samples, 0.5),
    p99Nanos: percentileNanos(samples, 0.99),
    p999Nanos: percentileNanos(samples, 0.999),
    timerNanos: percentileNanos(empty, 0.5),
  };
}

/** Middle value of a list; the upper one of two. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new RangeError('the median of no values');
  return middle;
}

function percentileNanos(millis: Float64Array, part: number): number {
  const sorted = millis.toSorted();
  return Math.round((sorted[Math.floor(part * (sorted.length - 1))] ?? 0) * 1e6);
}
