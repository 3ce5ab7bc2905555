/** Bybit v5, spot: `orderbook.1` (best bid and ask with an update id, repeated with the same id when nothing changes) and `publicTrade`. */
import { type ExchangeReader, type Observation, OTHER, type Reading } from './exchange-reader.ts';
import { asDecimal, asFields, countOf, decimalOf, type Fields, FrameFault, listOf, readObject, textOf } from './read-fields.ts';

/** Symbols are as `BTCUSDT`. A message takes at most ten topics, so each symbol has its own. */
export const bybit: ExchangeReader = {
  subscribe: (symbols) =>
    symbols.map((symbol) => JSON.stringify({ op: 'subscribe', args: [`orderbook.1.${symbol}`, `publicTrade.${symbol}`] })),
  ping: JSON.stringify({ op: 'ping' }),
  read: (text) => {
    const frame = readObject(text);
    if (frame['success'] === false) return { kind: 'error', message: String(frame['ret_msg']) };
    if (!('topic' in frame)) return OTHER;
    const topic = textOf(frame, 'topic');
    if (topic.startsWith('orderbook.1.')) return readBook(frame);
    return topic.startsWith('publicTrade.') ? readTrades(frame) : OTHER;
  },
};

function readBook(frame: Fields): Reading {
  const data = asFields(frame['data'], 'data');
  if (textOf(frame, 'type') !== 'snapshot') throw new FrameFault('a book of one level comes whole');
  const book = { bid: bestOf(data, 'b'), ask: bestOf(data, 'a') };
  const stampMs = countOf(frame, 'ts');
  return {
    kind: 'prices',
    observations: [{ symbol: textOf(data, 's'), book, last: null, seq: countOf(data, 'u'), stampMs, content: null }],
  };
}

/** Price of the first level of a side. */
function bestOf(data: Fields, side: string): number {
  const [level] = listOf(data, side);
  if (!Array.isArray(level)) throw new FrameFault(`${side} has no level`);
  return asDecimal(level[0], side);
}

function readTrades(frame: Fields): Reading {
  const stampMs = countOf(frame, 'ts');
  const observations = listOf(frame, 'data').map((row): Observation => {
    const trade = asFields(row, 'data');
    // Trades have ids without an order: the last of a frame is the last.
    return { symbol: textOf(trade, 's'), book: null, last: decimalOf(trade, 'p'), seq: null, stampMs, content: null };
  });
  return { kind: 'prices', observations };
}
