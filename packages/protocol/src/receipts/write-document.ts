/** From the numbers of a receipt to its document. */
import { nameOf, ReceiptKind } from '../enums.ts';
import { columnUnit, termUnit, WORDS } from './column-units.ts';
import { writeScaled } from './decimal-scale.ts';
import { SECTION_NAMES } from './decode-lines.ts';
import { writeExact } from './exact-text.ts';
import {
  isDocumentRow,
  publicColumn,
  type ReceiptDocument,
  type ReceiptDocumentLines,
  type ReceiptDocumentRow,
} from './receipt-document.ts';
import { hashReceipt } from './receipt-hash.ts';
import { type ReceiptHead, type ReceiptListing, ReceiptRole } from './receipt-head.ts';
import { RECEIPT_SECTIONS, type ReceiptLines, type ReceiptSection } from './receipt-layout.ts';
import { createScales, type ReceiptScales, sizeScale } from './receipt-scales.ts';

type Cell = string | boolean | null;
type Row = { [column: string]: number };

/** Id of a receipt. @example receiptId(12, 3) // '12-3' */
export function receiptId(seq: number, ix: number): string {
  return `${seq}-${ix}`;
}

/** Writes the document of a receipt. @throws RangeError for an index that names nothing */
export function writeReceiptDocument(listing: ReceiptListing, head: ReceiptHead, lines: ReceiptLines): ReceiptDocument {
  const scales = createScales(listing, head, lines);
  const document: ReceiptDocument = {
    id: receiptId(head.seq, head.ix),
    number: String(head.receipt),
    kind: nameOf(ReceiptKind, head.kind),
    role: nameOf(ReceiptRole, head.role),
    stage: head.stage < 0 ? null : String(head.stage),
    rules: `liquidation/${head.ruleVersion}`,
    sequence: String(head.seq),
    timestampMicros: String(head.timeMicros),
    symbol: head.market < 0 ? null : scales.market(head.market).symbol,
    asset: head.asset < 0 ? null : scales.asset(head.asset).symbol,
    actsOmitted: String(head.actsOmitted),
    scales: { assets: scales.assets, markets: scales.markets },
    lines: writeLines(scales, listing, head, lines),
    hash: '',
  };
  return { ...document, hash: hashReceipt(document) };
}

function writeLines(scales: ReceiptScales, listing: ReceiptListing, head: ReceiptHead, lines: ReceiptLines): ReceiptDocumentLines {
  const written: ReceiptDocumentLines = {
    parameters: [],
    assets: [],
    sources: [],
    markets: [],
    positions: [],
    holdings: [],
    totals: [],
    acts: [],
    terms: [],
  };
  for (const name of SECTION_NAMES) writeSection(written, name, (row) => writeRow(scales, listing, head, name, row), lines[name]);
  return written;
}

function writeSection<S extends ReceiptSection>(
  written: ReceiptDocumentLines,
  name: S,
  write: (row: Row) => Record<string, Cell>,
  rows: readonly Row[],
): void {
  const section: ReceiptDocumentRow<S>[] = written[name];
  for (const row of rows) {
    const cells = write(row);
    if (isDocumentRow(name, cells)) section.push(cells);
  }
}

function writeRow(
  scales: ReceiptScales,
  listing: ReceiptListing,
  head: ReceiptHead,
  section: ReceiptSection,
  row: Row,
): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  for (const column of RECEIPT_SECTIONS[section].columns) {
    cells[publicColumn(column)] = writeCell(scales, listing, head, section, column, row);
  }
  return cells;
}

function writeCell(
  scales: ReceiptScales,
  listing: ReceiptListing,
  head: ReceiptHead,
  section: ReceiptSection,
  column: string,
  row: Row,
): Cell {
  const value = row[column] ?? 0;
  switch (columnUnit(section, column)) {
    case 'flag':
      return value === 1;
    case 'asset':
      return value < 0 ? null : scales.asset(value).symbol;
    case 'market':
      return value < 0 ? null : scales.market(value).symbol;
    case 'source':
      return listing.sources[value]?.name ?? String(value);
    case 'counter':
      return counterText(value);
    case 'word':
      return nameOf(WORDS[column] ?? {}, value);
    case 'lots':
      return writeScaled(value, scales.lots(row['market'] ?? -1));
    case 'ticks':
      return writeScaled(value, scales.ticks(row['market'] ?? -1));
    case 'atoms':
      return writeScaled(value, scales.atoms(row['asset'] ?? -1, row['market'] ?? -1));
    case 'term':
      return writeTerm(scales, head, row['term'] ?? -1, value);
    case 'exact':
      return writeExact(value);
  }
}

function writeTerm(scales: ReceiptScales, head: ReceiptHead, term: number, value: number): string {
  switch (termUnit(term)) {
    case 'size':
      return writeScaled(value, sizeScale(scales, head));
    case 'ticks':
      return writeScaled(value, scales.ticks(head.market));
    case 'usdc':
      return writeScaled(value, scales.usdc);
    case 'asset':
      return writeScaled(value, scales.atoms(head.asset, head.market));
    case 'exact':
      return writeExact(value);
  }
}

/** The other side is not named: the fund and the venue are the venue's own, everybody else is somebody. */
function counterText(account: number): string | null {
  if (account < 0) return null;
  if (account === 2) return 'fund';
  return account < 2 ? 'venue' : 'account';
}
