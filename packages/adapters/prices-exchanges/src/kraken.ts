/** Kraken v2: `ticker` at every change of the best bid and ask, with the last price; numbers are JSON numbers, there is no sequence. */
import { type ExchangeReader, type Observation, OTHER } from './exchange-reader.ts';
import { asFields, instantOf, listOf, numberOf, readObject, textOf } from './read-fields.ts';

/** Symbols are pairs, as `BTC/USD`. */
export const kraken: ExchangeReader = {
  subscribe: (symbols) => [
    JSON.stringify({ method: 'subscribe', params: { channel: 'ticker', symbol: symbols, event_trigger: 'bbo', snapshot: true } }),
  ],
  ping: JSON.stringify({ method: 'ping' }),
  read: (text) => {
    const frame = readObject(text);
    if (frame['success'] === false) return { kind: 'error', message: String(frame['error']) };
    if (frame['channel'] !== 'ticker') return OTHER;
    return { kind: 'prices', observations: listOf(frame, 'data').map(readTicker) };
  },
};

function readTicker(row: unknown): Observation {
  const ticker = asFields(row, 'data');
  const { timestamp, ...content } = ticker;
  return {
    symbol: textOf(ticker, 'symbol'),
    book: { bid: numberOf(ticker, 'bid'), ask: numberOf(ticker, 'ask') },
    last: numberOf(ticker, 'last'),
    seq: null,
    // Not every ticker bears a time.
    stampMs: timestamp === undefined ? null : instantOf(ticker, 'timestamp'),
    content: JSON.stringify(content),
  };
}
