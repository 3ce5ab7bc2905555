/** `deleveraging` and `deleveraging.<symbol>`: positions that were closed against winners, without a name. */
import type { EventBatch, EventFields } from '@mochila/protocol';
import type { DeleveragingEvent } from '../schemas/stream-public.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writeAmount, writePrice, writeQuantity } from '../venue/write-decimals.ts';
import { Channel } from './channel.ts';
import { MarketChannels, resolveSymbol, type StreamContext, type StreamKind } from './stream-kind.ts';

/** Makes the streams. */
export function createDeleveragingStream(context: StreamContext): StreamKind {
  const { directory, nowMicros } = context;
  const everywhere = new Channel('deleveraging');
  const channels = new MarketChannels('deleveraging.', directory);
  const resolveOne = resolveSymbol(context, channels);
  return {
    prefix: 'deleveraging',
    resolve: (parts, name) => (parts.length === 0 ? everywhere : resolveOne(parts, name)),
    listener: {
      batch: (batch) => {
        for (const [ix, event] of batch.events.entries()) {
          if (event.name !== 'deleveraged') continue;
          const data = payload(directory.marketAt(event.fields.market), batch, ix, event.fields, nowMicros());
          everywhere.publish(data);
          channels.live(event.fields.market)?.publish(data);
        }
      },
    },
  };
}

/** The id is that of `GET /api/v1/deleveragings`. */
function payload(
  market: MarketEntry,
  { seq, timeMicros }: EventBatch,
  ix: number,
  close: EventFields<'deleveraged'>,
  E: number,
): DeleveragingEvent {
  return {
    e: 'deleveraging',
    E,
    T: timeMicros,
    s: market.symbol,
    i: `${seq}-${ix}`,
    Q: writeQuantity(market, close.neededLots),
    q: writeQuantity(market, close.takenLots),
    O: writeQuantity(market, close.overshootLots),
    M: writePrice(market, close.markTicks),
    p: writePrice(market, close.priceTicks),
    d: writeAmount(market.quote, close.deficitAtoms),
    c: writeAmount(market.quote, close.cashAtoms),
    l: writeAmount(market.quote, close.leftAtoms),
    w: close.winners,
  };
}
