/**
 * A receipt as people and programs read it: decimals as text, symbols in place of indexes, one object for each row.
 *
 * Names of columns are those of `receipt-layout.ts` without their unit: `sizeLots` is `size` in units of the asset,
 * `markTicks` is `mark` in units of the quote, `freeAtoms` is `free` in units of the asset; `lots` is `quantity`, `atoms` is
 * `amount`. Doubles have the fewest digits that name them exactly, so that every figure can be computed again to the last bit.
 */
import { RECEIPT_SECTIONS, type ReceiptSection } from './receipt-layout.ts';

/** Name of a column in the document. */
export type PublicColumn<C extends string> = C extends 'lots'
  ? 'quantity'
  : C extends 'atoms'
    ? 'amount'
    : C extends `${infer Name}Lots`
      ? Name
      : C extends `${infer Name}Ticks`
        ? Name
        : C extends `${infer Name}Atoms`
          ? Name
          : C;

type PublicValue<C extends string> = C extends `is${string}`
  ? boolean
  : C extends 'asset' | 'market' | 'underlying' | 'counterAccount'
    ? string | null
    : string;

type Column<S extends ReceiptSection> = (typeof RECEIPT_SECTIONS)[S]['columns'][number];

/** A row of a section in the document. */
export type ReceiptDocumentRow<S extends ReceiptSection> = { [C in Column<S> as PublicColumn<C>]: PublicValue<C> };

/** Decimals of an asset. */
export type ReceiptAssetScale = { symbol: string; decimals: string };
/** What the prices and quantities of a market are multiples of. */
export type ReceiptMarketScale = { symbol: string; base: string; quote: string; tickSize: string; lotSize: string };

/** The rows of all sections. */
export type ReceiptDocumentLines = { [S in ReceiptSection]: ReceiptDocumentRow<S>[] };

/** A receipt. */
export type ReceiptDocument = {
  /** Sequence of the command and place of the receipt among what it did: `<sequence>-<place>`. */
  id: string;
  /** Number in the venue; '0' for one that history made of a settlement. */
  number: string;
  /** Name of a ReceiptKind. */
  kind: string;
  /** `Owner`: it was done to this account. `Counterparty`: this account's position was closed to do it. */
  role: string;
  /** Stage of the waterfall, null outside it. */
  stage: string | null;
  /** Rules and their version. */
  rules: string;
  /** Sequence of the command in the journal, and its time in microseconds since 1970. */
  sequence: string;
  timestampMicros: string;
  symbol: string | null;
  asset: string | null;
  actsOmitted: string;
  scales: { assets: ReceiptAssetScale[]; markets: ReceiptMarketScale[] };
  lines: ReceiptDocumentLines;
  /** SHA-256, in hex, of the canonical text of all the rest. */
  hash: string;
};

/** Name of a column in the document. */
export function publicColumn(column: string): string {
  if (column === 'lots') return 'quantity';
  if (column === 'atoms') return 'amount';
  return column.replace(/(Lots|Ticks|Atoms)$/, '');
}

/** True when an object has every column of a section of the document. */
export function isDocumentRow<S extends ReceiptSection>(
  name: S,
  row: Record<string, string | boolean | null>,
): row is ReceiptDocumentRow<S> {
  return RECEIPT_SECTIONS[name].columns.every((column) => Object.hasOwn(row, publicColumn(column)));
}

/** True for what has the shape of a receipt; its numbers are judged by who computes them again. */
export function isReceiptDocument(value: unknown): value is ReceiptDocument {
  if (!isObject(value)) return false;
  const { scales, lines } = value;
  if (!HEAD_TEXTS.every((name) => typeof value[name] === 'string')) return false;
  if (!HEAD_MAYBE.every((name) => value[name] === null || typeof value[name] === 'string')) return false;
  if (!isObject(scales) || !isObject(lines)) return false;
  return (
    areRows(scales['assets'], ['symbol', 'decimals']) &&
    areRows(scales['markets'], ['symbol', 'base', 'quote', 'tickSize', 'lotSize']) &&
    Object.entries(RECEIPT_SECTIONS).every(([name, { columns }]) => areRows(lines[name], columns.map(publicColumn)))
  );
}

const HEAD_TEXTS = ['id', 'number', 'kind', 'role', 'rules', 'sequence', 'timestampMicros', 'actsOmitted', 'hash'];
const HEAD_MAYBE = ['stage', 'symbol', 'asset'];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of rows with these columns: flags where the name says so, elsewhere texts or nothing. */
function areRows(value: unknown, columns: readonly string[]): boolean {
  if (!Array.isArray(value)) return false;
  return value.every((row: unknown) => isObject(row) && columns.every((column) => isCell(column, row[column])));
}

function isCell(column: string, cell: unknown): boolean {
  if (column.startsWith('is')) return typeof cell === 'boolean';
  const isMaybe = column === 'asset' || column === 'market' || column === 'underlying' || column === 'counterAccount';
  return typeof cell === 'string' || (isMaybe && cell === null);
}
