/** The public streams of exchanges as a PriceSource. */
import type { Clock, PriceSource, Quote, QuoteSink } from '@mochila/ports';
import { ExchangeFeed, type ExchangeFigures, type FeedNews } from './exchange-feed.ts';
import { EXCHANGE_NAMES, type ExchangeName } from './exchanges.ts';
import { CONNECTION_RULES, type ConnectionRules, PRICE_RULES, type PriceRules } from './feed-rules.ts';
import type { LiveSource } from './live-source.ts';
import { MACHINE_WALL, type Wall } from './wall.ts';

/** What the feed is made of. */
export type ExchangePricesSettings = {
  readonly sources: readonly LiveSource[];
  /** Where each exchange in use is reached; nothing is reached that is not named here. */
  readonly endpoints: Readonly<Partial<Record<ExchangeName, string>>>;
  /** The venue's: quotes are given once in its second. */
  readonly clock: Clock;
  readonly onNews?: (news: FeedNews) => void;
  readonly priceRules?: Partial<PriceRules>;
  readonly connectionRules?: Partial<ConnectionRules>;
  readonly wall?: Wall;
};

const MICROS_PER_SECOND = 1_000_000;
/** Quotes are given late in a second, just before the tick at its end. */
const PHASE_MICROS = 800_000;
const WAIT_MS_MAX = 1_000;

/**
 * Quotes of exchanges, once a second: of each asset and source the newest, and only when it is new or was confirmed.
 *
 * The sequence of a quote rises with every such quote, so that what an exchange merely repeats ages in the engine. It
 * begins with the time of day: a restart goes on above where it was.
 */
export class ExchangePrices implements PriceSource {
  readonly #settings: ExchangePricesSettings;
  readonly #wall: Wall;
  #feeds: readonly ExchangeFeed[];
  #cancel: (() => void) | null = null;
  #seq = 0;

  /** @throws RangeError when an exchange in use has no endpoint */
  constructor(settings: ExchangePricesSettings) {
    this.#settings = settings;
    this.#wall = settings.wall ?? MACHINE_WALL;
    this.#feeds = this.#makeFeeds();
  }

  start(sink: QuoteSink): Promise<void> {
    if (this.#cancel !== null) return Promise.reject(new Error('the prices of exchanges have been started already'));
    this.#seq = Math.max(this.#seq, this.#wall.nowMs() * 1_000);
    for (const feed of this.#feeds) feed.start();
    this.#wait(sink);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    for (const feed of this.#feeds) feed.stop();
    return Promise.resolve();
  }

  /** What was counted of every exchange in use since it was made. */
  figures(): ExchangeFigures[] {
    return this.#feeds.map((feed) => feed.figures());
  }

  #makeFeeds(): ExchangeFeed[] {
    const { sources, endpoints, onNews = () => undefined } = this.#settings;
    const priceRules = { ...PRICE_RULES, ...this.#settings.priceRules };
    const connectionRules = { ...CONNECTION_RULES, ...this.#settings.connectionRules };
    const used = EXCHANGE_NAMES.filter((exchange) => sources.some((source) => source.exchange === exchange));
    return used.map((exchange) => {
      const url = endpoints[exchange];
      if (url === undefined) throw new RangeError(`there is no endpoint for ${exchange}`);
      const own = sources.filter((source) => source.exchange === exchange);
      return new ExchangeFeed({ exchange, url, sources: own, priceRules, connectionRules, wall: this.#wall, onNews });
    });
  }

  #wait(sink: QuoteSink): void {
    const { clock } = this.#settings;
    const second = Math.floor((clock.nowMicros() - PHASE_MICROS) / MICROS_PER_SECOND);
    const dueMicros = (second + 1) * MICROS_PER_SECOND + PHASE_MICROS;
    const waitMs = Math.min(Math.max(clock.millisUntil(dueMicros), 1), WAIT_MS_MAX);
    this.#cancel = this.#wall.after(waitMs, () => {
      this.#wait(sink);
      this.#give(sink);
    });
  }

  #give(sink: QuoteSink): void {
    const quotes = this.#feeds
      .flatMap((feed) => feed.drain())
      .map(({ source, asset, price }): Quote => {
        this.#seq += 1;
        return { source, asset, ...price, seq: this.#seq };
      });
    if (quotes.length > 0) sink(quotes);
  }
}
