/** How far a taker may walk (perpetuals.md 6): the tightest of its bands, in ticks, with the reason it expires at the edge. */
import { ExpiryReason, MarketType, type ExpiryReason as Reason, Side, SlippageKind } from '@mochila/protocol';
import { bestTicks } from '../book/book.ts';
import { PRICE_TICKS_MAX } from '../limits.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';
import type { PriceBound, Slippage } from './price-bound.ts';

const bound: PriceBound = { ticks: 0, reason: ExpiryReason.None };

/**
 * The bound for a taker on `side` at this moment. Measured once, when the order arrives.
 *
 * @returns one reused object; ticks are whole, rounded into the band.
 */
export function priceBound(state: State, market: Market, side: number, slippage: Slippage): PriceBound {
  const isBid = side === Side.Bid;
  bound.ticks = isBid ? PRICE_TICKS_MAX : 1;
  bound.reason = ExpiryReason.InsufficientLiquidity;
  const best = bestTicks(market.book, isBid ? Side.Ask : Side.Bid);
  const { impactBand, meanMarkBand, perp } = market.listing;
  const { meanMark, meanPremium } = market.price;
  if (best > 0) tighten(isBid, best * (isBid ? impactBand.max : impactBand.min), ExpiryReason.PriceImpact);
  if (meanMark > 0)
    tighten(isBid, (meanMark / market.tickSize) * (isBid ? meanMarkBand.max : meanMarkBand.min), ExpiryReason.PriceOutOfBounds);
  const index = state.assets[market.base]!.price.index;
  if (market.type === MarketType.PERP && perp !== null && index > 0) {
    const premium = isBid ? meanPremium + perp.meanPremiumTolerance : meanPremium - perp.meanPremiumTolerance;
    tighten(isBid, (index * (1 + premium)) / market.tickSize, ExpiryReason.PriceOutOfBounds);
  }
  if (best > 0 && slippage.kind !== SlippageKind.None)
    tighten(isBid, slippageTicks(isBid, best, slippage), ExpiryReason.SlippageToleranceExceeded);
  return bound;
}

function slippageTicks(isBid: boolean, best: number, slippage: Slippage): number {
  const away = slippage.kind === SlippageKind.TickSize ? slippage.tolerance : (best * slippage.tolerance) / 1e6;
  return isBid ? best + away : best - away;
}

function tighten(isBid: boolean, edge: number, reason: Reason): void {
  const ticks = isBid ? Math.floor(edge) : Math.max(1, Math.ceil(edge));
  if (isBid ? ticks >= bound.ticks : ticks <= bound.ticks) return;
  bound.ticks = ticks;
  bound.reason = reason;
}

/** True when `ticks` is beyond `edge` for a taker on `side`. */
export function isBeyond(side: number, ticks: number, edge: number): boolean {
  return side === Side.Bid ? ticks > edge : ticks < edge;
}
