/** `ticker.<symbol>`: the statistics of the last 24 hours, once a second. */
import type { WindowFigures } from '@mochila/projections';
import { windowFigures } from '../market-data/market-figures.ts';
import { writeTotalQuantity, writeTotalQuote } from '../market-data/write-totals.ts';
import type { TickerEvent } from '../schemas/stream-public.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writePrice } from '../venue/write-decimals.ts';
import { MarketChannels, resolveSymbol, type StreamContext, type StreamKind } from './stream-kind.ts';

/** Makes the streams. A market that never had a trade is silent. */
export function createTickerStream(context: StreamContext): StreamKind {
  const { directory, feed, nowMicros, periods } = context;
  const channels = new MarketChannels('ticker.', directory);
  const publish = (): void => {
    const E = nowMicros();
    for (const [market, channel] of channels.allLive()) {
      const figures = windowFigures(feed.market(market.ix), '1d', feed.fold.timeMicros);
      if (figures !== null) channel.publish(payload(market, figures, E));
    }
  };
  return { prefix: 'ticker', resolve: resolveSymbol(context, channels), timers: [{ everyMs: periods.secondMs, run: publish }] };
}

function payload(market: MarketEntry, figures: WindowFigures, E: number): TickerEvent {
  return {
    e: 'ticker',
    E,
    s: market.symbol,
    o: writePrice(market, figures.open),
    c: writePrice(market, figures.last),
    h: writePrice(market, figures.high),
    l: writePrice(market, figures.low),
    v: writeTotalQuantity(market, figures.volumeLots),
    V: writeTotalQuote(market, figures.quoteAtoms),
    n: figures.trades,
  };
}
