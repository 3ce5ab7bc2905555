/** Binance aggregated trades: one line per order taken at one price, https://github.com/binance/binance-public-data. */
import { parsePrice, parseTime } from '../parse-field.ts';
import type { LineReader, LineReading, Refusal } from '../price-row.ts';

const PRICE_AT = 1;
const TIME_AT = 5;
const BOOLEAN = /^(true|false)$/i;

/** Reader of a file with this header, or null when it is another format. */
export function aggTradesByHeader(header: readonly string[]): LineReader | null {
  const price = header.indexOf('price');
  const time = header.indexOf('transact_time');
  return price < 0 || time < 0 ? null : (fields) => readTrade(fields[time], fields[price], null);
}

/** True for a line of a file without header: eight columns of spot, seven of futures. Plain trades have their time elsewhere. */
export function isAggTrade(fields: readonly string[]): boolean {
  return (fields.length === 7 || fields.length === 8) && BOOLEAN.test(fields[6] ?? '') && /^\d+$/.test(fields[TIME_AT] ?? '');
}

/** Reads a line of a file without header. */
export const aggTradeByPlace: LineReader = (fields) => readTrade(fields[TIME_AT], fields[PRICE_AT], null);

/** A trade tells the last price and no book. */
export function readTrade(time: string | undefined, price: string | undefined, symbol: string | null): LineReading | Refusal {
  const atMicros = parseTime(time);
  if (typeof atMicros !== 'number') return atMicros;
  const last = parsePrice(price, 'a price');
  if (typeof last !== 'number') return last;
  return { symbol, points: [{ atMicros, bid: 0, ask: 0, last, holdsMicros: 0 }] };
}
