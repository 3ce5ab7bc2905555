import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXCHANGE_NAMES, type ExchangeName, READERS } from './exchanges.ts';
import { FrameFault } from './read-fields.ts';
import { documentedFrames } from './testing/kept-frames.ts';
import { lineOf } from './testing/line-of.ts';
import { framesOf, saidPrice } from './testing/make-frame.ts';
import { RECORDED_SESSIONS } from './testing/recorded-sessions.ts';

const NOON_MS = 1_763_812_800_000;

/** What the documented frames say, in their order. */
const SAID: Readonly<Record<ExchangeName, readonly string[]>> = {
  binance: [
    'other',
    'BTCUSDT 94871.23 94871.24 - 81350914201 -',
    'BTCUSDT - - 94871.24 5551234001 123',
    'BTCUSDT 94871.23 94871.24 - 81350914207 -',
    'BONKUSDT 0.00001934 0.00001935 - 1920033411 -',
    'USDCUSDT 0.9998 0.9999 - 4410229981 -',
    'error {"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}',
  ],
  okx: [
    'other',
    'BTC-USDT 94870.1 94870.2 94870.1 - 105',
    'JTO-USDT 1.95 1.952 1.951 - 210',
    'other',
    "error 60018 Wrong URL or channel:tickers,instId:NONE-USDT doesn't exist. Please use the correct URL, channel and parameters referring to API document.",
    'other',
  ],
  coinbase: [
    'other',
    'BTC-USD 94874.17 94874.18 94874.18 112233445501 118',
    'other',
    'USDT-USD 0.99986 0.99987 0.99987 4410098 700',
    'error Failed to subscribe: NONE-USD is not a valid product',
  ],
  kraken: [
    'other',
    'other',
    'BTC/USD 94872 94872.1 94872.1 - -',
    'BTC/USD 94872 94872.1 94872.1 - 412',
    'BONK/USD 0.00001934 0.00001936 0.00001935 - -',
    'other',
    'other',
    'error Currency pair not supported NONE/USD',
  ],
  bybit: [
    'other',
    'BTCUSDT 94871 94871.1 - 20112203 99',
    'BTCUSDT - - 94871 - 150, BTCUSDT - - 94870.9 - 150',
    'BTCUSDT 94871 94871.1 - 20112203 3099',
    'other',
    'error Invalid symbol :[orderbook.1.NONEUSDT]',
  ],
};

describe.each(EXCHANGE_NAMES)('the reader of %s', (exchange) => {
  const reader = READERS[exchange];

  it('reads its frames as documented', () => {
    expect(documentedFrames(exchange).map((frame) => lineOf(reader.read(frame), NOON_MS))).toEqual(SAID[exchange]);
  });

  it('reads the frames that tests make', () => {
    const read = framesOf(exchange, saidPrice('SYMBOL', 100, 7, NOON_MS)).map((frame) => reader.read(frame));
    const observations = read.flatMap((reading) => (reading.kind === 'prices' ? reading.observations : []));
    expect(observations.find(({ book }) => book !== null)?.book).toEqual({ bid: 99.999, ask: 100.001 });
    expect(observations.find(({ last }) => last !== null)?.last).toBe(100);
  });

  it('subscribes to every symbol', () => {
    const messages = reader.subscribe(['ONE', 'TWO']).join(' ').toUpperCase();
    expect(messages).toContain('ONE');
    expect(messages).toContain('TWO');
  });

  it.each(['', 'null', '[]', '7', '"text"', '{', '\u0000', '[[[[', '{"__proto__":1'])('refuses %j as no frame', (text) => {
    expect(() => reader.read(text)).toThrow(FrameFault);
  });

  it('reads a damaged frame, or refuses it in words: never otherwise', () => {
    const recorded = RECORDED_SESSIONS.filter((session) => session.exchange === exchange).flatMap(({ frames }) =>
      frames.map(({ text }) => text),
    );
    const frames = [...documentedFrames(exchange), ...recorded, ...framesOf(exchange, saidPrice('SYMBOL', 100, 7, NOON_MS))];
    const damage = fc.record({
      frame: fc.constantFrom(...frames),
      at: fc.nat(),
      cut: fc.nat(8),
      put: fc.constantFrom('', '0', '-', '"', '{', ']', 'e400', 'null,', '\n'),
    });
    fc.assert(
      fc.property(damage, ({ frame, at, cut, put }) => {
        const start = at % frame.length;
        const damaged = frame.slice(0, start) + put + frame.slice(start + cut);
        try {
          expect(['prices', 'other', 'error']).toContain(reader.read(damaged).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameFault);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

/** Frames with one thing wrong; the whole frame is refused. */
const MALFORMED: readonly (readonly [exchange: ExchangeName, frame: string])[] = [
  ['binance', '{"stream":"btcusdt@bookTicker","data":{"u":1,"s":"BTCUSDT","b":1,"a":"2"}}'],
  ['binance', '{"stream":"btcusdt@bookTicker","data":{"u":1.5,"s":"BTCUSDT","b":"1","a":"2"}}'],
  ['binance', '{"stream":"btcusdt@bookTicker","data":{"u":1,"s":"BTCUSDT","b":"1e400","a":"2"}}'],
  ['binance', '{"stream":"btcusdt@bookTicker","data":{"u":1,"s":"BTCUSDT","b":" 1","a":"2"}}'],
  ['binance', '{"stream":"btcusdt@bookTicker","data":{"u":1,"s":7,"b":"1","a":"2"}}'],
  ['binance', '{"stream":"btcusdt@bookTicker","data":[]}'],
  ['binance', '{"stream":"btcusdt@trade","data":{"E":1,"s":"BTCUSDT","p":"1"}}'],
  ['okx', '{"arg":{"channel":"tickers"},"data":[{"instId":"BTC-USDT","bidPx":"","askPx":"2","last":"1","ts":"1"}]}'],
  ['okx', '{"arg":{"channel":"tickers"},"data":{}}'],
  ['okx', '{"arg":{"channel":"tickers"},"data":[null]}'],
  ['coinbase', '{"type":"ticker","product_id":"BTC-USD","price":"1","best_bid":"1","best_ask":"1","sequence":1,"time":"yesterday"}'],
  [
    'coinbase',
    '{"type":"ticker","product_id":"BTC-USD","price":"1","best_bid":"1","best_ask":"1","sequence":-1,"time":"2025-11-22T12:00:00Z"}',
  ],
  ['coinbase', '{"type":"ticker","product_id":"BTC-USD","price":"1","best_bid":"1","sequence":1,"time":"2025-11-22T12:00:00Z"}'],
  ['coinbase', '{"price":"1"}'],
  ['kraken', '{"channel":"ticker","data":[{"symbol":"BTC/USD","bid":"1","ask":2,"last":1}]}'],
  ['kraken', '{"channel":"ticker","data":[{"symbol":"BTC/USD","bid":1,"ask":2,"last":1,"timestamp":5}]}'],
  ['bybit', '{"topic":"orderbook.1.BTCUSDT","ts":1,"type":"snapshot","data":{"s":"BTCUSDT","b":[],"a":[["2","1"]],"u":1}}'],
  ['bybit', '{"topic":"orderbook.1.BTCUSDT","ts":1,"type":"delta","data":{"s":"BTCUSDT","b":[["1","1"]],"a":[],"u":1}}'],
  ['bybit', '{"topic":"orderbook.1.BTCUSDT","ts":1,"type":"delta","data":{"s":"BTCUSDT","b":[["1","1"]],"a":[["2","1"]],"u":1}}'],
  ['bybit', '{"topic":"publicTrade.BTCUSDT","ts":1,"data":[{"s":"BTCUSDT","p":"1"},{"s":"BTCUSDT","p":"x"}]}'],
];

describe('a frame with one thing wrong', () => {
  it.each(MALFORMED)('of %s is refused: %s', (exchange, frame) => {
    expect(() => READERS[exchange].read(frame)).toThrow(FrameFault);
  });

  it('may hold a number that no double can: it is read as infinite, which is no price', () => {
    const frame = '{"channel":"ticker","data":[{"symbol":"BTC/USD","bid":1e400,"ask":1e400,"last":1}]}';
    const reading = READERS.kraken.read(frame);
    expect(reading.kind === 'prices' ? reading.observations[0]?.book : null).toEqual({
      bid: Number.POSITIVE_INFINITY,
      ask: Number.POSITIVE_INFINITY,
    });
  });
});
