/** How a mark came about, layer by layer, from the numbers of the last second. */
import { clamp, median } from '@mochila/math';
import type { MarkExplanation } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { Asset } from '../assets.ts';
import type { State } from '../state.ts';
import { marketIndex } from './market-index.ts';
import { isSourceFresh, sourcePrice } from './source-price.ts';

/**
 * Explains a market's mark; prices of sources are in USD.
 *
 * @param ix - MarketIx of a listed market.
 */
export function explainMark(state: State, ix: number): MarkExplanation {
  const market = state.markets[ix];
  assert(market !== undefined, 'an explained market is listed');
  const asset = state.assets[market.base]!;
  const { price } = market;
  const middle = medianOfFresh(state, asset);
  return {
    market: ix,
    sources: explainSources(state, asset, middle),
    median: middle,
    indexPrice: marketIndex(state, market),
    grade: price.grade,
    mid: price.mid,
    isMidCounted: price.isMidCounted,
    ewma: price.ewma,
    layer1: price.layer1,
    layer2: price.layer2,
    layer3: price.markExact,
    markTicks: price.markTicks,
    stablePrice: asset.price.stable,
  };
}

function explainSources(state: State, asset: Asset, middle: number): MarkExplanation['sources'] {
  const { sources, clampFraction } = state.genesis.prices;
  const explained: MarkExplanation['sources'] = [];
  for (let source = 0; source < sources.length; source += 1) {
    if (asset.price.bid[source] === 0) continue;
    const price = sourcePrice(state, asset, source);
    const isFresh = price > 0 && isSourceFresh(state, asset, source);
    explained.push({
      source,
      bid: asset.price.bid[source]!,
      ask: asset.price.ask[source]!,
      last: asset.price.last[source]!,
      price,
      clamped: isFresh ? clamp(price, middle * (1 - clampFraction), middle * (1 + clampFraction)) : 0,
      weight: sources[source]!.weight,
      ageMs: Math.floor((state.timeMicros - asset.price.freshAtMicros[source]!) / 1_000),
      isFresh,
    });
  }
  return explained;
}

/** Median of the sources that count now; 0 when there is none. */
function medianOfFresh(state: State, asset: Asset): number {
  const values: number[] = [];
  for (let source = 0; source < state.genesis.prices.sources.length; source += 1) {
    const value = isSourceFresh(state, asset, source) ? sourcePrice(state, asset, source) : 0;
    if (value > 0) values.push(value);
  }
  return values.length === 0 ? 0 : median(values);
}
