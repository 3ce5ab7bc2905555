/** What assets are worth as collateral and debt: the index at a limited speed, and the slow price for what leaves (accounts rules 5). */
import { ewmaNext, ewmaWeightHour, stepLimit } from '@mochila/math';
import { BookState, events, MarketType, MarkRule, PriceGrade } from '@mochila/protocol';
import type { Asset } from '../assets.ts';
import { emit } from '../event-buffer.ts';
import type { State } from '../state.ts';
import { stepBookDiscount, stepPerSecondOf } from './redemption.ts';

/** Largest move of a stable price a second, a fraction. */
const STABLE_STEP = 0.0005;

/**
 * Moves every asset's mark and stable price by `seconds` and tells the index.
 *
 * A stale index moves nothing. While the asset's perpetual is PostOnly its mark is the index, so the asset's is too:
 * a hedge is never valued at two speeds.
 *
 * @param seconds - whole seconds since the last tick, 1 or more.
 */
export function stepAssetMarks(state: State, seconds: number): void {
  for (const asset of state.assets) {
    const { price } = asset;
    price.markBefore = price.mark;
    price.markSeconds = seconds;
    if (price.grade !== PriceGrade.Stale) stepAssetMark(state, asset, seconds);
    else price.markRule = MarkRule.Held;
    if (asset.listing.redemption !== null && price.grade !== PriceGrade.Stale) stepBookDiscount(state, asset, seconds);
    emit(state.out, events.indexUpdated, {
      asset: asset.ix,
      price: price.index,
      markPrice: price.mark,
      stablePrice: price.stable,
      grade: price.grade,
      freshSources: price.freshSources,
    });
  }
}

function stepAssetMark(state: State, asset: Asset, seconds: number): void {
  const { price } = asset;
  if (price.mark === 0) {
    price.mark = price.index;
    price.stable = price.index;
    price.markRule = MarkRule.First;
  } else if (state.genesis.prices.marks === 'lastTrade') {
    price.markRule = MarkRule.LastTrade;
    price.mark = lastTradeUsd(state, asset) ?? price.index;
    price.stable = price.mark;
  } else {
    const isIndex = isPerpPostOnly(state, asset);
    price.markRule = isIndex ? MarkRule.Index : MarkRule.Stepped;
    price.mark = isIndex ? price.index : stepLimit(price.mark, price.index, stepPerSecondOf(state, asset), seconds);
    const average = ewmaNext(price.stable, price.index, ewmaWeightHour(seconds));
    price.stable = stepLimit(price.stable, average, STABLE_STEP, seconds);
  }
  price.steppedAtMicros = state.timeMicros;
}

/** Without layers a coin is worth what it was sold for last on its own book. */
function lastTradeUsd(state: State, asset: Asset): number | undefined {
  const spot = state.markets.find(({ type, base, quote }) => type === MarketType.SPOT && base === asset.ix && quote === state.usdc);
  return spot === undefined || spot.lastTicks === 0 ? undefined : spot.lastTicks * spot.tickSize;
}

/** Whether the perpetual on the asset, or on what it is redeemed for, is PostOnly: then both are worth their index. */
function isPerpPostOnly(state: State, { ix, listing }: Asset): boolean {
  for (const market of state.markets) {
    if (market.type !== MarketType.PERP || market.bookState !== BookState.PostOnly) continue;
    if (market.base === ix || state.assets[market.base]!.symbol === listing.redemption?.underlying) return true;
  }
  return false;
}
