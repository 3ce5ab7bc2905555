/** A scenario: one bad day, as data and a small builder, played on the true engine and judged by what must hold. */
import type { Random } from './random.ts';
import type { Recorder } from './record/recorder.ts';
import type { SeriesBook } from './record/series.ts';
import type { EngineKind, SimSizes } from './venue/sim-genesis.ts';
import type { SimVenue } from './venue/sim-venue.ts';

/** The short form runs among the tests, the full form by command. */
export type Form = 'short' | 'full';

/** What a scenario is played with. */
export interface Stage {
  readonly form: Form;
  readonly engine: EngineKind;
  readonly random: Random;
  /** Opens the venue: each coin's first price stands. Once a play. */
  open(sizes: SimSizes): Play;
}

/** A scenario being played. */
export interface Play {
  readonly venue: SimVenue;
  readonly recorder: Recorder;
  readonly series: SeriesBook;
  /** Lets one second pass and samples the lines of the report. */
  second(): void;
  /** Markets whose prices the report draws; the first one when nothing is said. */
  draw(markets: readonly number[]): void;
  /** Says whether something that must hold does. Ignored when the engine without layers plays. */
  check(name: string, holds: boolean, detail: string): void;
  /** A figure of the run, for the report. */
  figure(name: string, value: string): void;
}

/** A bad day. */
export interface Scenario {
  /** Such as S16. */
  readonly id: string;
  readonly title: string;
  /** What happened, in a sentence or two. */
  readonly day: string;
  readonly play: (stage: Stage) => void | Promise<void>;
  /** Why the engine without layers has nothing to show here; when left out the day is played on it too. */
  readonly notCompared?: string;
}

/** Something that must hold, and whether it does. */
export interface Check {
  readonly name: string;
  readonly holds: boolean;
  readonly detail: string;
}
