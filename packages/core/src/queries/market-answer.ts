/** Live figures of every market. */
import { type MarketAnswer, MarketType } from '@mochila/protocol';
import { MICROS_PER_HOUR } from '@mochila/units';
import { marketIndex } from '../pricing/market-index.ts';
import { publicBookState } from '../pricing/market-marks.ts';
import type { State } from '../state.ts';

/** Answers every market, in the order of the listing. */
export function marketAnswers(state: State): MarketAnswer[] {
  const nextFundingMicros = (Math.floor(state.timeMicros / MICROS_PER_HOUR) + 1) * MICROS_PER_HOUR;
  return state.markets.map((market) => ({
    market: market.ix,
    bookState: publicBookState(market),
    isReduceOnly: market.isReduceOnly,
    markTicks: market.price.markTicks,
    indexPrice: marketIndex(state, market),
    indexGrade: market.price.grade,
    lastPriceTicks: market.lastTicks,
    fundingPpb: market.price.fundingPpb,
    nextFundingMicros: market.type === MarketType.PERP ? nextFundingMicros : 0,
    openInterestLots: market.openInterestLots,
    updateId: market.book.updateId,
  }));
}
