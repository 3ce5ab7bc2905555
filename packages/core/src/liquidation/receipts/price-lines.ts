/** What the engine saw: the assets and markets a receipt's lines stand on, their sources, and how each mark came about. */
import { clamp, median, median3 } from '@mochila/math';
import { MarkRule, RECEIPT_SECTIONS } from '@mochila/protocol';
import type { Asset } from '../../assets.ts';
import type { Market } from '../../markets.ts';
import { marketIndex } from '../../pricing/market-index.ts';
import { stepPerSecondOf } from '../../pricing/redemption.ts';
import type { State } from '../../state.ts';
import { addRow, type DraftRows } from './receipt-draft.ts';

const ASSET_WORDS = RECEIPT_SECTIONS.assets.columns.length;
const SOURCE_WORDS = RECEIPT_SECTIONS.sources.columns.length;
const MARKET_WORDS = RECEIPT_SECTIONS.markets.columns.length;
const IX_MAX = 4_096;

/** Assets and markets of the receipt being closed, each marked with its number; listings never reach IX_MAX. */
const wanted = { stamp: 0, assets: new Float64Array(IX_MAX), markets: new Float64Array(IX_MAX) };
/** Assets that a line owns or owes, markets that a line has a position in; marked the same way. What nothing stands on is written as 0. */
const used = { owned: new Float64Array(IX_MAX), owed: new Float64Array(IX_MAX), positions: new Float64Array(IX_MAX) };
const POSITION = RECEIPT_SECTIONS.positions.columns;
const HOLDING = RECEIPT_SECTIONS.holdings.columns;
const POSITION_MARKET = POSITION.indexOf('market');
const HOLDING_ASSET = HOLDING.indexOf('asset');
const HOLDING_SETTLED = HOLDING.indexOf('asSettledAtoms');

/** Begins a new set of wanted assets and markets. */
export function clearWanted(): void {
  wanted.stamp += 1;
}

/** Wants an asset, and what its price is made of. */
export function wantAsset(state: State, ix: number): void {
  if (wanted.assets[ix] === wanted.stamp) return;
  wanted.assets[ix] = wanted.stamp;
  const { redemption } = state.assets[ix]!.listing;
  if (redemption !== null) wantAsset(state, underlyingOf(state, redemption.underlying));
  else wantQuotes(state, ix);
}

/** Wants a market and both its assets. */
export function wantMarket(state: State, ix: number): void {
  if (wanted.markets[ix] === wanted.stamp) return;
  wanted.markets[ix] = wanted.stamp;
  const market = state.markets[ix]!;
  wantAsset(state, market.base);
  wantAsset(state, market.quote);
}

/** Notes which functions of assets and markets the lines of the account stand on. */
export function useLines(positions: DraftRows, holdings: DraftRows): void {
  for (let at = POSITION_MARKET; at < positions.length; at += POSITION.length) used.positions[positions.words[at]!] = wanted.stamp;
  for (let at = 0; at < holdings.length; at += HOLDING.length) {
    const isOwned = holdings.words[at + HOLDING_SETTLED]! >= 0;
    (isOwned ? used.owned : used.owed)[holdings.words[at + HOLDING_ASSET]!] = wanted.stamp;
  }
}

/** Sources that quote in USDT are in USD by its index. */
function wantQuotes(state: State, ix: number): void {
  const { seenBid } = state.assets[ix]!.price;
  const { sources } = state.genesis.prices;
  if (ix === state.usdc) return;
  for (let source = 0; source < sources.length; source += 1) {
    if (seenBid[source] === 0 || sources[source]!.quote !== 'USDT') continue;
    const usdt = underlyingOf(state, 'USDT');
    if (usdt >= 0) wantAsset(state, usdt);
    return;
  }
}

function underlyingOf(state: State, symbol: string): number {
  return state.assets.findIndex((asset) => asset.symbol === symbol);
}

/** Appends every wanted asset with its sources, and every wanted market. */
export function addPriceLines(state: State, assets: DraftRows, sources: DraftRows, markets: DraftRows): void {
  for (const asset of state.assets) {
    if (wanted.assets[asset.ix] !== wanted.stamp) continue;
    addAsset(state, asset, assets);
    if (asset.ix !== state.usdc && asset.listing.redemption === null) addSources(state, asset, sources);
  }
  for (const market of state.markets) if (wanted.markets[market.ix] === wanted.stamp) addMarket(state, market, markets);
}

function addAsset(state: State, asset: Asset, rows: DraftRows): void {
  const { price, listing } = asset;
  const { redemption, weight, borrowMmf } = listing;
  const isOwned = used.owned[asset.ix] === wanted.stamp;
  const isOwed = used.owed[asset.ix] === wanted.stamp;
  const isMoved = price.markRule === MarkRule.Stepped;
  const at = addRow(rows, ASSET_WORDS);
  const { words } = rows;
  words[at] = asset.ix;
  words[at + 1] = price.index;
  words[at + 2] = price.grade;
  words[at + 3] = asset.ix === state.usdc ? 0 : price.freshSources;
  words[at + 4] = price.markRule;
  words[at + 5] = isMoved || price.markRule === MarkRule.Held ? price.markBefore : 0;
  words[at + 6] = isMoved ? price.markSeconds : 0;
  words[at + 7] = isMoved ? stepPerSecondOf(state, asset) : 0;
  words[at + 8] = price.mark;
  words[at + 9] = redemption === null ? -1 : underlyingOf(state, redemption.underlying);
  words[at + 10] = price.redemptionRate;
  words[at + 11] = isOwned && weight.kind !== 'identity' ? 1 : 0;
  words[at + 12] = isOwned ? weight.weight : 0;
  words[at + 13] = isOwned && weight.kind !== 'identity' ? weight.base : 0;
  words[at + 14] = isOwned && weight.kind !== 'identity' ? weight.penalty : 0;
  words[at + 15] = isOwed ? borrowMmf.base : 0;
  words[at + 16] = isOwed ? borrowMmf.factor : 0;
  words[at + 17] = redemption === null ? 0 : Number(redemption.rate);
}

function addSources(state: State, asset: Asset, rows: DraftRows): void {
  const { price } = asset;
  const { sources, clampFraction } = state.genesis.prices;
  const middle = medianOfFresh(state, asset);
  for (let source = 0; source < sources.length; source += 1) {
    if (price.seenBid[source] === 0) continue;
    const value = seenPrice(asset, source);
    const isFresh = isSeenFresh(state, asset, source);
    const at = addRow(rows, SOURCE_WORDS);
    const { words } = rows;
    words[at] = asset.ix;
    words[at + 1] = source;
    words[at + 2] = price.seenBid[source]!;
    words[at + 3] = price.seenAsk[source]!;
    words[at + 4] = price.seenLast[source]!;
    words[at + 5] = price.seenQuoteUsd[source]!;
    words[at + 6] = sources[source]!.weight;
    words[at + 7] = price.seenAgeMicros[source]!;
    words[at + 8] = isFresh ? 1 : 0;
    words[at + 9] = value;
    words[at + 10] = isFresh && value > 0 ? clamp(value, middle * (1 - clampFraction), middle * (1 + clampFraction)) : 0;
  }
}

function seenPrice({ price }: Asset, source: number): number {
  return median3(price.seenBid[source]!, price.seenAsk[source]!, price.seenLast[source]!) * price.seenQuoteUsd[source]!;
}

function isSeenFresh(state: State, { price }: Asset, source: number): boolean {
  return price.seenAgeMicros[source]! < state.genesis.prices.sourceStaleMs * 1_000;
}

const values: number[] = [];

/** Median of the sources that counted; 0 when none did. */
function medianOfFresh(state: State, asset: Asset): number {
  values.length = 0;
  for (let source = 0; source < state.genesis.prices.sources.length; source += 1) {
    if (asset.price.seenBid[source] === 0 || !isSeenFresh(state, asset, source)) continue;
    const value = seenPrice(asset, source);
    if (value > 0) values.push(value);
  }
  return values.length === 0 ? 0 : median(values);
}

function addMarket(state: State, market: Market, rows: DraftRows): void {
  const { price } = market;
  const { perp, maxPriceTicks } = market.listing;
  const mmf = perp !== null && used.positions[market.ix] === wanted.stamp ? perp.mmf : NO_MARGIN;
  const isMoved = price.markRule === MarkRule.Stepped;
  const isSmoothed = isMoved || price.markRule === MarkRule.Index;
  const at = addRow(rows, MARKET_WORDS);
  const { words } = rows;
  words[at] = market.ix;
  words[at + 1] = marketIndex(state, market);
  words[at + 2] = price.grade;
  words[at + 3] = price.markRule;
  words[at + 4] = isSmoothed ? price.markSeconds : 0;
  words[at + 5] = isSmoothed && price.isMidCounted ? price.mid : 0;
  words[at + 6] = isSmoothed && price.isMidCounted ? 1 : 0;
  words[at + 7] = isSmoothed ? price.ewmaBefore : 0;
  words[at + 8] = isSmoothed ? price.ewma : 0;
  words[at + 9] = perp === null ? 0 : perp.premiumBound;
  words[at + 10] = price.layer1;
  words[at + 11] = price.layer2;
  words[at + 12] = isMoved || price.markRule === MarkRule.Held ? price.markBefore : 0;
  words[at + 13] = isMoved ? stepPerSecondOf(state, state.assets[market.base]!) : 0;
  words[at + 14] = price.markExact;
  words[at + 15] = price.markTicks;
  words[at + 16] = price.markTicks === maxPriceTicks ? maxPriceTicks : 0;
  words[at + 17] = mmf.base;
  words[at + 18] = mmf.factor;
}

const NO_MARGIN = { base: 0, factor: 0 };
