/** Where a liquidation may trade now (perpetuals rules 1 and 6). */
import { BookState, MarketType, PriceGrade } from '@mochila/protocol';
import { MICROS_PER_SECOND } from '@mochila/units';
import type { Market } from '../../markets.ts';
import type { State } from '../../state.ts';

/** False while a book takes no takers. One that takes limit orders only takes slices: their bound is a limit. */
export function takesSlices(market: Market): boolean {
  return market.bookState === BookState.Open || market.bookState === BookState.LimitOnly;
}

/**
 * False while a market's price may not be traded on: stale, or only held for longer than `degradedSellSeconds`. What is offered
 * at such a price is not offered; what is offered to a book that takes nothing is (ADR 0027).
 */
export function isPriced(state: State, market: Market): boolean {
  const { grade, markTicks } = market.price;
  if (markTicks === 0 || grade === PriceGrade.Stale) return false;
  if (grade === PriceGrade.Good) return true;
  const goodAt = Math.min(state.assets[market.base]!.price.goodAtMicros, state.assets[market.quote]!.price.goodAtMicros);
  return state.tickSecond * MICROS_PER_SECOND - goodAt <= state.genesis.liquidation.degradedSellSeconds * MICROS_PER_SECOND;
}

/** The market an asset is sold and bought on for USDC, or null. */
export function spotMarketOf(state: State, asset: number): Market | null {
  for (const market of state.markets) {
    if (market.type === MarketType.SPOT && market.base === asset && market.quote === state.usdc) return market;
  }
  return null;
}
