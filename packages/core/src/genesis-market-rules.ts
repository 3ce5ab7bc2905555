/** Rules of a market's listing beyond its shape (accounts rules 2 and 5, perpetuals rules 2 and 6). */
import { checkMarginFunctions, checkNotionalBound, checkPremiumBound } from '@mochila/math';
import type { Genesis, MarketListing } from '@mochila/protocol';
import { parseDecimal } from '@mochila/units';
import { fractionDigits, type GenesisFault } from './genesis-shape.ts';

/** @returns the broken rules of one listing, which has the right shape. */
export function marketProblems(genesis: Genesis, listing: MarketListing, path: string): GenesisFault[] {
  const problems: GenesisFault[] = [];
  const require = (holds: boolean, field: string, value: unknown, rule: string): void => {
    if (!holds) problems.push({ path: `${path}.${field}`, value, rule });
  };
  const base = genesis.assets.find(({ symbol }) => symbol === listing.base);
  const quote = genesis.assets.find(({ symbol }) => symbol === listing.quote);
  const isPerp = listing.type === 'PERP';
  const name = `${listing.base}_${listing.quote}${isPerp ? '_PERP' : ''}`;
  require(base !== undefined, 'base', listing.base, 'is a listed asset');
  require(quote !== undefined && listing.quote !== listing.base, 'quote', listing.quote, 'is a listed asset other than the base');
  require(!isPerp || listing.quote === 'USDC', 'quote', listing.quote, 'is USDC on a perpetual');
  require(listing.symbol === name, 'symbol', listing.symbol, `is ${name} after its base and quote`);
  require(isPerp === (listing.perp !== null), 'perp', listing.perp, isPerp ? 'is given on a perpetual' : 'is null on a spot market');
  require(listing.minQuantityLots <=
    listing.maxQuantityLots, 'minQuantityLots', listing.minQuantityLots, `is at most maxQuantityLots (${listing.maxQuantityLots})`);
  if (base !== undefined && quote !== undefined) problems.push(...sizeProblems(listing, base.decimals, quote.decimals, path));
  problems.push(...perpProblems(genesis, listing, path));
  return problems;
}

/** A lot is whole base atoms, one tick times one lot whole quote atoms, the largest notional below 2^52. */
function sizeProblems(listing: MarketListing, baseDecimals: number, quoteDecimals: number, path: string): GenesisFault[] {
  const tick = unitsOf(listing.tickSize);
  const lot = unitsOf(listing.lotSize);
  const tickDigits = fractionDigits(listing.tickSize);
  const lotDigits = fractionDigits(listing.lotSize);
  const lotAtoms = wholeQuotient(lot * 10n ** BigInt(baseDecimals), 10n ** BigInt(lotDigits));
  const k = wholeQuotient(tick * lot * 10n ** BigInt(quoteDecimals), 10n ** BigInt(tickDigits + lotDigits));
  const problems: GenesisFault[] = [];
  if (lotAtoms === 0)
    problems.push({
      path: `${path}.lotSize`,
      value: listing.lotSize,
      rule: `is a whole number of ${listing.base} atoms (${baseDecimals} decimals), above 0`,
    });
  if (k === 0)
    problems.push({
      path: `${path}.tickSize`,
      value: listing.tickSize,
      rule: `times lotSize is a whole number of ${listing.quote} atoms (${quoteDecimals} decimals), above 0`,
    });
  const bound = k === 0 ? undefined : checkNotionalBound(listing.maxPriceTicks, listing.maxQuantityLots, k);
  if (bound !== undefined) problems.push({ path: `${path}.maxQuantityLots`, value: listing.maxQuantityLots, rule: bound });
  return problems;
}

function perpProblems(genesis: Genesis, listing: MarketListing, path: string): GenesisFault[] {
  const { perp } = listing;
  if (perp === null) return [];
  const problems: GenesisFault[] = [];
  const margin = checkMarginFunctions(perp.imf, perp.mmf, genesis.account.leverageLimitMax);
  if (margin !== undefined) problems.push({ path: `${path}.perp.mmf`, value: perp.mmf, rule: margin });
  const premium = checkPremiumBound(perp.premiumBound, perp.imf.base);
  if (premium !== undefined) problems.push({ path: `${path}.perp.premiumBound`, value: perp.premiumBound, rule: premium });
  return problems;
}

/** The quotient when it is a whole number below 2^53, else 0. */
function wholeQuotient(numerator: bigint, denominator: bigint): number {
  const quotient = numerator / denominator;
  return quotient * denominator === numerator && quotient <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(quotient) : 0;
}

/** A decimal text without its point. */
function unitsOf(text: string): bigint {
  const parsed = parseDecimal(text, fractionDigits(text));
  return parsed.ok ? BigInt(parsed.value) : 0n;
}
