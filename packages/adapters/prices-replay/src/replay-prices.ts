/** A recording as a PriceSource: gives what was recorded when the venue's clock gets there. */
import type { Clock, PriceSource, QuoteSink } from '@mochila/ports';
import { LatestPrices } from './latest-prices.ts';
import type { PriceRow, RefusedLine } from './price-row.ts';
import { readPriceRows } from './read-price-rows.ts';
import type { ReplayFile } from './replay-file.ts';
import { sourceNames } from './source-names.ts';

/** What a recording was, told at its end. */
export interface ReplaySummary {
  readonly rows: number;
  readonly refusedLines: number;
  /** Recorded time, microseconds since 1970. */
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** What the feed is made of. */
export interface ReplayPricesSettings {
  /** At least one. */
  readonly files: readonly ReplayFile[];
  readonly clock: Clock;
  /** Symbols of the venue's assets. */
  readonly assets: readonly string[];
  /** How many fresh sources a good index needs; fewer in the recording speak as copies of themselves. */
  readonly sourcesMin: number;
  /** Told of every line that is left out. */
  readonly onRefused: (refused: RefusedLine) => void;
  /** Told when the recording is over: nothing more will be said, and prices go stale. */
  readonly onEnd: (summary: ReplaySummary) => void;
  /** Told why the recording broke off: a file was found to be cut. */
  readonly onFault: (reason: string) => void;
  /** How long a price is repeated while nothing new is recorded; 60 s by default. */
  readonly holdMicros?: number;
  /** How far behind the line before it a line may be; 1 s by default. */
  readonly toleranceMicros?: number;
}

const HOLD_MICROS = 60_000_000;
const TOLERANCE_MICROS = 1_000_000;
const MICROS_PER_SECOND = 1_000_000;
/** Quotes are given in the middle of a second, so that they never race with the tick at its end. */
const PHASE_MICROS = 500_000;
const WAIT_MS_MAX = 1_000;

/**
 * A feed of recorded prices. The first row is played at the start, the others as much later as they were recorded, in
 * venue time: a fast clock plays fast. Each second of the venue gets what was latest at its middle, as an index is made
 * once a second; what a busy machine missed is given as one. Memory holds a chunk of each file.
 */
export class ReplayPrices implements PriceSource {
  readonly #settings: ReplayPricesSettings;
  #play: Play | null = null;
  #seq = 0;

  constructor(settings: ReplayPricesSettings) {
    this.#settings = settings;
  }

  /** @throws ReplayFault (rejects) when a file cannot be used at all */
  async start(sink: QuoteSink): Promise<void> {
    if (this.#play !== null) throw new Error('the recording has been started already');
    const play = new Play(this.#settings, this.#seq);
    this.#play = play;
    try {
      await play.begin(sink);
    } catch (error) {
      this.#play = null;
      throw error;
    }
  }

  async stop(): Promise<void> {
    const play = this.#play;
    if (play === null) return;
    this.#seq = await play.end();
    if (this.#play === play) this.#play = null;
  }
}

/** One run through the recording. */
class Play {
  readonly #settings: ReplayPricesSettings;
  readonly #names: ReadonlyMap<string, readonly string[]>;
  readonly #rows: AsyncGenerator<PriceRow, void, void>;
  readonly #latest: LatestPrices;
  #isStopped = false;
  #wake = (): void => undefined;
  #running: Promise<void> = Promise.resolve();
  #seq: number;
  #next: PriceRow | undefined;
  #count = 0;
  #refusedLines = 0;
  #lastSecond = Number.NEGATIVE_INFINITY;
  #startedMicros = 0;
  #fromMicros = 0;
  #toMicros = 0;

  constructor(settings: ReplayPricesSettings, seq: number) {
    this.#settings = settings;
    this.#seq = seq;
    this.#names = sourceNames(
      settings.files.map(({ source }) => source),
      settings.sourcesMin,
    );
    this.#latest = new LatestPrices(settings.holdMicros ?? HOLD_MICROS);
    this.#rows = readPriceRows(settings.files, {
      assets: settings.assets,
      toleranceMicros: settings.toleranceMicros ?? TOLERANCE_MICROS,
      onRefused: (refused) => {
        this.#refusedLines += 1;
        settings.onRefused(refused);
      },
    });
  }

  async begin(sink: QuoteSink): Promise<void> {
    await this.#readNext();
    this.#startedMicros = this.#settings.clock.nowMicros();
    this.#fromMicros = this.#next?.atMicros ?? 0;
    this.#running = this.#run(sink);
  }

  async end(): Promise<number> {
    this.#isStopped = true;
    this.#wake();
    await this.#running;
    return this.#seq;
  }

  async #run(sink: QuoteSink): Promise<void> {
    try {
      while (!this.#isStopped && (await this.#playUntilNow(sink))) await this.#waitForNextSecond();
      if (!this.#isStopped) this.#settings.onEnd(this.#summary());
    } catch (error) {
      this.#settings.onFault(error instanceof Error ? error.message : String(error));
    } finally {
      await this.#rows.return();
    }
  }

  /** Plays what was recorded up to now, unless this second was played already. @returns false when the recording is over. */
  async #playUntilNow(sink: QuoteSink): Promise<boolean> {
    const nowMicros = this.#settings.clock.nowMicros();
    const second = secondOf(nowMicros);
    // A clock that was set back is waited for.
    if (second <= this.#lastSecond) return true;
    this.#lastSecond = second;
    const reachedMicros = this.#fromMicros + nowMicros - this.#startedMicros;
    while (this.#next !== undefined && this.#next.atMicros <= reachedMicros && !this.#isStopped) {
      this.#latest.take(this.#next);
      await this.#readNext();
    }
    if (this.#isStopped) return true;
    const isOver = this.#next === undefined && reachedMicros > this.#toMicros;
    // The sequence is venue time, so that it rises over a restart of the venue too.
    this.#seq = Math.max(this.#seq + 1, Math.floor(nowMicros / 1_000));
    const quotes = this.#latest.quotesAt(Math.min(reachedMicros, this.#toMicros), this.#seq, this.#names);
    if (quotes.length > 0) sink(quotes);
    return !isOver;
  }

  async #readNext(): Promise<void> {
    const { value } = await this.#rows.next();
    this.#next = value ?? undefined;
    if (value === undefined) return;
    this.#count += 1;
    this.#toMicros = Math.max(this.#toMicros, value.atMicros + value.holdsMicros);
  }

  async #waitForNextSecond(): Promise<void> {
    const { clock } = this.#settings;
    const dueMicros = (Math.max(secondOf(clock.nowMicros()), this.#lastSecond) + 1) * MICROS_PER_SECOND + PHASE_MICROS;
    const waitMs = Math.min(Math.max(clock.millisUntil(dueMicros), 1), WAIT_MS_MAX);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#isStopped) this.#wake();
    });
  }

  #summary(): ReplaySummary {
    return { rows: this.#count, refusedLines: this.#refusedLines, fromMicros: this.#fromMicros, toMicros: this.#toMicros };
  }
}

/** Seconds of the venue by their middles. */
function secondOf(micros: number): number {
  return Math.floor((micros - PHASE_MICROS) / MICROS_PER_SECOND);
}
