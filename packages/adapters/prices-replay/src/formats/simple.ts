/** The simplest file: `time,symbol,price`, time as ISO 8601 or an epoch. */
import type { LineReader } from '../price-row.ts';
import { readTrade } from './binance-agg-trades.ts';

/** Columns of a file without header. */
export const SIMPLE_FIELDS = 3;

/** Reader of a file with this header, or null when it is another format. */
export function simpleByHeader(header: readonly string[]): LineReader | null {
  const [time, symbol, price] = ['time', 'symbol', 'price'].map((name) => header.indexOf(name));
  if (time === undefined || symbol === undefined || price === undefined || time < 0 || symbol < 0 || price < 0) return null;
  return (fields) => readTrade(fields[time], fields[price], fields[symbol] ?? '');
}

/** Reads a line of a file without header. */
export const simpleByPlace: LineReader = (fields) => readTrade(fields[0], fields[2], fields[1] ?? '');
