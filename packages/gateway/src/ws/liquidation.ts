/** `liquidation` and `liquidation.<symbol>`: every trade that a liquidation made. */
import type { PublicTrade } from '@mochila/projections';
import { OrderOrigin } from '@mochila/protocol';
import type { LiquidationEvent } from '../schemas/stream-public.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writePrice, writeQuantity } from '../venue/write-decimals.ts';
import { Channel } from './channel.ts';
import { MarketChannels, resolveSymbol, type StreamContext, type StreamKind } from './stream-kind.ts';

const LIQUIDATIONS: ReadonlySet<number> = new Set([
  OrderOrigin.LiquidationAutoclose,
  OrderOrigin.AdlAutoclose,
  OrderOrigin.BackstopLiquidityProvider,
]);

/** Makes the streams. */
export function createLiquidationStream(context: StreamContext): StreamKind {
  const { directory, nowMicros } = context;
  const everywhere = new Channel('liquidation');
  const channels = new MarketChannels('liquidation.', directory);
  const resolveOne = resolveSymbol(context, channels);
  return {
    prefix: 'liquidation',
    resolve: (parts, name) => (parts.length === 0 ? everywhere : resolveOne(parts, name)),
    listener: {
      trade: (_market, trade) => {
        if (!LIQUIDATIONS.has(trade.origin)) return;
        const data = payload(directory.marketAt(trade.market), trade, nowMicros());
        everywhere.publish(data);
        channels.live(trade.market)?.publish(data);
      },
    },
  };
}

/** The side is that of the order which liquidates: the taker's. */
function payload(market: MarketEntry, trade: PublicTrade, E: number): LiquidationEvent {
  return {
    e: 'liquidation',
    E,
    T: trade.timeMicros,
    s: market.symbol,
    S: trade.isBuyerMaker ? 'Ask' : 'Bid',
    q: writeQuantity(market, trade.quantityLots),
    p: writePrice(market, trade.priceTicks),
  };
}
