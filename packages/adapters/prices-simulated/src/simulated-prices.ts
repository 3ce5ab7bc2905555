/** The simulated world as a PriceSource: gives each second's quotes when the venue's clock gets there. */
import type { Clock, PriceSource, QuoteSink } from '@mochila/ports';
import type { PriceWorld } from './price-world.ts';

/** What the feed is made of. */
export interface SimulatedPricesSettings {
  readonly world: PriceWorld;
  readonly clock: Clock;
  /** Venue time at which the world begins, in microseconds: the genesis' `createdAtMicros`. */
  readonly beganAtMicros: number;
}

const MICROS_PER_SECOND = 1_000_000;
/** Quotes are given in the middle of a second, so that they never race with the tick at its end. */
const PHASE_MICROS = 500_000;
const WAIT_MS_MAX = 1_000;

/**
 * A feed that is a function of the world and the venue's time: nothing has to be stored, a restart goes on where time
 * stands, and a fast clock gets the same prices as a slow one. Seconds that a busy machine missed are given as one.
 */
export class SimulatedPrices implements PriceSource {
  readonly #settings: SimulatedPricesSettings;
  #timer: NodeJS.Timeout | null = null;
  #lastSecond = Number.NEGATIVE_INFINITY;

  constructor(settings: SimulatedPricesSettings) {
    this.#settings = settings;
  }

  start(sink: QuoteSink): Promise<void> {
    if (this.#timer !== null) throw new Error('the simulated prices have been started already');
    this.#lastSecond = Number.NEGATIVE_INFINITY;
    this.#giveAndWait(sink);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return Promise.resolve();
  }

  #giveAndWait(sink: QuoteSink): void {
    const { clock, world, beganAtMicros } = this.#settings;
    const second = Math.floor((clock.nowMicros() - PHASE_MICROS - beganAtMicros) / MICROS_PER_SECOND);
    // A clock that was set back is waited for: the sources' sequences only rise.
    const isNew = second > this.#lastSecond;
    const dueMicros = beganAtMicros + (Math.max(second, this.#lastSecond) + 1) * MICROS_PER_SECOND + PHASE_MICROS;
    const waitMs = Math.min(Math.max(clock.millisUntil(dueMicros), 1), WAIT_MS_MAX);
    this.#timer = setTimeout(() => this.#giveAndWait(sink), waitMs);
    if (!isNew) return;
    const quotes = world.quotesAt(second, this.#lastSecond);
    this.#lastSecond = second;
    if (quotes.length > 0) sink(quotes);
  }
}
