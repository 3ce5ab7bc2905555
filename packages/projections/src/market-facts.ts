/** What folds must know of a market: what a genesis says, in engine units. */
import { type AssetListing, type Genesis, type MarketListing, MarketType } from '@mochila/protocol';
import { assert, assertSafe, parseDecimal } from '@mochila/units';

/** A market as folds see it. Its position in the genesis is its index. */
export interface MarketFacts {
  readonly market: number;
  readonly symbol: string;
  /** MarketType. */
  readonly type: number;
  /** Index of the base asset. */
  readonly base: number;
  /** Index of the quote asset. */
  readonly quote: number;
  /** Quote atoms of one tick times one lot. */
  readonly k: number;
  /** Base atoms of one lot. */
  readonly lotAtoms: number;
}

/**
 * Reads the markets of a genesis.
 *
 * @throws AssertionError when an amount does not fit its asset, which the engine refuses too
 */
export function marketFactsOf(genesis: Pick<Genesis, 'assets' | 'markets'>): MarketFacts[] {
  return genesis.markets.map((listing, market) => factsOf(listing, market, genesis.assets));
}

function factsOf(listing: MarketListing, market: number, assets: readonly AssetListing[]): MarketFacts {
  const base = assets.findIndex(({ symbol }) => symbol === listing.base);
  const quote = assets.findIndex(({ symbol }) => symbol === listing.quote);
  const baseDecimals = assets[base]?.decimals ?? -1;
  const quoteDecimals = assets[quote]?.decimals ?? -1;
  assert(baseDecimals >= 0 && quoteDecimals >= 0, `market ${listing.symbol} is made of listed assets`);
  const lotAtoms = wholeOf(listing.lotSize, baseDecimals);
  return { market, symbol: listing.symbol, type: MarketType[listing.type], base, quote, k: tickLotAtoms(listing, quoteDecimals), lotAtoms };
}

/** Quote atoms of tick times lot: both read at 18 digits, their product at 36, of which the asset keeps its own. */
function tickLotAtoms(listing: MarketListing, quoteDecimals: number): number {
  const [tick, tickDigits] = digitsOf(listing.tickSize);
  const [lot, lotDigits] = digitsOf(listing.lotSize);
  const scaled = tick * lot * 10n ** BigInt(quoteDecimals);
  const unit = 10n ** BigInt(tickDigits + lotDigits);
  assert(scaled % unit === 0n, `tick times lot of ${listing.symbol} is a whole number of quote atoms`);
  return assertSafe(Number(scaled / unit));
}

/** A decimal as an integer and the number of digits behind its point. */
function digitsOf(text: string): [bigint, number] {
  const [whole = '0', fraction = ''] = text.split('.');
  return [BigInt(whole + fraction), fraction.length];
}

function wholeOf(text: string, decimals: number): number {
  const parsed = parseDecimal(text, decimals);
  assert(parsed.ok, `${text} fits ${decimals} decimals`);
  return parsed.value;
}
