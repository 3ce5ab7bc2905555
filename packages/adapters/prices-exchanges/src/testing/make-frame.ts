/** Frames of our making in the form of each exchange, so that prices, sequences and times can be chosen. */
import type { ExchangeName } from '../exchanges.ts';

/** What a frame shall say. */
export type SaidPrice = {
  readonly symbol: string;
  readonly bid: string;
  readonly ask: string;
  readonly last: string;
  readonly seq: number;
  readonly stampMs: number;
};

/** A price around `middle` with a spread of two units of its sixth digit. */
export function saidPrice(symbol: string, middle: number, seq: number, stampMs: number): SaidPrice {
  const text = (price: number): string => price.toPrecision(7);
  return { symbol, bid: text(middle * 0.99999), ask: text(middle * 1.00001), last: text(middle), seq, stampMs };
}

/** The frames by which an exchange says so: book and trade where it has them apart. */
export function framesOf(exchange: ExchangeName, said: SaidPrice): string[] {
  return MAKERS[exchange](said).map((frame) => JSON.stringify(frame));
}

const MAKERS: Readonly<Record<ExchangeName, (said: SaidPrice) => readonly object[]>> = {
  binance: ({ symbol, bid, ask, last, seq, stampMs }) => [
    {
      stream: `${symbol.toLowerCase()}@trade`,
      data: { e: 'trade', E: stampMs, s: symbol, t: seq, p: last, q: '1', T: stampMs, m: true, M: true },
    },
    { stream: `${symbol.toLowerCase()}@bookTicker`, data: { u: seq, s: symbol, b: bid, B: '1', a: ask, A: '1' } },
  ],
  okx: ({ symbol, bid, ask, last, seq, stampMs }) => {
    const sizes = { lastSz: '1', askSz: '1', bidSz: String(seq) };
    const row = { instType: 'SPOT', instId: symbol, last, askPx: ask, bidPx: bid, ...sizes, ts: String(stampMs) };
    return [{ arg: { channel: 'tickers', instId: symbol }, data: [row] }];
  },
  coinbase: ({ symbol, bid, ask, last, seq, stampMs }) => [
    {
      type: 'ticker',
      sequence: seq,
      product_id: symbol,
      price: last,
      best_bid: bid,
      best_ask: ask,
      time: new Date(stampMs).toISOString(),
      trade_id: seq,
    },
  ],
  kraken: ({ symbol, bid, ask, last, seq, stampMs }) => {
    const numbers = { bid: Number(bid), bid_qty: seq, ask: Number(ask), ask_qty: 1, last: Number(last), volume: 1 };
    return [{ channel: 'ticker', type: 'update', data: [{ symbol, ...numbers, timestamp: new Date(stampMs).toISOString() }] }];
  },
  bybit: ({ symbol, bid, ask, last, seq, stampMs }) => [
    {
      topic: `publicTrade.${symbol}`,
      ts: stampMs,
      type: 'snapshot',
      data: [{ i: String(seq), T: stampMs, p: last, v: '1', S: 'Buy', s: symbol, BT: false }],
    },
    {
      topic: `orderbook.1.${symbol}`,
      ts: stampMs,
      type: 'snapshot',
      data: { s: symbol, b: [[bid, '1']], a: [[ask, '1']], u: seq, seq },
      cts: stampMs,
    },
  ],
};
