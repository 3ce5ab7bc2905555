/** What one source's observation is worth in USD, and whether it counts (perpetuals rules 1). */
import { median3 } from '@mochila/math';
import { PriceGrade } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { Asset } from '../assets.ts';
import type { State } from '../state.ts';

/**
 * USD price of an asset by one source: the median of best bid, best ask and last, times the index of what it quotes in.
 *
 * @returns 0 when the source cannot speak of this asset now: it never did, or the index of its quote is missing or stale.
 */
export function sourcePrice(state: State, asset: Asset, source: number): number {
  const bid = asset.price.bid[source]!;
  if (bid === 0) return 0;
  return median3(bid, asset.price.ask[source]!, asset.price.last[source]!) * quoteUsd(state, asset, source);
}

/** True when the source was alive within the last `sourceStaleMs` of command time. */
export function isSourceFresh(state: State, asset: Asset, source: number): boolean {
  return state.timeMicros - asset.price.freshAtMicros[source]! < state.genesis.prices.sourceStaleMs * 1_000;
}

/** USD value of the unit a source quotes in; 0 when it is unknown. USDT itself is never priced in USDT. */
export function quoteUsd(state: State, asset: Asset, source: number): number {
  const { quote } = state.genesis.prices.sources[source]!;
  if (quote !== 'USDT') return 1;
  if (asset.symbol === 'USDT') return 0;
  const usdt = state.assets.find((candidate) => candidate.symbol === 'USDT');
  assert(usdt !== undefined, 'a source that quotes in USDT needs USDT listed');
  return usdt.price.grade === PriceGrade.Stale ? 0 : usdt.price.index;
}
