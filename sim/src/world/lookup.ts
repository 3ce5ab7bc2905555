/** Markets and assets of a simulated venue by their symbols. */
import type { State } from '@mochila/core';
import type { SimVenue } from '../venue/sim-venue.ts';

/** A listed market. */
export type SimMarket = State['markets'][number];
/** A listed asset. */
export type SimAsset = State['assets'][number];

/** @throws Error when no market has the symbol. */
export function marketOf(venue: SimVenue, symbol: string): SimMarket {
  const market = venue.state.markets.find((one) => one.symbol === symbol);
  if (market === undefined) throw new Error(`the scenario lists no market ${symbol}`);
  return market;
}

/** @throws Error when no asset has the symbol. */
export function assetOf(venue: SimVenue, symbol: string): SimAsset {
  const asset = venue.state.assets.find((one) => one.symbol === symbol);
  if (asset === undefined) throw new Error(`the scenario lists no asset ${symbol}`);
  return asset;
}
