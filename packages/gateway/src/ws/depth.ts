/** `depth.<symbol>` and `depth.<window>.<symbol>`: the changes of a book, each at once or collected. */
import { type DepthDelta, DepthWindow, type Level } from '@mochila/projections';
import { type EventFields, Side } from '@mochila/protocol';
import { STREAM_ERROR_CODES } from '../schemas/stream-frames.ts';
import type { DepthEvent } from '../schemas/stream-public.ts';
import { DEPTH_WINDOWS } from '../schemas/streams.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writePrice, writeQuantity } from '../venue/write-decimals.ts';
import type { Channel } from './channel.ts';
import { findMarket, MarketChannels, refuse, type StreamContext, type StreamKind, type StreamRefusal } from './stream-kind.ts';

type DepthWindowName = (typeof DEPTH_WINDOWS)[number];
type LevelChange = EventFields<'levelChanged'>;

const LEVELS_MAX = 1_000_000;

/** Makes the streams. */
export function createDepthStream(context: StreamContext): StreamKind {
  const realtime = new MarketChannels('depth.', context.directory, (market) => ({ snapshot: () => wholeBook(context, market) }));
  const windows = DEPTH_WINDOWS.map((name) => new WindowedDepth(name, context));
  return {
    prefix: 'depth',
    resolve: (parts, name) => resolve(context, realtime, windows, parts, name),
    listener: {
      level: ({ facts: { market: ix } }, change, timeMicros) => {
        realtime.live(ix)?.publish(changePayload(context, context.directory.marketAt(ix), change, timeMicros));
        for (const window of windows) window.add(ix, change, timeMicros);
      },
    },
    timers: windows.map((window) => ({ everyMs: window.everyMs, run: () => window.publish() })),
  };
}

function resolve(
  context: StreamContext,
  realtime: MarketChannels,
  windows: readonly WindowedDepth[],
  parts: readonly string[],
  name: string,
): Channel | StreamRefusal {
  const [first, second] = parts;
  if (parts.length === 2) {
    const window = windows.find((one) => one.name === first);
    if (window === undefined) {
      return refuse(name, `the windows are ${DEPTH_WINDOWS.join(', ')}, or none for every change`, STREAM_ERROR_CODES.invalidDepthWindow);
    }
    const market = findMarket(context, second, name);
    return 'code' in market ? market : window.open(market);
  }
  const market = findMarket(context, parts.length === 1 ? first : undefined, name);
  return 'code' in market ? market : realtime.open(market);
}

/** The streams of one window. Changes are gathered only where somebody listens. */
class WindowedDepth {
  readonly name: DepthWindowName;
  readonly everyMs: number;
  readonly #context: StreamContext;
  readonly #channels: MarketChannels;
  readonly #gathered: (DepthWindow | undefined)[] = [];

  constructor(name: DepthWindowName, context: StreamContext) {
    this.name = name;
    this.everyMs = Number.parseInt(name, 10);
    this.#context = context;
    this.#channels = new MarketChannels(`depth.${name}.`, context.directory, (market) => ({ snapshot: () => wholeBook(context, market) }));
  }

  open(market: MarketEntry): Channel {
    // What was gathered for those who left is not for those who come.
    if (this.#channels.live(market.ix) === undefined) this.#gathered[market.ix] = new DepthWindow();
    return this.#channels.open(market);
  }

  add(ix: number, change: LevelChange, timeMicros: number): void {
    if (this.#channels.live(ix) !== undefined) this.#gathered[ix]?.add(change, timeMicros);
  }

  publish(): void {
    for (const [market, channel] of this.#channels.allLive()) {
      const delta = this.#gathered[market.ix]?.take() ?? null;
      if (delta !== null) channel.publish(deltaPayload(this.#context, market, delta));
    }
  }
}

function changePayload({ nowMicros }: StreamContext, market: MarketEntry, change: LevelChange, timeMicros: number): DepthEvent {
  const levels = writeLevels(market, [[change.priceTicks, change.lots]]);
  const isBid = change.side === Side.Bid;
  return {
    e: 'depth',
    E: nowMicros(),
    T: timeMicros,
    s: market.symbol,
    a: isBid ? [] : levels,
    b: isBid ? levels : [],
    U: change.updateId,
    u: change.updateId,
  };
}

function deltaPayload({ nowMicros }: StreamContext, market: MarketEntry, delta: DepthDelta): DepthEvent {
  return {
    e: 'depth',
    E: nowMicros(),
    T: delta.timeMicros,
    s: market.symbol,
    a: writeLevels(market, delta.asks),
    b: writeLevels(market, delta.bids),
    U: delta.firstUpdateId,
    u: delta.lastUpdateId,
  };
}

function wholeBook({ feed, nowMicros }: StreamContext, market: MarketEntry): DepthEvent {
  const { asks, bids, updateId } = feed.market(market.ix).depth.snapshot(LEVELS_MAX);
  return {
    e: 'depth',
    E: nowMicros(),
    T: feed.fold.timeMicros,
    s: market.symbol,
    a: writeLevels(market, asks),
    b: writeLevels(market, bids),
    U: updateId,
    u: updateId,
    snapshot: true,
  };
}

function writeLevels(market: MarketEntry, levels: readonly Level[]): [string, string][] {
  return levels.map(([priceTicks, lots]) => [writePrice(market, priceTicks), writeQuantity(market, lots)]);
}
