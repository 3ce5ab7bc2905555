/** What seconds with many forced fills took: of the machine as much as of the day. */

/** A second of liquidation. */
export interface Burst {
  /** Forced fills, and the markets they were in. */
  readonly fills: number;
  readonly markets: number;
  /** Wall time of its liquidation commands, their receipts and events included; the tick that flagged the accounts is not. */
  readonly ms: number;
  /** Processor time of the same, all threads of the process: what a busy machine lets be compared. */
  readonly cpuMs: number;
}

/** What there is to tell. */
export interface Bursts {
  /** The second with most forced fills; null when there were none. */
  readonly largest: Burst | null;
  /** Seconds with at least {@link FILLS_MIN}, and the median of their times for 10,000 forced fills; null when there were none. */
  readonly seconds: number;
  readonly medianMs: number | null;
  readonly medianCpuMs: number | null;
}

/** A second with fewer says more about its other work than about fills. */
export const FILLS_MIN = 1_000;
const UNIT = 10_000;

/** Gathers the seconds of a play. */
export class BurstTimes {
  #largest: Burst | null = null;
  readonly #bursts: Burst[] = [];

  /** Adds a second. */
  add(burst: Burst): void {
    if (burst.fills > (this.#largest?.fills ?? 0)) this.#largest = burst;
    if (burst.fills >= FILLS_MIN) this.#bursts.push(burst);
  }

  /** What was gathered. */
  told(): Bursts {
    const median = (times: readonly number[]): number | null => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? null;
    return {
      largest: this.#largest,
      seconds: this.#bursts.length,
      medianMs: median(this.#bursts.map((burst) => perUnit(burst, burst.ms))),
      medianCpuMs: median(this.#bursts.map((burst) => perUnit(burst, burst.cpuMs))),
    };
  }
}

/** Figures of the bursts for people: the aim is 100 ms for 10,000 forced fills. Empty without forced fills. */
export function burstFigures({ largest, seconds, medianMs, medianCpuMs }: Bursts): [string, string][] {
  if (largest === null) return [];
  const { fills, markets, ms, cpuMs } = largest;
  const figures: [string, string][] = [
    [
      'most forced fills in one second',
      `${fills.toLocaleString('en')} in ${markets} markets, liquidated in ${ms.toFixed(1)} ms (${cpuMs.toFixed(1)} ms of processor time)`,
    ],
  ];
  if (medianMs !== null && medianCpuMs !== null) {
    const worst = perUnit(largest, ms).toFixed(1);
    const medians = `median ${medianMs.toFixed(1)} ms (${medianCpuMs.toFixed(1)} ms of processor time)`;
    figures.push([
      '10,000 forced fills in a step, aim: below 100 ms',
      `${worst} ms at the rate of that second; ${medians} of ${seconds} seconds with ${FILLS_MIN.toLocaleString('en')} or more`,
    ]);
  }
  return figures;
}

/** Of the time for some fills, that for {@link UNIT}. */
function perUnit({ fills }: Burst, ms: number): number {
  return (ms / fills) * UNIT;
}
