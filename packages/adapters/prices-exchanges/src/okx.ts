/** OKX v5, spot: `tickers` has best bid, best ask and last, pushed when one of them changes; its time is its only order. */
import { type ExchangeReader, type Observation, OTHER } from './exchange-reader.ts';
import { asFields, decimalOf, listOf, readObject, textOf } from './read-fields.ts';

/** Symbols are instrument ids, as `BTC-USDT`. */
export const okx: ExchangeReader = {
  subscribe: (symbols) => [JSON.stringify({ op: 'subscribe', args: symbols.map((instId) => ({ channel: 'tickers', instId })) })],
  ping: 'ping',
  read: (text) => {
    if (text === 'pong') return OTHER;
    const frame = readObject(text);
    if (frame['event'] === 'error') return { kind: 'error', message: `${String(frame['code'])} ${String(frame['msg'])}` };
    if ('event' in frame) return OTHER;
    if (textOf(asFields(frame['arg'], 'arg'), 'channel') !== 'tickers') return OTHER;
    return { kind: 'prices', observations: listOf(frame, 'data').map(readTicker) };
  },
};

function readTicker(row: unknown): Observation {
  const ticker = asFields(row, 'data');
  const { ts: _ts, ...content } = ticker;
  return {
    symbol: textOf(ticker, 'instId'),
    book: { bid: decimalOf(ticker, 'bidPx'), ask: decimalOf(ticker, 'askPx') },
    last: decimalOf(ticker, 'last'),
    seq: null,
    stampMs: decimalOf(ticker, 'ts'),
    content: JSON.stringify(content),
  };
}
