/** Default listings of markets: spot against USDC for every asset, perpetuals on most (perpetuals rules 2, 3, 5 and 6). */
import { defaultBands, defaultPerp, type ListingGroup } from '@mochila/core';
import type { MarketListing, PerpListing } from '@mochila/protocol';
import { ASSET_FACTS, type AssetFacts, type AssetGroup } from './asset-facts.ts';

/** Quote atoms that the largest order is worth at the first price: 100M USDC. */
const LARGEST_ORDER_ATOMS = 1e14;
/** How far the price may rise before ticks run out: the largest notional stays below 2^52 atoms. */
const PRICE_ROOM = 20;

/** Lists the markets of the default venue: spot first, then perpetuals. */
export function defaultMarkets(): MarketListing[] {
  const traded = ASSET_FACTS.filter(({ symbol }) => symbol !== 'USDC');
  const perps = traded.filter(({ hasPerp }) => hasPerp);
  return [
    ...traded.map((facts) => listMarket(facts, null)),
    ...perps.map((facts) => listMarket(facts, defaultPerp(listingGroupOf(facts.group)))),
  ];
}

function listMarket(facts: AssetFacts, perp: PerpListing | null): MarketListing {
  const { symbol, tickSize, lotSize, startPrice, group } = facts;
  const startTicks = Math.round(startPrice / Number(tickSize));
  const k = Math.round(Number(tickSize) * Number(lotSize) * 1e6);
  const isTight = group === 'major' || group === 'dollar';
  return {
    symbol: perp === null ? `${symbol}_USDC` : `${symbol}_USDC_PERP`,
    type: perp === null ? 'SPOT' : 'PERP',
    base: symbol,
    quote: 'USDC',
    tickSize,
    lotSize,
    minQuantityLots: 1,
    maxQuantityLots: roundToDigit(LARGEST_ORDER_ATOMS / (startTicks * k)),
    maxPriceTicks: roundToDigit(startTicks * PRICE_ROOM),
    state: 'Open',
    ...defaultBands(perp !== null, isTight),
    perp,
    takerSpeedBumpMs: 0,
  };
}

function listingGroupOf(group: AssetGroup): ListingGroup {
  return group === 'major' || group === 'new' ? group : 'other';
}

/** The number with its first digit and noughts, a whole number of at least 1. */
function roundToDigit(value: number): number {
  return Math.max(1, Number(value.toPrecision(1)));
}
