/** What a kind of public stream is made of; one file each defines one. */
import type { FeedListener, MarketDataFeed } from '../market-data/market-data-feed.ts';
import { STREAM_ERROR_CODES } from '../schemas/stream-frames.ts';
import type { MarketEntry, VenueDirectory } from '../venue/directory.ts';
import { Channel, type ChannelTraits } from './channel.ts';

/** What streams speak of. */
export type StreamContext = {
  readonly directory: VenueDirectory;
  readonly feed: MarketDataFeed;
  /** When a frame is made, in microseconds of the venue. */
  readonly nowMicros: () => number;
  readonly periods: StreamPeriods;
  /** Told when a stream could not speak, such as for an engine that does not answer. */
  readonly onFault: (fault: unknown) => void;
};

/** How often the streams that follow the clock speak, in milliseconds. */
export type StreamPeriods = { readonly secondMs: number; readonly openInterestMs: number };

/** Why there is no such stream. */
export type StreamRefusal = { readonly code: number; readonly message: string };

/** A kind of public stream. */
export type StreamKind = {
  /** First part of the names. */
  readonly prefix: string;
  /** Finds the stream of the parts behind the prefix, or says why there is none. */
  readonly resolve: (parts: readonly string[], name: string) => Channel | StreamRefusal;
  readonly listener?: FeedListener;
  readonly timers?: readonly { readonly everyMs: number; readonly run: () => void }[];
};

/** The streams of one kind, one for each market. */
export class MarketChannels {
  readonly #prefix: string;
  readonly #directory: VenueDirectory;
  readonly #traitsOf: (market: MarketEntry) => ChannelTraits;
  readonly #channels: (Channel | undefined)[] = [];

  /**
   * @param prefix what stands before the symbol, its dot included
   * @param traitsOf what the stream of a market can do
   */
  constructor(prefix: string, directory: VenueDirectory, traitsOf: (market: MarketEntry) => ChannelTraits = () => ({})) {
    this.#prefix = prefix;
    this.#directory = directory;
    this.#traitsOf = traitsOf;
  }

  /** The stream of a market. */
  open(market: MarketEntry): Channel {
    const known = this.#channels[market.ix];
    if (known !== undefined) return known;
    const channel = new Channel(this.#prefix + market.symbol, this.#traitsOf(market));
    this.#channels[market.ix] = channel;
    return channel;
  }

  /** The stream of a market if somebody listens. */
  live(ix: number): Channel | undefined {
    const channel = this.#channels[ix];
    return channel !== undefined && channel.size > 0 ? channel : undefined;
  }

  /** Streams that somebody listens to, with their markets. */
  *allLive(): Iterable<readonly [MarketEntry, Channel]> {
    for (const market of this.#directory.markets) {
      const channel = this.live(market.ix);
      if (channel !== undefined) yield [market, channel];
    }
  }
}

/** Finds a market by its symbol, or says that there is none. */
export function findMarket(
  { directory }: Pick<StreamContext, 'directory'>,
  symbol: string | undefined,
  name: string,
): MarketEntry | StreamRefusal {
  const market = directory.markets.find((one) => one.symbol === symbol);
  return market ?? refuse(name, 'there is no such market; GET /api/v1/markets lists them');
}

/** Resolves names of one part, the symbol. */
export function resolveSymbol(
  context: Pick<StreamContext, 'directory'>,
  channels: MarketChannels,
): (parts: readonly string[], name: string) => Channel | StreamRefusal {
  return (parts, name) => {
    const market = findMarket(context, parts.length === 1 ? parts[0] : undefined, name);
    return 'code' in market ? market : channels.open(market);
  };
}

/** Resolves names of one part, the symbol of a perpetual. */
export function resolvePerp(
  context: Pick<StreamContext, 'directory'>,
  channels: MarketChannels,
): (parts: readonly string[], name: string) => Channel | StreamRefusal {
  const resolve = resolveSymbol(context, channels);
  return (parts, name) => {
    const market = findMarket(context, parts[0], name);
    return 'code' in market || market.isPerp
      ? resolve(parts, name)
      : refuse(name, `${market.symbol} is a spot market; only perpetuals have this stream`);
  };
}

/** Refuses a name. */
export function refuse(name: string, why: string, code: number = STREAM_ERROR_CODES.invalidStream): StreamRefusal {
  return { code, message: `Invalid stream "${name}": ${why}` };
}
