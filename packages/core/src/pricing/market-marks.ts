/** The marks of all markets, once a second (perpetuals rules 2): perpetuals by layers, spot markets from the asset's mark. */
import { ewmaNext, ewmaWeightFiveMinutes } from '@mochila/math';
import { BookState, events, MarketType, MarkRule, PriceGrade } from '@mochila/protocol';
import { MICROS_PER_HOUR } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';
import { estimateFunding } from './funding-rate.ts';
import { marketGrade, marketIndex } from './market-index.ts';
import { publishedTicks, stepPerpMark } from './perp-mark.ts';

/**
 * Moves every mark by `seconds` and tells it. A market with a stale index holds its last good mark and is reduce-only.
 *
 * @param seconds - whole seconds since the last tick, 1 or more.
 */
export function stepMarketMarks(state: State, seconds: number): void {
  for (const market of state.markets) {
    const stateBefore = publicBookState(market);
    const wasReduceOnly = market.isReduceOnly;
    market.price.grade = marketGrade(state, market);
    market.isReduceOnly = market.price.grade === PriceGrade.Stale;
    market.price.markBefore = market.price.markExact;
    market.price.ewmaBefore = market.price.ewma;
    market.price.markSeconds = seconds;
    if (market.isReduceOnly) market.price.markRule = MarkRule.Held;
    if (!market.isReduceOnly) {
      if (market.type === MarketType.PERP) {
        stepPerpMark(state, market, seconds);
        estimateFunding(market);
      } else stepSpotMark(state, market, seconds);
    }
    if (publicBookState(market) !== stateBefore || market.isReduceOnly !== wasReduceOnly) emitBookState(state, market);
    if (market.price.markTicks > 0) emitMark(state, market);
  }
}

/** The state a trader meets: Open turns LimitOnly while step and premium range conflict. */
export function publicBookState(market: Market): number {
  return market.isStepLimited && market.bookState === BookState.Open ? BookState.LimitOnly : market.bookState;
}

/** Tells the state of a book. */
export function emitBookState(state: State, market: Market): void {
  emit(state.out, events.bookStateChanged, {
    market: market.ix,
    bookState: publicBookState(market),
    isReduceOnly: market.isReduceOnly ? 1 : 0,
  });
}

function stepSpotMark(state: State, market: Market, seconds: number): void {
  const { price } = market;
  const quoteMark = state.assets[market.quote]!.price.mark;
  const exact = state.assets[market.base]!.price.mark / quoteMark;
  const isFirst = price.markTicks === 0;
  price.markRule = MarkRule.Assets;
  price.markExact = exact;
  price.layer1 = exact;
  price.layer2 = exact;
  price.markTicks = publishedTicks(market, exact);
  price.meanMark = isFirst ? exact : ewmaNext(price.meanMark, exact, ewmaWeightFiveMinutes(seconds));
  price.steppedAtMicros = state.timeMicros;
}

function emitMark(state: State, market: Market): void {
  const { price } = market;
  const isPerp = market.type === MarketType.PERP;
  emit(state.out, events.markUpdated, {
    market: market.ix,
    markTicks: price.markTicks,
    indexPrice: marketIndex(state, market),
    ewma: price.ewma,
    premium: price.premium,
    fundingPpb: price.fundingPpb,
    nextFundingMicros: isPerp ? (Math.floor(state.tickSecond / 3_600) + 1) * MICROS_PER_HOUR : 0,
    grade: price.grade,
    isStepLimited: market.isStepLimited ? 1 : 0,
  });
}
