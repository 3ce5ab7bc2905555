/** Reopening after a stop (perpetuals rules 6): a market whose prices went stale meanwhile passes through PostOnly. */
import { BookState, PriceGrade } from '@mochila/protocol';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';
import { computeIndexes } from './compute-index.ts';
import { marketGrade } from './market-index.ts';
import { emitBookState } from './market-marks.ts';

/** Seconds of good prices in PostOnly, so that makers quote before anybody takes. */
const POST_ONLY_SECONDS = 5;

/** Puts every market that trades and whose prices are stale at command time into PostOnly. */
export function closeStaleMarkets(state: State): void {
  computeIndexes(state);
  for (const market of state.markets) {
    const isTrading = market.bookState === BookState.Open || market.bookState === BookState.LimitOnly;
    const isWaiting = market.price.reopenState >= 0;
    if (market.price.markTicks === 0 || marketGrade(state, market) !== PriceGrade.Stale || !(isTrading || isWaiting)) continue;
    if (!isWaiting) market.price.reopenState = market.bookState;
    market.price.reopenSeconds = POST_ONLY_SECONDS;
    market.price.grade = PriceGrade.Stale;
    market.isReduceOnly = true;
    market.isStepLimited = false;
    market.bookState = BookState.PostOnly;
    emitBookState(state, market);
  }
}

/** Counts down the ticks with good prices of waiting markets, one a call, and gives them their state back. */
export function reopenMarkets(state: State): void {
  for (const market of state.markets) {
    if (market.price.reopenState < 0 || market.price.grade !== PriceGrade.Good) continue;
    market.price.reopenSeconds -= 1;
    if (market.price.reopenSeconds > 0) continue;
    market.bookState = market.price.reopenState;
    forgetReopening(market);
    emitBookState(state, market);
  }
}

/** An operator's word replaces a waiting reopening. */
export function forgetReopening(market: Market): void {
  market.price.reopenState = -1;
  market.price.reopenSeconds = 0;
}
