/** What seconds with many forced fills took: of the machine as much as of the day. */

/** A second of liquidation. */
export interface Burst {
  /** Forced fills, and the markets they were in. */
  readonly fills: number;
  readonly markets: number;
  /** Wall time of its liquidation commands, their receipts and events included; the tick that flagged the accounts is not. */
  readonly ms: number;
}

/** What there is to tell. */
export interface Bursts {
  /** The second with most forced fills; null when there were none. */
  readonly largest: Burst | null;
  /** Seconds with at least {@link FILLS_MIN}, and the median of their times for 10,000 forced fills; null when there were none. */
  readonly seconds: number;
  readonly medianMs: number | null;
}

/** A second with fewer says more about its other work than about fills. */
export const FILLS_MIN = 1_000;
const UNIT = 10_000;

/** Gathers the seconds of a play. */
export class BurstTimes {
  #largest: Burst | null = null;
  readonly #times: number[] = [];

  /** Adds a second. */
  add(burst: Burst): void {
    if (burst.fills > (this.#largest?.fills ?? 0)) this.#largest = burst;
    if (burst.fills >= FILLS_MIN) this.#times.push(msOf(burst));
  }

  /** What was gathered. */
  told(): Bursts {
    const sorted = this.#times.toSorted((a, b) => a - b);
    return { largest: this.#largest, seconds: sorted.length, medianMs: sorted[Math.floor(sorted.length / 2)] ?? null };
  }
}

/** Figures of the bursts for people: the aim is 100 ms for 10,000 forced fills. Empty without forced fills. */
export function burstFigures({ largest, seconds, medianMs }: Bursts): [string, string][] {
  if (largest === null) return [];
  const { fills, markets, ms } = largest;
  const figures: [string, string][] = [
    [
      'most forced fills in one second',
      `${fills.toLocaleString('en')} in ${markets} markets, liquidated in ${ms.toFixed(1)} ms: ${msOf(largest).toFixed(1)} ms for 10,000`,
    ],
  ];
  if (medianMs !== null)
    figures.push([
      'forced fills in a step, for 10,000 of them (aim: below 100 ms)',
      `${medianMs.toFixed(1)} ms, the median of ${seconds} seconds with ${FILLS_MIN.toLocaleString('en')} or more, on this machine`,
    ]);
  return figures;
}

function msOf({ fills, ms }: Burst): number {
  return (ms / fills) * UNIT;
}
