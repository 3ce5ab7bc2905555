/** The frames that every exchange documents, served over a stream on this machine at the time they bear. */
import { afterEach, expect, it } from 'vitest';
import { ExchangeFeed, type TakenPrice } from './exchange-feed.ts';
import { EXCHANGE_NAMES, type ExchangeName } from './exchanges.ts';
import { CONNECTION_RULES, PRICE_RULES } from './feed-rules.ts';
import { documentedFrames } from './testing/documented-frames.ts';
import { createHandWall } from './testing/hand-wall.ts';
import { StreamServer, until } from './testing/stream-server.ts';

const NOON_MS = 1_763_812_800_000;

type Expected = {
  readonly symbols: Readonly<Record<string, string>>;
  readonly prices: Readonly<Record<string, readonly [bid: number, ask: number, last: number]>>;
  readonly repeated: number;
  readonly errors: number;
};

/** What the frames of each make: prices by asset, what only repeats, what the exchange refuses. */
const EXPECTED: Readonly<Record<ExchangeName, Expected>> = {
  binance: {
    symbols: { BTC: 'BTCUSDT', BONK: 'BONKUSDT', USDT: '1/USDCUSDT' },
    prices: {
      BTC: [94_871.23, 94_871.24, 94_871.24],
      BONK: [0.00001934, 0.00001935, 0.000019345],
      USDT: [1 / 0.9999, 1 / 0.9998, 1 / 0.99985],
    },
    repeated: 0,
    errors: 1,
  },
  okx: {
    symbols: { BTC: 'BTC-USDT', JTO: 'JTO-USDT' },
    prices: { BTC: [94_870.1, 94_870.2, 94_870.1], JTO: [1.95, 1.952, 1.951] },
    repeated: 0,
    errors: 1,
  },
  coinbase: {
    symbols: { BTC: 'BTC-USD', USDT: 'USDT-USD' },
    prices: { BTC: [94_874.17, 94_874.18, 94_874.18], USDT: [0.99986, 0.99987, 0.99987] },
    repeated: 0,
    errors: 1,
  },
  kraken: {
    symbols: { BTC: 'BTC/USD', BONK: 'BONK/USD' },
    prices: { BTC: [94_872, 94_872.1, 94_872.1], BONK: [0.00001934, 0.00001936, 0.00001935] },
    repeated: 0,
    errors: 1,
  },
  bybit: { symbols: { BTC: 'BTCUSDT' }, prices: { BTC: [94_871, 94_871.1, 94_870.9] }, repeated: 1, errors: 1 },
};

let server: StreamServer | null = null;
let feed: ExchangeFeed | null = null;

afterEach(async () => {
  feed?.stop();
  await server?.close();
});

/** Serves all frames of an exchange, each as often as told, and waits until they have come. */
async function serve(exchange: ExchangeName, times: number): Promise<{ drained: TakenPrice[]; feed: ExchangeFeed }> {
  const stream = await StreamServer.listen();
  server = stream;
  const parts = {
    priceRules: PRICE_RULES,
    connectionRules: CONNECTION_RULES,
    wall: createHandWall(NOON_MS + 1_000),
    onNews: () => undefined,
  };
  const sources = [{ name: exchange, exchange, symbols: EXPECTED[exchange].symbols }];
  const reading = new ExchangeFeed({ exchange, url: stream.url, sources, ...parts });
  feed = reading;
  reading.start();
  await until(() => reading.figures().isConnected && stream.open > 0, 'it is connected');
  const frames = documentedFrames(exchange).flatMap((frame) => Array.from({ length: times }, () => frame));
  stream.say(...frames);
  await until(() => reading.figures().frames === frames.length, 'all frames have come');
  return { drained: reading.drain(), feed: reading };
}

it.each(EXCHANGE_NAMES)('the frames of %s make its prices', async (exchange) => {
  const expected = EXPECTED[exchange];
  const { drained, feed: reading } = await serve(exchange, 1);
  expect(Object.keys(expected.prices).sort()).toEqual(drained.map(({ asset }) => asset).sort());
  for (const { asset, price } of drained) {
    const [bid, ask, last] = expected.prices[asset] ?? [0, 0, 0];
    for (const [said, wanted] of [
      [price.bid, bid],
      [price.ask, ask],
      [price.last, last],
    ] as const)
      expect(said / wanted).toBeCloseTo(1, 12);
  }
  const { errors, refused } = reading.figures();
  expect({ errors, repeated: refused.repeated, malformed: refused.malformed }).toEqual({
    errors: expected.errors,
    repeated: expected.repeated,
    malformed: 0,
  });
});

it.each(EXCHANGE_NAMES)('the frames of %s, each heard three times, make no more than heard once', async (exchange) => {
  const once = await serve(exchange, 1);
  once.feed.stop();
  await server?.close();
  const thrice = await serve(exchange, 3);
  expect(thrice.drained).toEqual(once.drained);
});
