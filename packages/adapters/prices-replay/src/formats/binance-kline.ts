/** Binance candles: one line per candle, https://github.com/binance/binance-public-data. */
import { parsePrice, parseTime } from '../parse-field.ts';
import type { LinePoint, LineReader, LineReading, Refusal } from '../price-row.ts';

const NAMES = ['open_time', 'open', 'high', 'low', 'close', 'close_time'] as const;
/** Columns of a file without header. */
export const KLINE_FIELDS = 12;
const PLACES: readonly number[] = [0, 1, 2, 3, 4, 6];
const QUARTERS = 4;
/** An epoch below this is in milliseconds. */
const MILLIS_BELOW = 1e14;

/** Reader of a file with this header, or null when it is another format. */
export function klineByHeader(header: readonly string[]): LineReader | null {
  const places = NAMES.map((name) => header.indexOf(name));
  return places.includes(-1) ? null : (fields) => readKline(fields, places);
}

/** Reads a line of a file without header. */
export const klineByPlace: LineReader = (fields) => readKline(fields, PLACES);

/**
 * A candle becomes a path of four prices, each standing for a quarter of its time: open, the extreme that the candle
 * went to first, the other one, close. A candle that closed at or above its open is taken to have gone down first.
 */
function readKline(fields: readonly string[], places: readonly number[]): LineReading | Refusal {
  const [opened, open, high, low, close, closed] = places.map((at) => fields[at]);
  const from = parseTime(opened);
  if (typeof from !== 'number') return from;
  const to = parseTime(closed);
  if (typeof to !== 'number') return to;
  if (to <= from) return { value: closed ?? '', rule: 'a candle closes after it opened' };
  // The close time is the last moment of the candle in the file's unit, milliseconds or microseconds: the next begins one later.
  const unit = Number(closed) < MILLIS_BELOW ? 1_000 : 1;
  const quarter = Math.floor((to - from + unit) / QUARTERS);
  const prices: number[] = [];
  for (const [name, text] of [
    ['open', open],
    ['high', high],
    ['low', low],
    ['close', close],
  ] as const) {
    const price = parsePrice(text, name);
    if (typeof price !== 'number') return price;
    prices.push(price);
  }
  return readPath(prices, from, quarter);
}

function readPath(prices: readonly number[], from: number, quarter: number): LineReading | Refusal {
  const [open = 0, high = 0, low = 0, close = 0] = prices;
  if (high < Math.max(open, low, close)) return { value: String(high), rule: 'high is the highest price of its candle' };
  if (low > Math.min(open, close)) return { value: String(low), rule: 'low is the lowest price of its candle' };
  const path = close >= open ? [open, low, high, close] : [open, high, low, close];
  const points = path.map((last, at): LinePoint => ({ atMicros: from + at * quarter, bid: 0, ask: 0, last, holdsMicros: quarter }));
  return { symbol: null, points };
}
