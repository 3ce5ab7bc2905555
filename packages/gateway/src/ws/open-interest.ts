/** `openInterest.<symbol>`: open interest, once a minute. */
import type { OpenInterestEvent } from '../schemas/stream-public.ts';
import { writeQuantity } from '../venue/write-decimals.ts';
import { MarketChannels, resolvePerp, type StreamContext, type StreamKind } from './stream-kind.ts';

/** Makes the streams. An engine that does not answer now is asked again a minute later. */
export function createOpenInterestStream(context: StreamContext): StreamKind {
  const { directory, feed, nowMicros, periods } = context;
  const channels = new MarketChannels('openInterest.', directory);
  const publish = async (): Promise<void> => {
    const live = [...channels.allLive()];
    if (live.length === 0) return;
    const figures = await feed.figures.markets();
    const E = nowMicros();
    for (const [market, channel] of live) {
      const o = writeQuantity(market, figures[market.ix]?.openInterestLots ?? 0);
      channel.publish({ e: 'openInterest', E, s: market.symbol, o } satisfies OpenInterestEvent);
    }
  };
  return {
    prefix: 'openInterest',
    resolve: resolvePerp(context, channels),
    timers: [{ everyMs: periods.openInterestMs, run: () => void publish().catch(context.onFault) }],
  };
}
