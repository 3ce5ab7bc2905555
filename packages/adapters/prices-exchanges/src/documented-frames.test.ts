/** The frames that every exchange documents, served over a stream on this machine at the time they bear. */
import { EXCHANGE_NAMES, type ExchangeName } from './exchanges.ts';
import { describeSession } from './testing/describe-session.ts';
import type { FrameSession } from './testing/frame-session.ts';
import { documentedFrames } from './testing/kept-frames.ts';

const NOON_MS = 1_763_812_800_000;

type Expected = Pick<FrameSession, 'symbols' | 'prices' | 'taken' | 'repeated'>;

/** What the frames of each make: prices by asset, what is taken and what only repeats; each exchange refuses something once. */
const EXPECTED: Readonly<Record<ExchangeName, Expected>> = {
  binance: {
    symbols: { BTC: 'BTCUSDT', BONK: 'BONKUSDT', USDT: '1/USDCUSDT' },
    prices: {
      BTC: [94_871.23, 94_871.24, 94_871.24],
      BONK: [0.00001934, 0.00001935, 0.000019345],
      USDT: [1 / 0.9999, 1 / 0.9998, 1 / 0.99985],
    },
    taken: 5,
    repeated: 0,
  },
  okx: {
    symbols: { BTC: 'BTC-USDT', JTO: 'JTO-USDT' },
    prices: { BTC: [94_870.1, 94_870.2, 94_870.1], JTO: [1.95, 1.952, 1.951] },
    taken: 2,
    repeated: 0,
  },
  coinbase: {
    symbols: { BTC: 'BTC-USD', USDT: 'USDT-USD' },
    prices: { BTC: [94_874.17, 94_874.18, 94_874.18], USDT: [0.99986, 0.99987, 0.99987] },
    taken: 2,
    repeated: 0,
  },
  kraken: {
    symbols: { BTC: 'BTC/USD', BONK: 'BONK/USD' },
    prices: { BTC: [94_872, 94_872.1, 94_872.1], BONK: [0.00001934, 0.00001936, 0.00001935] },
    taken: 3,
    repeated: 0,
  },
  bybit: { symbols: { BTC: 'BTCUSDT' }, prices: { BTC: [94_871, 94_871.1, 94_870.9] }, taken: 3, repeated: 1 },
};

for (const exchange of EXCHANGE_NAMES) {
  const frames = documentedFrames(exchange).map((text) => ({ text, atMs: NOON_MS + 1_000 }));
  describeSession({ name: `${exchange}, as documented`, exchange, ...EXPECTED[exchange], frames, past: 0, errors: 1 });
}
