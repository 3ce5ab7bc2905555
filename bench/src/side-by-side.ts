/** Two contenders in turns over the same stream: ratios come from segments that lie side by side in time. */
import type { Contender } from './matching-contender.ts';
import { median } from './matching-latency.ts';

/** Medians over the rounds. */
export interface SideBySide {
  readonly opsPerSecond: number;
  readonly baselineOpsPerSecond: number;
  readonly ratio: number;
}

/**
 * Runs `rounds` segments of `size` operations from `start` on both, turn and turn about.
 *
 * @throws Error when they do not trade alike
 */
export function runSideBySide(ours: Contender, baseline: Contender, start: number, size: number, rounds: number): SideBySide {
  const times: { ours: number; baseline: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = start + round * size;
    const isOursFirst = round % 2 === 0;
    const early = secondsOf(isOursFirst ? ours : baseline, from, from + size);
    const late = secondsOf(isOursFirst ? baseline : ours, from, from + size);
    checkAlike(ours, baseline);
    times.push(isOursFirst ? { ours: early, baseline: late } : { ours: late, baseline: early });
  }
  return {
    opsPerSecond: size / median(times.map((each) => each.ours)),
    baselineOpsPerSecond: size / median(times.map((each) => each.baseline)),
    ratio: median(times.map((each) => each.baseline / each.ours)),
  };
}

/** @throws Error when the two have not traded alike so far. */
export function checkAlike(a: Contender, b: Contender): void {
  const isAlike = a.tally.trades === b.tally.trades && a.tally.lots === b.tally.lots && a.tally.notional === b.tally.notional;
  if (!isAlike) throw new Error(`trades differ: ${a.name} ${JSON.stringify(a.tally)}, ${b.name} ${JSON.stringify(b.tally)}`);
}

function secondsOf(contender: Contender, from: number, to: number): number {
  const start = performance.now();
  contender.run(from, to);
  return (performance.now() - start) / 1000;
}
