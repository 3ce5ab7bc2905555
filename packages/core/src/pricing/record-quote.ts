/**
 * One observation of one source (perpetuals rules 1): kept as the source said it, with the time it was last known to be alive.
 *
 * A source is alive when its value changes or its own sequence rises; an old price under a new stamp ages. An
 * observation with a lower sequence came late and is dropped, until the source is stale: then it has restarted.
 */
import type { State } from '../state.ts';

/** What one source says of one asset, in the source's quote unit per unit of the asset. */
export interface Quote {
  source: number;
  asset: number;
  bid: number;
  ask: number;
  last: number;
  sourceSeq: number;
}

/**
 * Takes an observation at command time.
 *
 * @returns false when it is nonsense or late: nothing is written then.
 */
export function recordQuote(state: State, quote: Quote): boolean {
  if (!isSound(state, quote)) return false;
  const { price } = state.assets[quote.asset]!;
  const at = quote.source;
  const now = state.timeMicros;
  const isRisen = quote.sourceSeq > price.sourceSeq[at]!;
  const isFresh = now - price.freshAtMicros[at]! < state.genesis.prices.sourceStaleMs * 1_000;
  if (quote.sourceSeq < price.sourceSeq[at]! && isFresh) return false;
  const isChanged = quote.bid !== price.bid[at]! || quote.ask !== price.ask[at]! || quote.last !== price.last[at]!;
  price.bid[at] = quote.bid;
  price.ask[at] = quote.ask;
  price.last[at] = quote.last;
  price.sourceSeq[at] = quote.sourceSeq;
  if (isRisen || isChanged) price.freshAtMicros[at] = now;
  return true;
}

function isSound(state: State, quote: Quote): boolean {
  const { source, asset, bid, ask, last, sourceSeq } = quote;
  if (!Number.isInteger(source) || source < 0 || source >= state.genesis.prices.sources.length) return false;
  if (!Number.isInteger(asset) || asset < 0 || asset >= state.assets.length) return false;
  if (!isPrice(bid) || !isPrice(ask) || !isPrice(last) || bid > ask) return false;
  return Number.isSafeInteger(sourceSeq) && sourceSeq >= 0;
}

/** Prices far beyond any coin's are refused too, so that no product of theirs is infinite. */
function isPrice(value: number): boolean {
  return value > 1e-12 && value < 1e12;
}
