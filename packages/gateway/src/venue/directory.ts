/** Names and scales of what the venue lists, and its parameters of now: every translation between text and engine units starts here. */
import type { AssetListing, Genesis, MarketListing } from '@mochila/protocol';
import type { PriceScale, QuantityScale } from '@mochila/units';
import { ApiError } from '../errors/api-error.ts';

/** An asset as the gateway knows it. */
export type AssetEntry = {
  /** AssetIx. */
  readonly ix: number;
  readonly symbol: string;
  readonly decimals: number;
  /** As it is now: an operator may change its parameters. */
  readonly listing: AssetListing;
};

/** A market as the gateway knows it. */
export type MarketEntry = {
  /** MarketIx. */
  readonly ix: number;
  readonly symbol: string;
  /** As it is now: an operator may change its parameters. */
  readonly listing: MarketListing;
  readonly isPerp: boolean;
  readonly base: AssetEntry;
  readonly quote: AssetEntry;
  readonly priceScale: PriceScale;
  readonly quantityScale: QuantityScale;
  /** Quote atoms of one tick times one lot. */
  readonly k: number;
};

/** Everything listed. */
export type VenueDirectory = {
  /** As the venue began. */
  readonly genesis: Genesis;
  readonly assets: readonly AssetEntry[];
  readonly markets: readonly MarketEntry[];
  /** The market of a symbol. @throws ApiError INVALID_MARKET when there is none. */
  market(symbol: string): MarketEntry;
  /** The market of an index. @throws RangeError when there is none. */
  marketAt(ix: number): MarketEntry;
  /** The asset of a symbol. @throws ApiError INVALID_ASSET when there is none. */
  asset(symbol: string): AssetEntry;
  /** The asset of an index. @throws RangeError when there is none. */
  assetAt(ix: number): AssetEntry;
  /** Takes over what an operator changed; what money is counted in never does. */
  replaceListing(listing: AssetListing | MarketListing): void;
};

/** Reads the directory of a venue off its genesis. */
export function createDirectory(genesis: Genesis): VenueDirectory {
  const assets = genesis.assets.map((listing, ix): AssetEntry => ({ ix, symbol: listing.symbol, decimals: listing.decimals, listing }));
  const assetBySymbol = new Map(assets.map((asset) => [asset.symbol, asset]));
  const markets = genesis.markets.map((listing, ix) => marketEntry(listing, ix, assetBySymbol));
  const marketBySymbol = new Map(markets.map((market) => [market.symbol, market]));
  return {
    genesis,
    assets,
    markets,
    market: (symbol) =>
      found(
        marketBySymbol.get(symbol),
        () => new ApiError('INVALID_MARKET', `Invalid market symbol "${symbol}": GET /api/v1/markets lists them.`),
      ),
    marketAt: (ix) => found(markets[ix], () => new RangeError(`there is no market ${ix}`)),
    asset: (symbol) =>
      found(assetBySymbol.get(symbol), () => new ApiError('INVALID_ASSET', `Unknown asset "${symbol}": GET /api/v1/assets lists them.`)),
    assetAt: (ix) => found(assets[ix], () => new RangeError(`there is no asset ${ix}`)),
    replaceListing: (listing) => {
      if (isMarket(listing)) replaceIn(marketBySymbol, listing);
      else replaceIn(assetBySymbol, listing);
    },
  };
}

function isMarket(listing: AssetListing | MarketListing): listing is MarketListing {
  return 'lotSize' in listing;
}

/** Entries are known by many: what they say changes, not which they are. */
function replaceIn<Listing extends { readonly symbol: string }>(
  entries: ReadonlyMap<string, { listing: Listing }>,
  listing: Listing,
): void {
  const entry = entries.get(listing.symbol);
  if (entry === undefined) throw new RangeError(`${listing.symbol} is not listed`);
  entry.listing = listing;
}

function found<T>(value: T | undefined, fault: () => Error): T {
  if (value === undefined) throw fault();
  return value;
}

function marketEntry(listing: MarketListing, ix: number, assets: ReadonlyMap<string, AssetEntry>): MarketEntry {
  const base = found(assets.get(listing.base), () => new RangeError(`${listing.symbol} names the unlisted asset ${listing.base}`));
  const quote = found(assets.get(listing.quote), () => new RangeError(`${listing.symbol} names the unlisted asset ${listing.quote}`));
  const priceDecimals = fractionDigits(listing.tickSize);
  const tickAtoms = Math.round(Number(listing.tickSize) * 10 ** priceDecimals);
  const lotAtoms = Math.round(Number(listing.lotSize) * 10 ** base.decimals);
  return {
    ix,
    symbol: listing.symbol,
    listing,
    isPerp: listing.type === 'PERP',
    base,
    quote,
    priceScale: { tickAtoms, priceDecimals },
    quantityScale: { lotAtoms, baseDecimals: base.decimals },
    k: Math.round(Number(listing.tickSize) * Number(listing.lotSize) * 10 ** quote.decimals),
  };
}

function fractionDigits(decimal: string): number {
  const dot = decimal.indexOf('.');
  return dot < 0 ? 0 : decimal.length - dot - 1;
}
