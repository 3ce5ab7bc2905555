/** From the document of a receipt back to its numbers: by the document alone, so that anybody can. */
import { columnUnit, termUnit, WORDS } from './column-units.ts';
import { type DecimalScale, readScaled, scaleOfStep, WHOLE } from './decimal-scale.ts';
import { emptyReceiptLines, isReceiptRow, SECTION_NAMES } from './decode-lines.ts';
import { readExact } from './exact-text.ts';
import { publicColumn, type ReceiptDocument } from './receipt-document.ts';
import { RECEIPT_SECTIONS, type ReceiptLines, type ReceiptRow, type ReceiptSection } from './receipt-layout.ts';

/** An asset of a receipt; its index is its place in the document. */
export interface ReceiptAsset {
  readonly symbol: string;
  readonly decimals: number;
  readonly unitAtoms: number;
}

/** A market of a receipt; indexes are places in the document. */
export interface ReceiptMarket {
  readonly symbol: string;
  readonly base: number;
  readonly quote: number;
  readonly tickSize: number;
  readonly lotSize: number;
  /** Quote atoms of one tick times one lot, base atoms of one lot. */
  readonly k: number;
  readonly lotAtoms: number;
  readonly tick: DecimalScale;
  readonly lot: DecimalScale;
}

/** The numbers of a receipt, in engine units. */
export interface ReceiptNumbers {
  /** Version of the rules that the receipt names; 0 for what is no version. */
  readonly version: number;
  readonly assets: readonly ReceiptAsset[];
  readonly markets: readonly ReceiptMarket[];
  /** MarketIx and AssetIx within the document, or -1. */
  readonly market: number;
  readonly asset: number;
  readonly usdc: number;
  readonly lines: ReceiptLines;
  /** What could not be read, in words. */
  readonly faults: readonly string[];
}

type Cells = Readonly<Record<string, string | boolean | null>>;

interface Reading {
  readonly assets: readonly ReceiptAsset[];
  readonly markets: readonly ReceiptMarket[];
  readonly market: number;
  readonly asset: number;
  readonly usdc: number;
  readonly faults: string[];
}

/** Reads the numbers of a document; what cannot be read is told and counts as not there. */
export function readReceiptDocument(document: ReceiptDocument): ReceiptNumbers {
  const faults: string[] = [];
  const assets = document.scales.assets.map(({ symbol, decimals }): ReceiptAsset => {
    const count = /^\d{1,2}$/.test(decimals) ? Number(decimals) : -1;
    if (String(count) !== decimals || count > 18) faults.push(`${symbol} has no ${decimals} decimals`);
    return { symbol, decimals: Math.max(0, count), unitAtoms: powerOfTen(Math.max(0, count)) };
  });
  const assetIx = (symbol: string | null): number => assets.findIndex((asset) => asset.symbol === symbol);
  const markets = document.scales.markets.flatMap((scale): ReceiptMarket[] => {
    const tick = scaleOfStep(scale.tickSize);
    const lot = scaleOfStep(scale.lotSize);
    const base = assetIx(scale.base);
    const quote = assetIx(scale.quote);
    const made = tick === null || lot === null ? null : marketOf(scale.symbol, base, quote, tick, lot, assets);
    if (made === null) faults.push(`${scale.symbol} has no sound tick and lot`);
    return made === null ? [] : [made];
  });
  const reading: Reading = {
    assets,
    markets,
    market: markets.findIndex(({ symbol }) => symbol === document.symbol),
    asset: assetIx(document.asset),
    usdc: assetIx('USDC'),
    faults,
  };
  if (document.symbol !== null && reading.market < 0) faults.push(`${document.symbol} has no scale`);
  if (document.asset !== null && reading.asset < 0) faults.push(`${document.asset} has no scale`);
  if (reading.usdc < 0) faults.push('USDC has no scale');
  const lines = emptyReceiptLines();
  for (const name of SECTION_NAMES) readSection(lines, name, reading, document.lines[name]);
  return { ...reading, version: Number(/^liquidation\/([1-9]\d*)$/.exec(document.rules)?.[1] ?? 0), lines };
}

function marketOf(
  symbol: string,
  base: number,
  quote: number,
  tick: DecimalScale,
  lot: DecimalScale,
  assets: readonly ReceiptAsset[],
): ReceiptMarket | null {
  const baseUnit = assets[base]?.unitAtoms;
  const quoteUnit = assets[quote]?.unitAtoms;
  if (baseUnit === undefined || quoteUnit === undefined) return null;
  const k = (tick.units * lot.units * quoteUnit) / powerOfTen(tick.decimals + lot.decimals);
  const lotAtoms = (lot.units * baseUnit) / powerOfTen(lot.decimals);
  if (!Number.isSafeInteger(k) || !Number.isSafeInteger(lotAtoms)) return null;
  const tickSize = tick.units / powerOfTen(tick.decimals);
  return { symbol, base, quote, tickSize, lotSize: lot.units / powerOfTen(lot.decimals), k, lotAtoms, tick, lot };
}

function powerOfTen(exponent: number): number {
  return Number(`1${'0'.repeat(exponent)}`);
}

function readSection<S extends ReceiptSection>(lines: ReceiptLines, name: S, reading: Reading, rows: readonly Cells[]): void {
  const section: ReceiptRow<S>[] = lines[name];
  for (const cells of rows) {
    const row: Record<string, number> = {};
    // Indexes first: the other cells are of their scales.
    for (const column of RECEIPT_SECTIONS[name].columns) {
      const unit = columnUnit(name, column);
      if (unit === 'asset' || unit === 'market' || unit === 'word') row[column] = readIndex(reading, unit, column, cells, name);
    }
    for (const column of RECEIPT_SECTIONS[name].columns) {
      if (row[column] === undefined) row[column] = readCell(reading, name, column, cells, row);
    }
    if (isReceiptRow(name, row)) section.push(row);
  }
}

function readIndex(reading: Reading, unit: 'asset' | 'market' | 'word', column: string, cells: Cells, section: string): number {
  const cell = cells[publicColumn(column)] ?? null;
  if (cell === null) return -1;
  const found = unit === 'word' ? wordIx(column, cell) : symbolIx(unit === 'asset' ? reading.assets : reading.markets, cell);
  if (found < 0) reading.faults.push(`${section}: ${column} "${String(cell)}" is not known`);
  return found;
}

function wordIx(column: string, cell: string | boolean): number {
  const words = WORDS[column] ?? {};
  return typeof cell === 'string' && Object.hasOwn(words, cell) ? (words[cell] ?? -1) : -1;
}

function symbolIx(listed: readonly { readonly symbol: string }[], cell: string | boolean): number {
  return listed.findIndex(({ symbol }) => symbol === cell);
}

function readCell(reading: Reading, section: ReceiptSection, column: string, cells: Cells, row: Record<string, number>): number {
  const cell = cells[publicColumn(column)];
  const unit = columnUnit(section, column);
  if (unit === 'flag') return cell === true ? 1 : 0;
  if (unit === 'counter') return cell === null ? -1 : cell === 'fund' ? 2 : cell === 'venue' ? 0 : 3;
  if (unit === 'source') return 0;
  const scale = scaleOf(reading, section, unit, row);
  const value = typeof cell !== 'string' || scale === null ? null : scale === 'exact' ? readExact(cell) : readScaled(cell, scale);
  if (value === null) reading.faults.push(`${section}: ${publicColumn(column)} "${String(cell)}" is no number that a receipt writes`);
  return value ?? 0;
}

function scaleOf(
  reading: Reading,
  section: ReceiptSection,
  unit: ReturnType<typeof columnUnit>,
  row: Record<string, number>,
): DecimalScale | 'exact' | null {
  const ix = row['market'] ?? -1;
  const market = reading.markets[ix];
  switch (unit) {
    case 'lots':
      return ix < 0 ? WHOLE : (market?.lot ?? null);
    case 'ticks':
      return ix < 0 ? WHOLE : (market?.tick ?? null);
    case 'atoms':
      return atomsScale(reading, row['asset'] ?? -1, market);
    case 'term':
      return termScale(reading, row['term'] ?? -1);
    default:
      return section === 'parameters' || unit === 'exact' ? 'exact' : null;
  }
}

function atomsScale(reading: Reading, asset: number, market: ReceiptMarket | undefined): DecimalScale | null {
  const entry = reading.assets[asset >= 0 ? asset : (market?.quote ?? reading.usdc)];
  return entry === undefined ? null : { units: 1, decimals: entry.decimals };
}

function termScale(reading: Reading, term: number): DecimalScale | 'exact' | null {
  const market = reading.markets[reading.market];
  switch (termUnit(term)) {
    case 'size':
      return market?.lot ?? atomsScale(reading, reading.asset, undefined);
    case 'ticks':
      return market?.tick ?? null;
    case 'usdc':
      return atomsScale(reading, reading.usdc, undefined);
    case 'asset':
      return atomsScale(reading, reading.asset, market);
    case 'exact':
      return 'exact';
  }
}
