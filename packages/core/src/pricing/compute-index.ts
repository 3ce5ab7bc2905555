/** The index of every asset, once a second (perpetuals rules 1): the only place that writes an index or its grade. */
import { indexPrice } from '@mochila/math';
import { PriceGrade } from '@mochila/protocol';
import type { Asset } from '../assets.ts';
import type { State } from '../state.ts';
import { computeFromRedemption } from './redemption.ts';
import { isSourceFresh, quoteUsd, sourcePrice } from './source-price.ts';

const NEVER = -1e15;

/**
 * Computes all indexes at command time: USDC is 1, then USDT (others are quoted in it), then what has a book of its
 * own somewhere, then what is redeemable for another asset.
 */
export function computeIndexes(state: State): void {
  for (const asset of state.assets) if (asset.symbol === 'USDT') computeFromSources(state, asset);
  for (const asset of state.assets) {
    if (asset.ix === state.usdc) setDollar(state, asset);
    else if (asset.symbol !== 'USDT' && asset.listing.redemption === null) computeFromSources(state, asset);
  }
  for (const asset of state.assets) if (asset.listing.redemption !== null) computeFromRedemption(state, asset, asset.listing.redemption);
}

/**
 * Grade of an index whose sources were last sufficient at `goodAtMicros`: good until then, degraded (it holds its last
 * value) for `degradedToStaleMs` more, stale after that.
 */
export function gradeAt(state: State, goodAtMicros: number, nowMicros: number): PriceGrade {
  if (nowMicros <= goodAtMicros) return PriceGrade.Good;
  return nowMicros - goodAtMicros < state.genesis.prices.degradedToStaleMs * 1_000 ? PriceGrade.Degraded : PriceGrade.Stale;
}

/** The settlement asset is its own measure: 1 and always good. */
function setDollar(state: State, asset: Asset): void {
  const { price } = asset;
  price.index = 1;
  price.grade = PriceGrade.Good;
  price.freshSources = state.genesis.prices.sources.length;
  price.goodAtMicros = state.timeMicros;
}

function computeFromSources(state: State, asset: Asset): void {
  const { price } = asset;
  const { sources, freshSourcesMin, clampFraction } = state.genesis.prices;
  const values: number[] = [];
  const weights: number[] = [];
  for (let source = 0; source < sources.length; source += 1) {
    keepSeen(state, asset, source);
    const value = isSourceFresh(state, asset, source) ? sourcePrice(state, asset, source) : 0;
    if (value === 0) continue;
    values.push(value);
    weights.push(sources[source]!.weight);
  }
  price.freshSources = values.length;
  if (values.length >= freshSourcesMin) {
    price.index = indexPrice(values, weights, clampFraction);
    price.goodAtMicros = state.timeMicros;
  } else price.goodAtMicros = Math.max(price.goodAtMicros, sufficientUntil(state, asset));
  price.grade = price.index === 0 ? PriceGrade.Stale : gradeAt(state, price.goodAtMicros, state.timeMicros);
}

/** Keeps what a source says now beside the index it makes: observations go on arriving while the index stands. */
function keepSeen(state: State, asset: Asset, source: number): void {
  const { price } = asset;
  price.seenBid[source] = price.bid[source]!;
  price.seenAsk[source] = price.ask[source]!;
  price.seenLast[source] = price.last[source]!;
  price.seenQuoteUsd[source] = quoteUsd(state, asset, source);
  price.seenAgeMicros[source] = state.timeMicros - price.freshAtMicros[source]!;
}

/** When the sources heard so far ceased to be enough: the death of the `freshSourcesMin`-th youngest of those that count. */
function sufficientUntil(state: State, asset: Asset): number {
  const { sources, freshSourcesMin, sourceStaleMs } = state.genesis.prices;
  const deaths: number[] = [];
  for (let source = 0; source < sources.length; source += 1) {
    if (sourcePrice(state, asset, source) > 0) deaths.push(asset.price.freshAtMicros[source]! + sourceStaleMs * 1_000);
  }
  if (deaths.length < freshSourcesMin) return NEVER;
  deaths.sort((a, b) => b - a);
  return Math.min(deaths[freshSourcesMin - 1]!, state.timeMicros - 1);
}
