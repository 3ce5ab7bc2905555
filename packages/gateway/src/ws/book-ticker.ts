/** `bookTicker.<symbol>`: the best bid and ask, when they change. */
import type { BookTicker, Level } from '@mochila/projections';
import type { BookTickerEvent } from '../schemas/stream-public.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writePrice, writeQuantity } from '../venue/write-decimals.ts';
import { MarketChannels, resolveSymbol, type StreamContext, type StreamKind } from './stream-kind.ts';

/** Makes the streams. Under back-pressure a slow reader gets only the latest. */
export function createBookTickerStream(context: StreamContext): StreamKind {
  const { directory, nowMicros } = context;
  const channels = new MarketChannels('bookTicker.', directory, () => ({ isConflated: true }));
  const last: (BookTicker | undefined)[] = [];
  return {
    prefix: 'bookTicker',
    resolve: resolveSymbol(context, channels),
    listener: {
      book: ({ facts: { market: ix }, depth }, timeMicros) => {
        const channel = channels.live(ix);
        if (channel === undefined) return;
        const ticker = depth.ticker();
        const before = last[ix];
        if (before !== undefined && isSame(before.bid, ticker.bid) && isSame(before.ask, ticker.ask)) return;
        last[ix] = ticker;
        channel.publish(payload(directory.marketAt(ix), ticker, { E: nowMicros(), T: timeMicros }));
      },
    },
  };
}

function payload(market: MarketEntry, { bid, ask, updateId }: BookTicker, times: { E: number; T: number }): BookTickerEvent {
  return {
    e: 'bookTicker',
    ...times,
    s: market.symbol,
    a: ask === null ? null : writePrice(market, ask[0]),
    A: ask === null ? null : writeQuantity(market, ask[1]),
    b: bid === null ? null : writePrice(market, bid[0]),
    B: bid === null ? null : writeQuantity(market, bid[1]),
    u: updateId,
  };
}

function isSame(one: Level | null, other: Level | null): boolean {
  return one === other || (one !== null && other !== null && one[0] === other[0] && one[1] === other[1]);
}
