/** Default listings of markets: spot against USDC for every asset, perpetuals on most (perpetuals rules 2, 3, 5 and 6). */
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
  return [...traded.map((facts) => listMarket(facts, null)), ...perps.map((facts) => listMarket(facts, perpOf(facts.group)))];
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
    limitBand: { min: 0.75, max: 1.25 },
    impactBand: isTight ? { min: 0.99, max: 1.01 } : { min: 0.97, max: 1.03 },
    meanMarkBand: perp === null ? { min: 0.97, max: 1.03 } : { min: 0.9, max: 1.1 },
    perp,
    takerSpeedBumpMs: 0,
  };
}

/** Margins, premium bound and open-interest limit by group: majors, others, new listings. */
function perpOf(group: AssetGroup): PerpListing {
  const funding = { meanPremiumTolerance: 0.05, impactNotionalUsd: 10_000, fundingCap: 0.015, fundingFloor: -0.015 };
  if (group === 'major') {
    const margin = { imf: { base: 0.02, factor: 0.00006 }, mmf: { base: 0.0125, factor: 0.000036 } };
    return { ...margin, premiumBound: 0.01, ...funding, openInterestLimitUsd: 500_000_000 };
  }
  if (group === 'new') {
    const margin = { imf: { base: 0.2, factor: 0.0002 }, mmf: { base: 0.12, factor: 0.00012 } };
    return { ...margin, premiumBound: 0.1, ...funding, openInterestLimitUsd: 5_000_000 };
  }
  const margin = { imf: { base: 0.05, factor: 0.0002 }, mmf: { base: 0.03, factor: 0.00012 } };
  return { ...margin, premiumBound: 0.025, ...funding, openInterestLimitUsd: 50_000_000 };
}

/** The number with its first digit and noughts, a whole number of at least 1. */
function roundToDigit(value: number): number {
  return Math.max(1, Number(value.toPrecision(1)));
}
