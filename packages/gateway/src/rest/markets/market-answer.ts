/** A market as answers show it. */
import { BookState, type MarketAnswer, type MarketListing, nameOf, type PerpListing } from '@mochila/protocol';
import { MICROS_PER_HOUR, MICROS_PER_MILLI } from '@mochila/units';
import type { Market, OrderBookFilters } from '../../schemas/market-answers.ts';
import type { GatewayServices } from '../../services.ts';
import type { MarketEntry, VenueDirectory } from '../../venue/directory.ts';
import { writeFigure, writeIso, writePrice, writeQuantity } from '../../venue/write-decimals.ts';
import { marginFunctionAnswer } from '../assets/margin-functions.ts';

const FUNDING_INTERVAL_MS = MICROS_PER_HOUR / MICROS_PER_MILLI;
const BPS = 10_000;
const RATIO_DIGITS = 6;

/** All markets with the state of their books. */
export async function marketAnswers(services: Pick<GatewayServices, 'directory' | 'marketData'>): Promise<Market[]> {
  const { directory, marketData } = services;
  const figures = await marketData.figures.markets();
  return directory.markets.map((market) => marketAnswer(directory, market, figures[market.ix]));
}

/** A market with the state of its book. */
export function marketAnswer(directory: VenueDirectory, market: MarketEntry, live: MarketAnswer | undefined): Market {
  const { listing } = market;
  return {
    symbol: market.symbol,
    baseSymbol: market.base.symbol,
    quoteSymbol: market.quote.symbol,
    marketType: listing.type,
    filters: filtersOf(market),
    ...perpFields(listing.perp),
    orderBookState: live === undefined ? listing.state : nameOf(BookState, live.bookState),
    createdAt: writeIso(directory.genesis.createdAtMicros),
    visible: true,
    positionLimitWeight: null,
  };
}

function perpFields(perp: PerpListing | null) {
  if (perp === null) {
    return {
      imfFunction: null,
      mmfFunction: null,
      fundingInterval: null,
      fundingRateUpperBound: null,
      fundingRateLowerBound: null,
      openInterestLimit: null,
    };
  }
  return {
    imfFunction: marginFunctionAnswer(perp.imf),
    mmfFunction: marginFunctionAnswer(perp.mmf),
    fundingInterval: FUNDING_INTERVAL_MS,
    fundingRateUpperBound: ratio(perp.fundingCap * BPS),
    fundingRateLowerBound: ratio(perp.fundingFloor * BPS),
    openInterestLimit: ratio(perp.openInterestLimitUsd),
  };
}

function filtersOf(market: MarketEntry): OrderBookFilters {
  const { listing } = market;
  return {
    price: {
      minPrice: listing.tickSize,
      maxPrice: writePrice(market, listing.maxPriceTicks),
      tickSize: listing.tickSize,
      ...bandsOf(listing),
      borrowEntryFeeMaxMultiplier: null,
      borrowEntryFeeMinMultiplier: null,
      maxPriceUpdateMultiplier: null,
      minPriceUpdateMultiplier: null,
    },
    quantity: {
      minQuantity: writeQuantity(market, listing.minQuantityLots),
      maxQuantity: writeQuantity(market, listing.maxQuantityLots),
      stepSize: listing.lotSize,
    },
  };
}

function bandsOf({ limitBand, impactBand, meanMarkBand, perp }: MarketListing) {
  return {
    maxMultiplier: ratio(limitBand.max),
    minMultiplier: ratio(limitBand.min),
    maxImpactMultiplier: ratio(impactBand.max),
    minImpactMultiplier: ratio(impactBand.min),
    meanMarkPriceBand: { maxMultiplier: ratio(meanMarkBand.max), minMultiplier: ratio(meanMarkBand.min) },
    meanPremiumBand: perp === null ? null : { tolerancePct: ratio(perp.meanPremiumTolerance) },
  };
}

function ratio(value: number): string {
  return writeFigure(value, RATIO_DIGITS);
}
