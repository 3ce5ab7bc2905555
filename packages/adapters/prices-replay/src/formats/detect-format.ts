/** Which format a file has, by its first line. */
import type { LineReader } from '../price-row.ts';
import { aggTradeByPlace, aggTradesByHeader, isAggTrade } from './binance-agg-trades.ts';
import { KLINE_FIELDS, klineByHeader, klineByPlace } from './binance-kline.ts';
import { SIMPLE_FIELDS, simpleByHeader, simpleByPlace } from './simple.ts';
import { tardisByHeader } from './tardis.ts';

/** A format, and whether the first line is its header. */
export interface DetectedFormat {
  readonly read: LineReader;
  readonly isHeader: boolean;
}

/** The formats that can be read, for messages. */
export const KNOWN_FORMATS =
  'Binance klines and aggTrades, Tardis trades, quotes, book_ticker, book_snapshot and derivative_ticker, and time,symbol,price';

/** @returns null when the first line is of no known format. */
export function detectFormat(fields: readonly string[]): DetectedFormat | null {
  const names = fields.map((name) => name.trim().toLowerCase());
  const byHeader = tardisByHeader(names) ?? klineByHeader(names) ?? aggTradesByHeader(names) ?? simpleByHeader(names);
  if (byHeader !== null) return { read: byHeader, isHeader: true };
  const read = readerByPlace(fields);
  return read === null ? null : { read, isHeader: false };
}

function readerByPlace(fields: readonly string[]): LineReader | null {
  if (!/^\d/.test(fields[0] ?? '')) return null;
  if (fields.length === KLINE_FIELDS) return klineByPlace;
  if (isAggTrade(fields)) return aggTradeByPlace;
  return fields.length === SIMPLE_FIELDS ? simpleByPlace : null;
}
