/** The scales a receipt is written with: of every asset and market that it names, and no other. */
import { type DecimalScale, scaleOfStep, WHOLE } from './decimal-scale.ts';
import type { ReceiptAssetScale, ReceiptMarketScale } from './receipt-document.ts';
import type { ReceiptHead, ReceiptListing } from './receipt-head.ts';
import type { ReceiptLines } from './receipt-layout.ts';

const USDC = 'USDC';

/** Scales by index, and as they stand in the document. */
export interface ReceiptScales {
  readonly assets: ReceiptAssetScale[];
  readonly markets: ReceiptMarketScale[];
  readonly usdc: DecimalScale;
  asset(ix: number): ReceiptAssetScale;
  market(ix: number): ReceiptMarketScale;
  lots(market: number): DecimalScale;
  ticks(market: number): DecimalScale;
  /** Of the asset, or where there is none of what the market is quoted in. */
  atoms(asset: number, market: number): DecimalScale;
}

/** Gathers the scales of a receipt. @throws RangeError for an index that names nothing */
export function createScales(listing: ReceiptListing, head: Pick<ReceiptHead, 'market' | 'asset'>, lines: ReceiptLines): ReceiptScales {
  const assetOf = (ix: number): ReceiptAssetScale => {
    const asset = found(listing.assets[ix], `asset ${ix}`);
    return { symbol: asset.symbol, decimals: String(asset.decimals) };
  };
  const marketOf = (ix: number): ReceiptMarketScale => {
    const { symbol, base, quote, tickSize, lotSize } = found(listing.markets[ix], `market ${ix}`);
    return { symbol, base, quote, tickSize, lotSize };
  };
  const markets = [...marketsOf(head, lines)].sort((a, b) => a - b).map(marketOf);
  const assets = assetsOf(listing, head, lines, markets).map(assetOf);
  const atomsOf = (symbol: string): DecimalScale => {
    const { decimals } = found(
      listing.assets.find((asset) => asset.symbol === symbol),
      symbol,
    );
    return { units: 1, decimals };
  };
  return {
    assets,
    markets,
    usdc: atomsOf(USDC),
    asset: assetOf,
    market: marketOf,
    lots: (market) => (market < 0 ? WHOLE : found(scaleOfStep(marketOf(market).lotSize), `a lot of market ${market}`)),
    ticks: (market) => (market < 0 ? WHOLE : found(scaleOfStep(marketOf(market).tickSize), `a tick of market ${market}`)),
    atoms: (asset, market) => atomsOf(asset >= 0 ? assetOf(asset).symbol : market >= 0 ? marketOf(market).quote : USDC),
  };
}

/** Scale of a size: lots of the receipt's market, or atoms of its asset where it has none. */
export function sizeScale(scales: Pick<ReceiptScales, 'lots' | 'atoms'>, head: Pick<ReceiptHead, 'market' | 'asset'>): DecimalScale {
  return head.market >= 0 ? scales.lots(head.market) : scales.atoms(head.asset, -1);
}

function marketsOf(head: Pick<ReceiptHead, 'market'>, lines: ReceiptLines): Set<number> {
  const markets = new Set<number>();
  if (head.market >= 0) markets.add(head.market);
  for (const rows of [lines.markets, lines.positions, lines.acts]) for (const { market } of rows) if (market >= 0) markets.add(market);
  return markets;
}

function assetsOf(
  listing: ReceiptListing,
  head: Pick<ReceiptHead, 'asset'>,
  lines: ReceiptLines,
  markets: readonly ReceiptMarketScale[],
): number[] {
  const symbols = new Set<string>([USDC]);
  const add = (ix: number): void => {
    if (ix >= 0) symbols.add(found(listing.assets[ix], `asset ${ix}`).symbol);
  };
  add(head.asset);
  for (const rows of [lines.assets, lines.sources, lines.holdings, lines.acts]) for (const { asset } of rows) add(asset);
  for (const { base, quote } of markets) symbols.add(base).add(quote);
  return listing.assets.flatMap(({ symbol }, ix) => (symbols.has(symbol) ? [ix] : []));
}

function found<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new RangeError(`there is no ${what}`);
  return value;
}
