/** The lines of a receipt, from words to rows and back: for history, which keeps the words, and for who shows them. */
import { RECEIPT_SECTIONS, type ReceiptLines, type ReceiptRow, type ReceiptSection } from './receipt-layout.ts';

const SECTION_HEADER = 3;
const WORD_BYTES = 8;

/**
 * Reads every section. Sections of later versions are passed over; columns that are missing are 0.
 *
 * @param bytes the field `lines` of `receiptWritten`
 * @throws RangeError when they are cut short
 */
export function decodeReceiptLines(bytes: Uint8Array): ReceiptLines {
  // A copy starts at an aligned address, whatever the bytes were cut from.
  const words = new Float64Array(bytes.slice().buffer);
  const lines = emptyReceiptLines();
  for (let at = 0; at < words.length; ) {
    const code = words[at] ?? 0;
    const rows = words[at + 1] ?? -1;
    const width = words[at + 2] ?? -1;
    const end = at + SECTION_HEADER + rows * width;
    if (rows < 0 || width < 0 || end > words.length) throw new RangeError(`a receipt is cut short at word ${at} of ${words.length}`);
    for (const name of SECTION_NAMES) {
      if (RECEIPT_SECTIONS[name].code === code) readSection(lines, name, words, at + SECTION_HEADER, rows, width);
    }
    at = end;
  }
  return lines;
}

/** Writes sections as `decodeReceiptLines` reads them; empty ones are left out. */
export function encodeReceiptLines(lines: Partial<ReceiptLines>): Uint8Array {
  const words: number[] = [];
  for (const name of SECTION_NAMES) writeSection(words, name, lines[name] ?? []);
  return new Uint8Array(Float64Array.from(words).buffer, 0, words.length * WORD_BYTES);
}

/** Names of the sections in their order. */
export const SECTION_NAMES: readonly ReceiptSection[] = [
  'parameters',
  'assets',
  'sources',
  'markets',
  'positions',
  'holdings',
  'totals',
  'acts',
  'terms',
];

/** Lines without any row. */
export function emptyReceiptLines(): ReceiptLines {
  return { parameters: [], assets: [], sources: [], markets: [], positions: [], holdings: [], totals: [], acts: [], terms: [] };
}

function readSection<S extends ReceiptSection>(
  lines: ReceiptLines,
  name: S,
  words: Float64Array,
  from: number,
  rows: number,
  width: number,
): void {
  const { columns } = RECEIPT_SECTIONS[name];
  const section: ReceiptRow<S>[] = lines[name];
  for (let row = 0; row < rows; row += 1) {
    const read: Record<string, number> = {};
    for (let place = 0; place < columns.length; place += 1) {
      read[columns[place] ?? ''] = place < width ? (words[from + row * width + place] ?? 0) : 0;
    }
    if (isReceiptRow(name, read)) section.push(read);
  }
}

function writeSection(words: number[], name: ReceiptSection, rows: readonly Readonly<Record<string, number>>[]): void {
  if (rows.length === 0) return;
  const { code, columns } = RECEIPT_SECTIONS[name];
  words.push(code, rows.length, columns.length);
  for (const row of rows) for (const column of columns) words.push(row[column] ?? 0);
}

/** True when a row has every column of a section. */
export function isReceiptRow<S extends ReceiptSection>(name: S, row: Record<string, number>): row is ReceiptRow<S> {
  return RECEIPT_SECTIONS[name].columns.every((column) => Object.hasOwn(row, column));
}
