/** Coinbase Exchange: `ticker` (at every trade: price, best bid and ask, sequence) and `heartbeat` (each second, so that quiet is not silence). */
import { type ExchangeReader, OTHER } from './exchange-reader.ts';
import { countOf, decimalOf, instantOf, readObject, textOf } from './read-fields.ts';

/** Symbols are products, as `BTC-USD`. One message each: a product that is gone must not take the others with it. */
export const coinbase: ExchangeReader = {
  subscribe: (symbols) =>
    symbols.map((product) => JSON.stringify({ type: 'subscribe', product_ids: [product], channels: ['ticker', 'heartbeat'] })),
  ping: null,
  read: (text) => {
    const frame = readObject(text);
    const type = textOf(frame, 'type');
    if (type === 'error') return { kind: 'error', message: `${String(frame['message'])}: ${String(frame['reason'])}` };
    if (type !== 'ticker') return OTHER;
    const observation = {
      symbol: textOf(frame, 'product_id'),
      book: { bid: decimalOf(frame, 'best_bid'), ask: decimalOf(frame, 'best_ask') },
      last: decimalOf(frame, 'price'),
      seq: countOf(frame, 'sequence'),
      stampMs: instantOf(frame, 'time'),
      content: null,
    };
    return { kind: 'prices', observations: [observation] };
  },
};
