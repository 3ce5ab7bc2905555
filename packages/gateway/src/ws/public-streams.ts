/** All kinds of public streams, by the first part of their names. */
import type { FeedListener } from '../market-data/market-data-feed.ts';
import { createBookTickerStream } from './book-ticker.ts';
import type { Channel } from './channel.ts';
import { createDeleveragingStream } from './deleveraging.ts';
import { createDepthStream } from './depth.ts';
import { createFundMoveStream } from './fund-move.ts';
import { createKlineStream } from './kline.ts';
import { createLiquidationStream } from './liquidation.ts';
import { createMarkPriceStream } from './mark-price.ts';
import { createOpenInterestStream } from './open-interest.ts';
import { refuse, type StreamContext, type StreamKind, type StreamRefusal } from './stream-kind.ts';
import { createTickerStream } from './ticker.ts';
import { createTradeStream } from './trade.ts';

const CREATORS = [
  createBookTickerStream,
  createDepthStream,
  createTradeStream,
  createKlineStream,
  createTickerStream,
  createMarkPriceStream,
  createOpenInterestStream,
  createLiquidationStream,
  createDeleveragingStream,
  createFundMoveStream,
];
/** Streams that the interface knows and this venue has nothing to say on. */
const NOT_SERVED: ReadonlySet<string> = new Set(['externalTicker', 'stockPrice', 'stockIndicativeQuote']);

/** The public streams of a venue. */
export class PublicStreams {
  readonly listeners: readonly FeedListener[];
  readonly #kinds: ReadonlyMap<string, StreamKind>;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(context: StreamContext) {
    const kinds = CREATORS.map((create) => create(context));
    this.#kinds = new Map(kinds.map((kind) => [kind.prefix, kind]));
    this.listeners = kinds.flatMap(({ listener }) => (listener === undefined ? [] : [listener]));
    for (const { timers = [] } of kinds) {
      for (const { everyMs, run } of timers) this.#timers.push(setInterval(run, everyMs));
    }
  }

  /** Finds the stream of a name. */
  resolve(name: string): Channel | StreamRefusal {
    const [prefix = '', ...parts] = name.split('.');
    if (NOT_SERVED.has(prefix)) return refuse(name, 'this venue lists no market that has it');
    const kind = this.#kinds.get(prefix);
    return kind === undefined
      ? refuse(name, `the kinds of streams are ${[...this.#kinds.keys()].join(', ')} and account; see /docs`)
      : kind.resolve(parts, name);
  }

  /** Ends the streams that follow the clock. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }
}
