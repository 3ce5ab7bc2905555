/** `trade.<symbol>`: every trade, those of liquidations included. */
import type { PublicTrade } from '@mochila/projections';
import type { TradeEvent } from '../schemas/stream-public.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writePrice, writeQuantity } from '../venue/write-decimals.ts';
import { MarketChannels, resolveSymbol, type StreamContext, type StreamKind } from './stream-kind.ts';

/** Makes the streams. */
export function createTradeStream(context: StreamContext): StreamKind {
  const { directory, nowMicros } = context;
  const channels = new MarketChannels('trade.', directory);
  return {
    prefix: 'trade',
    resolve: resolveSymbol(context, channels),
    listener: {
      trade: (_market, trade) => channels.live(trade.market)?.publish(payload(directory.marketAt(trade.market), trade, nowMicros())),
    },
  };
}

function payload(market: MarketEntry, trade: PublicTrade, E: number): TradeEvent {
  return {
    e: 'trade',
    E,
    T: trade.timeMicros,
    s: market.symbol,
    p: writePrice(market, trade.priceTicks),
    q: writeQuantity(market, trade.quantityLots),
    b: String(trade.buyerOrderId),
    a: String(trade.sellerOrderId),
    t: trade.tradeId,
    m: trade.isBuyerMaker,
  };
}
