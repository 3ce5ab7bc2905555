/** How a mark came about, layer by layer, from the numbers of the last second: all of them, so that anyone can do the sum again. */
import { clamp, median, median3 } from '@mochila/math';
import { type MarkExplanation, MarketType, MarkRule } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { Asset } from '../assets.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';
import { marketIndex } from './market-index.ts';
import { publicBookState } from './market-marks.ts';
import { stepPerSecondOf } from './redemption.ts';

/**
 * Explains a market's mark. Prices of sources are as they said them, everything after that is in USD; what came since
 * the last second is not in it.
 *
 * @param ix - MarketIx of a listed market.
 */
export function explainMark(state: State, ix: number): MarkExplanation {
  const market = state.markets[ix];
  assert(market !== undefined, 'an explained market is listed');
  const base = state.assets[market.base]!;
  // What is redeemed has no sources of its own: those of its underlying make the price.
  const priced = underlyingOf(state, base) ?? base;
  const middle = medianOfFresh(state, priced);
  return {
    market: ix,
    ...explainIndex(state, market, priced),
    sources: explainSources(state, priced, middle),
    median: middle,
    ...(market.type === MarketType.PERP ? explainPerp(state, market) : explainSpot(state, market, base)),
    markTicks: market.price.markTicks,
    bookState: publicBookState(market),
    isReduceOnly: market.isReduceOnly,
    isStepLimited: market.isStepLimited,
    assetMark: base.price.mark,
    stablePrice: base.price.stable,
    redemption: explainRedemption(state, base),
  };
}

type IndexPart = Pick<MarkExplanation, 'indexPrice' | 'grade' | 'freshSources' | 'freshSourcesMin' | 'clampFraction'>;

function explainIndex(state: State, market: Market, priced: Asset): IndexPart {
  const { freshSourcesMin, clampFraction } = state.genesis.prices;
  const { freshSources } = priced.price;
  return { indexPrice: marketIndex(state, market), grade: market.price.grade, freshSources, freshSourcesMin, clampFraction };
}

type LayerPart = Pick<
  MarkExplanation,
  | 'mid'
  | 'isMidCounted'
  | 'impactNotionalUsd'
  | 'ewmaBefore'
  | 'ewma'
  | 'layer1'
  | 'premiumBound'
  | 'layer2'
  | 'markBefore'
  | 'stepPerSecond'
  | 'seconds'
  | 'layer3'
  | 'rule'
>;

function explainPerp(state: State, { listing, price, base }: Market): LayerPart {
  return {
    mid: price.mid,
    isMidCounted: price.isMidCounted,
    impactNotionalUsd: listing.perp?.impactNotionalUsd ?? 0,
    ewmaBefore: price.ewmaBefore,
    ewma: price.ewma,
    layer1: price.layer1,
    premiumBound: listing.perp?.premiumBound ?? 0,
    layer2: price.layer2,
    markBefore: price.markBefore,
    stepPerSecond: stepPerSecondOf(state, state.assets[base]!),
    seconds: price.markSeconds,
    layer3: price.markExact,
    rule: price.markRule,
  };
}

/** The mark of a spot market is its asset's: the index, at a limited speed. There is no premium. */
function explainSpot(state: State, market: Market, base: Asset): LayerPart {
  const index = marketIndex(state, market);
  const isHeld = market.price.markRule === MarkRule.Held;
  return {
    mid: 0,
    isMidCounted: false,
    impactNotionalUsd: 0,
    ewmaBefore: 0,
    ewma: 0,
    layer1: index,
    premiumBound: 0,
    layer2: index,
    markBefore: base.price.markBefore,
    stepPerSecond: stepPerSecondOf(state, base),
    seconds: base.price.markSeconds,
    layer3: market.price.markExact,
    rule: isHeld ? MarkRule.Held : base.price.markRule,
  };
}

function explainRedemption(state: State, base: Asset): MarkExplanation['redemption'] {
  const { redemption } = base.listing;
  const underlying = underlyingOf(state, base);
  if (redemption === null || underlying === null) return null;
  const { redemptionRate, bookPrice, bookDiscount } = base.price;
  return {
    underlying: underlying.ix,
    underlyingIndex: underlying.price.index,
    rate: redemptionRate,
    listedRate: Number(redemption.rate),
    bookPrice,
    bookDiscount,
  };
}

function underlyingOf(state: State, { listing }: Asset): Asset | null {
  return state.assets.find(({ symbol }) => symbol === listing.redemption?.underlying) ?? null;
}

function explainSources(state: State, asset: Asset, middle: number): MarkExplanation['sources'] {
  const { sources, clampFraction } = state.genesis.prices;
  const { seenBid, seenAsk, seenLast, seenQuoteUsd, seenAgeMicros } = asset.price;
  const explained: MarkExplanation['sources'] = [];
  for (let source = 0; source < sources.length; source += 1) {
    if (seenBid[source] === 0) continue;
    const price = seenPrice(asset, source);
    const isFresh = isSeenFresh(state, asset, source);
    explained.push({
      source,
      bid: seenBid[source]!,
      ask: seenAsk[source]!,
      last: seenLast[source]!,
      quoteUsd: seenQuoteUsd[source]!,
      price,
      clamped: isFresh ? clamp(price, middle * (1 - clampFraction), middle * (1 + clampFraction)) : 0,
      weight: sources[source]!.weight,
      ageMs: Math.floor(seenAgeMicros[source]! / 1_000),
      isFresh,
    });
  }
  return explained;
}

/** Median of the sources that counted; 0 when none did. */
function medianOfFresh(state: State, asset: Asset): number {
  const values: number[] = [];
  for (let source = 0; source < state.genesis.prices.sources.length; source += 1) {
    if (asset.price.seenBid[source] !== 0 && isSeenFresh(state, asset, source)) values.push(seenPrice(asset, source));
  }
  return values.length === 0 ? 0 : median(values);
}

function seenPrice({ price }: Asset, source: number): number {
  return median3(price.seenBid[source]!, price.seenAsk[source]!, price.seenLast[source]!) * price.seenQuoteUsd[source]!;
}

/** Young enough, and its quote worth something. */
function isSeenFresh(state: State, asset: Asset, source: number): boolean {
  return asset.price.seenAgeMicros[source]! < state.genesis.prices.sourceStaleMs * 1_000 && seenPrice(asset, source) > 0;
}
