/** The last trades of one market. */
import { type EventFields, Side } from '@mochila/protocol';
import { assertSafe } from '@mochila/units';

/** A trade as the public sees it. */
export interface PublicTrade {
  readonly market: number;
  readonly tradeId: number;
  readonly timeMicros: number;
  readonly priceTicks: number;
  readonly quantityLots: number;
  readonly quoteAtoms: number;
  readonly buyerOrderId: number;
  readonly sellerOrderId: number;
  /** The resting order was the buyer's. */
  readonly isBuyerMaker: boolean;
  /** OrderOrigin of the taker. */
  readonly origin: number;
}

/** Most trades kept for a market. */
export const RECENT_TRADES_MAX = 1_000;

/**
 * Reads a trade from a fill.
 *
 * @param k quote atoms of one tick times one lot
 */
export function tradeOfFill(fill: EventFields<'fill'>, timeMicros: number, k: number): PublicTrade {
  const isTakerBuyer = fill.takerSide === Side.Bid;
  return {
    market: fill.market,
    tradeId: fill.tradeId,
    timeMicros,
    priceTicks: fill.priceTicks,
    quantityLots: fill.quantityLots,
    quoteAtoms: assertSafe(fill.priceTicks * fill.quantityLots * k),
    buyerOrderId: isTakerBuyer ? fill.takerOrderId : fill.makerOrderId,
    sellerOrderId: isTakerBuyer ? fill.makerOrderId : fill.takerOrderId,
    isBuyerMaker: !isTakerBuyer,
    origin: fill.origin,
  };
}

/** Keeps the last {@link RECENT_TRADES_MAX} trades. */
export class RecentTrades {
  readonly #ring: PublicTrade[] = [];
  readonly #capacity: number;
  #next = 0;

  constructor(capacity: number = RECENT_TRADES_MAX) {
    this.#capacity = capacity;
  }

  add(trade: PublicTrade): void {
    this.#ring[this.#next] = trade;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  /** Trades, newest first. @param limit most of them */
  latest(limit: number): PublicTrade[] {
    const size = this.#ring.length;
    const found: PublicTrade[] = [];
    for (let back = 1; back <= Math.min(limit, size); back++) {
      const trade = this.#ring[(this.#next - back + size) % size];
      if (trade !== undefined) found.push(trade);
    }
    return found;
  }
}
