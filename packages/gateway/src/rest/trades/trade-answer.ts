/** A public trade as answers show it. */
import type { PublicTrade } from '@mochila/projections';
import type { Trade } from '../../schemas/market-data-answers.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { writeAmount, writeMillis, writePrice, writeQuantity } from '../../venue/write-decimals.ts';

/** A trade from memory or history. */
export function tradeAnswer(
  market: MarketEntry,
  trade: Pick<PublicTrade, 'tradeId' | 'priceTicks' | 'quantityLots' | 'quoteAtoms' | 'timeMicros' | 'isBuyerMaker'>,
): Trade {
  return {
    id: trade.tradeId,
    price: writePrice(market, trade.priceTicks),
    quantity: writeQuantity(market, trade.quantityLots),
    quoteQuantity: writeAmount(market.quote, trade.quoteAtoms),
    timestamp: writeMillis(trade.timeMicros),
    isBuyerMaker: trade.isBuyerMaker,
  };
}
