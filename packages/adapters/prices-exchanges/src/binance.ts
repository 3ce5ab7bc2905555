/** Binance, spot: `bookTicker` (every change of the best bid and ask, with the book's update id) and `trade`. */
import { type ExchangeReader, OTHER, type Reading } from './exchange-reader.ts';
import { asFields, countOf, decimalOf, type Fields, readObject, textOf } from './read-fields.ts';

/** Symbols are written in capitals, as `BTCUSDT`; streams name them in small letters. All fit in one message. */
export const binance: ExchangeReader = {
  subscribe: (symbols) => {
    const params = symbols.flatMap((symbol) => [`${symbol.toLowerCase()}@bookTicker`, `${symbol.toLowerCase()}@trade`]);
    return [JSON.stringify({ method: 'SUBSCRIBE', params, id: 1 })];
  },
  ping: null,
  read: (text) => {
    const frame = readObject(text);
    if ('stream' in frame) return readStream(textOf(frame, 'stream'), asFields(frame['data'], 'data'));
    if ('error' in frame) return { kind: 'error', message: JSON.stringify(frame['error']) };
    if ('code' in frame) return { kind: 'error', message: JSON.stringify(frame) };
    return OTHER;
  },
};

function readStream(stream: string, data: Fields): Reading {
  if (stream.endsWith('@bookTicker')) {
    const book = { bid: decimalOf(data, 'b'), ask: decimalOf(data, 'a') };
    // A book ticker bears no time: its update id alone tells new from old.
    const observation = { symbol: textOf(data, 's'), book, last: null, seq: countOf(data, 'u'), stampMs: null, content: null };
    return { kind: 'prices', observations: [observation] };
  }
  if (!stream.endsWith('@trade')) return OTHER;
  const last = decimalOf(data, 'p');
  const seq = countOf(data, 't');
  const observation = { symbol: textOf(data, 's'), book: null, last, seq, stampMs: countOf(data, 'E'), content: null };
  return { kind: 'prices', observations: [observation] };
}
