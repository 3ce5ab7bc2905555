/** `markPrice.<symbol>`: mark, index and funding, once a second, all markets at the same moment. */
import type { MarketData } from '@mochila/projections';
import type { MarkPriceEvent } from '../schemas/stream-public.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writeMillis, writePpb, writePrice, writeUsdPrice } from '../venue/write-decimals.ts';
import { MarketChannels, resolvePerp, type StreamContext, type StreamKind } from './stream-kind.ts';

/** Makes the streams. They speak whether or not anything changed. */
export function createMarkPriceStream(context: StreamContext): StreamKind {
  const { directory, feed, nowMicros, periods } = context;
  const channels = new MarketChannels('markPrice.', directory);
  const publish = (): void => {
    const E = nowMicros();
    for (const [market, channel] of channels.allLive()) {
      const data = payload(market, feed.market(market.ix), E);
      if (data !== null) channel.publish(data);
    }
  };
  return { prefix: 'markPrice', resolve: resolvePerp(context, channels), timers: [{ everyMs: periods.secondMs, run: publish }] };
}

function payload(market: MarketEntry, { mark, markedAtMicros }: MarketData, E: number): MarkPriceEvent | null {
  if (mark === null) return null;
  return {
    e: 'markPrice',
    E,
    T: markedAtMicros,
    s: market.symbol,
    p: writePrice(market, mark.markTicks),
    f: writePpb(mark.fundingPpb),
    ...(mark.indexPrice > 0 ? { i: writeUsdPrice(market, mark.indexPrice) } : {}),
    n: writeMillis(mark.nextFundingMicros),
  };
}
