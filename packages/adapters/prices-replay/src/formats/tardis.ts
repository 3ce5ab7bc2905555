/**
 * Tardis CSV files, told apart by their header: trades, quotes (and book_ticker), book_snapshot_*, derivative_ticker,
 * https://docs.tardis.dev/downloadable-csv-files. Files are in the order of `local_timestamp`, when a message arrived:
 * that is the time played, since a venue knows a price no sooner.
 */
import { parsePrice, parseTime } from '../parse-field.ts';
import type { LineReader, LineReading, Refusal } from '../price-row.ts';
import { readTrade } from './binance-agg-trades.ts';

/** Reader of a file with this header, or null when it is another format. */
export function tardisByHeader(header: readonly string[]): LineReader | null {
  const at = (name: string): number => header.indexOf(name);
  const [time, symbol] = [at('local_timestamp'), at('symbol')];
  if (time < 0 || symbol < 0) return null;
  const [bid, ask] = at('bid_price') >= 0 ? [at('bid_price'), at('ask_price')] : [at('bids[0].price'), at('asks[0].price')];
  if (bid >= 0 && ask >= 0) return (fields) => readBook(fields[time], fields[symbol], [fields[bid], fields[ask]]);
  // Index and mark prices of a ticker are other people's sums: the last price is what was traded.
  const last = at('last_price') >= 0 ? at('last_price') : at('price');
  if (last < 0 || at('is_snapshot') >= 0) return null;
  return (fields) => readTrade(fields[time], fields[last], fields[symbol] ?? '');
}

function readBook(
  time: string | undefined,
  symbol: string | undefined,
  [bidText, askText]: readonly [string | undefined, string | undefined],
): LineReading | Refusal {
  const atMicros = parseTime(time);
  if (typeof atMicros !== 'number') return atMicros;
  const bid = parsePrice(bidText, 'a bid');
  if (typeof bid !== 'number') return bid;
  const ask = parsePrice(askText, 'an ask');
  if (typeof ask !== 'number') return ask;
  if (bid > ask) return { value: `${bidText} > ${askText}`, rule: 'the bid is not above the ask' };
  return { symbol: symbol ?? '', points: [{ atMicros, bid, ask, last: 0, holdsMicros: 0 }] };
}
