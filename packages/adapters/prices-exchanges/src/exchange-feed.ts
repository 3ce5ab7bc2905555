/** All sources of one exchange over one connection: its instruments, and what was counted. */
import { Connection, type FrameRefusal } from './connection.ts';
import type { Observation } from './exchange-reader.ts';
import { type ExchangeName, READERS } from './exchanges.ts';
import type { ConnectionRules, PriceRules } from './feed-rules.ts';
import { Instrument, type Price, type Refusal } from './instrument.ts';
import { type LiveSource, symbolChoice } from './live-source.ts';
import type { Wall } from './wall.ts';

/** Why something an exchange said was not taken. */
export const REFUSALS = [
  ...(['malformed', 'binary', 'tooLarge'] as const),
  ...(['unknownSymbol', 'notAPrice', 'crossed', 'future', 'past', 'late', 'repeated', 'jump'] as const),
] as const satisfies readonly (FrameRefusal | Refusal | 'unknownSymbol')[];

/** One of them. */
export type FeedRefusal = (typeof REFUSALS)[number];

const SYMBOL_SHOWN_MAX = 40;

/** What is counted of one exchange since the start. */
export type ExchangeFigures = {
  readonly exchange: ExchangeName;
  readonly isConnected: boolean;
  readonly connects: number;
  readonly frames: number;
  /** Observations that were taken. */
  readonly taken: number;
  /** Messages in which the exchange refused something. */
  readonly errors: number;
  readonly refused: Readonly<Record<FeedRefusal, number>>;
};

/** Something to tell people. */
export type FeedNews =
  | { readonly kind: 'connected'; readonly exchange: ExchangeName; readonly url: string }
  | { readonly kind: 'lost'; readonly exchange: ExchangeName; readonly reason: string; readonly waitMs: number }
  | { readonly kind: 'error'; readonly exchange: ExchangeName; readonly message: string }
  | { readonly kind: 'refused'; readonly exchange: ExchangeName; readonly refusal: FeedRefusal; readonly about: string };

/** What a feed is made of. */
export type ExchangeFeedSettings = {
  readonly exchange: ExchangeName;
  readonly url: string;
  readonly sources: readonly LiveSource[];
  readonly priceRules: PriceRules;
  readonly connectionRules: ConnectionRules;
  readonly wall: Wall;
  readonly onNews: (news: FeedNews) => void;
};

/** A price that was taken, of which asset by which source. */
export type TakenPrice = { readonly source: string; readonly asset: string; readonly price: Price };

type Listed = {
  readonly source: string;
  readonly asset: string;
  readonly isInverted: boolean;
  readonly instrument: Instrument;
  isNew: boolean;
};

/** The feed of one exchange. */
export class ExchangeFeed {
  readonly #settings: ExchangeFeedSettings;
  readonly #listed: ReadonlyMap<string, Listed>;
  readonly #connection: Connection;
  readonly #refused: Record<FeedRefusal, number>;
  #isConnected = false;
  /** Whether the newest frame with a time came too late: then frames without one did too. */
  #isBehind = false;
  #connects = 0;
  #frames = 0;
  #taken = 0;
  #errors = 0;

  constructor(settings: ExchangeFeedSettings) {
    this.#settings = settings;
    const { exchange, url, sources, priceRules, connectionRules: rules, wall } = settings;
    this.#refused = noRefusals();
    this.#listed = new Map(sources.flatMap((source) => listSymbols(source, priceRules)));
    this.#connection = new Connection({
      url,
      reader: READERS[exchange],
      symbols: [...this.#listed.keys()],
      rules,
      wall,
      listener: this.#listener(),
    });
  }

  start(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#isConnected = false;
    this.#connection.stop();
  }

  /** Takes out every price that is new or was confirmed since the last call; at most one of each asset and source. */
  drain(): TakenPrice[] {
    const prices: TakenPrice[] = [];
    for (const listed of this.#listed.values()) {
      const price = listed.isNew ? listed.instrument.price() : null;
      if (price === null) continue;
      listed.isNew = false;
      prices.push({ source: listed.source, asset: listed.asset, price: listed.isInverted ? inverse(price) : price });
    }
    return prices;
  }

  figures(): ExchangeFigures {
    const { exchange } = this.#settings;
    const counts = { connects: this.#connects, frames: this.#frames, taken: this.#taken, errors: this.#errors };
    return { exchange, isConnected: this.#isConnected, ...counts, refused: { ...this.#refused } };
  }

  #listener() {
    const { exchange, url, onNews } = this.#settings;
    return {
      onFrame: () => {
        this.#frames += 1;
      },
      onObservation: (observation: Observation) => this.#judge(observation),
      onRefusedFrame: (refusal: FrameRefusal, reason: string) => this.#refuse(refusal, reason),
      onOpen: () => {
        this.#isConnected = true;
        this.#isBehind = false;
        this.#connects += 1;
        onNews({ kind: 'connected', exchange, url });
      },
      onLost: (reason: string, waitMs: number) => {
        this.#isConnected = false;
        onNews({ kind: 'lost', exchange, reason, waitMs });
      },
      onError: (message: string) => {
        this.#errors += 1;
        onNews({ kind: 'error', exchange, message });
      },
    };
  }

  #judge(observation: Observation): void {
    const listed = this.#listed.get(observation.symbol);
    const refusal = listed === undefined ? 'unknownSymbol' : this.#take(listed.instrument, observation);
    if (refusal !== null) this.#refuse(refusal, observation.symbol.slice(0, SYMBOL_SHOWN_MAX));
    else this.#taken += 1;
    if (listed !== undefined && refusal === null && observation.book !== null) listed.isNew = true;
  }

  /** Frames of one connection come in order: a book without a time is as late as the last frame that had one. */
  #take(instrument: Instrument, observation: Observation): Refusal | null {
    const { wall, priceRules } = this.#settings;
    const nowMs = wall.nowMs();
    if (observation.stampMs !== null) this.#isBehind = nowMs - observation.stampMs > priceRules.pastMsMax;
    else if (this.#isBehind) return 'past';
    return instrument.take(observation, nowMs);
  }

  #refuse(refusal: FeedRefusal, about: string): void {
    this.#refused[refusal] += 1;
    this.#settings.onNews({ kind: 'refused', exchange: this.#settings.exchange, refusal, about });
  }
}

function listSymbols({ name, symbols }: LiveSource, rules: PriceRules): [string, Listed][] {
  return Object.entries(symbols).map(([asset, text]) => {
    const { symbol, isInverted } = symbolChoice(text);
    return [symbol, { source: name, asset, isInverted, instrument: new Instrument(rules), isNew: false }];
  });
}

/** One unit of the quote in units of the base: who bids for the one asks for the other. */
function inverse({ bid, ask, last }: Price): Price {
  return { bid: 1 / ask, ask: 1 / bid, last: 1 / last };
}

function noRefusals(): Record<FeedRefusal, number> {
  const none = { malformed: 0, binary: 0, tooLarge: 0, unknownSymbol: 0 };
  return { ...none, notAPrice: 0, crossed: 0, future: 0, past: 0, late: 0, repeated: 0, jump: 0 };
}
