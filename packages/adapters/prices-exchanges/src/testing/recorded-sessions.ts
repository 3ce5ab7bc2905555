/** The recorded frames and what they say, read from them by eye: the readers had no part in these numbers. */
import type { ExchangeName } from '../exchanges.ts';
import type { FrameSession } from './frame-session.ts';
import { recordedFrames } from './kept-frames.ts';

/** A recording: what each frame says as `lineOf` writes it (times in ms since 1970), and what all of them make. */
export type RecordedSession = FrameSession & { readonly said: readonly string[] };

type Told = Pick<FrameSession, 'symbols' | 'prices' | 'taken'> &
  Partial<Pick<FrameSession, 'repeated' | 'past' | 'errors'>> & {
    readonly exchange: ExchangeName;
    /** When the frames are heard whose recorder did not keep it. */
    readonly heardAt?: string;
    readonly said: readonly string[];
  };

/** One recording of `frames/recorded`. */
function session(name: string, told: Told): RecordedSession {
  const heardMs = Date.parse(told.heardAt ?? '');
  const frames = recordedFrames(name).map(({ text, receivedMs }) => ({ text, atMs: receivedMs ?? heardMs }));
  return { repeated: 0, past: 0, errors: 0, ...told, name: `${name}, recorded`, frames };
}

/** Every recording. */
export const RECORDED_SESSIONS: readonly RecordedSession[] = [
  session('binance', {
    exchange: 'binance',
    symbols: { FTM: 'FTMUSDT', XMR: 'XMRBTC' },
    prices: { FTM: [0.33998, 0.34012, 0.34005], XMR: [0.005773, 0.00578, 0.0057765] },
    taken: 11,
    said: [
      'FTMUSDT 0.33989 0.34012 - 800360982 -',
      'FTMUSDT 0.33993 0.34012 - 800360984 -',
      'other',
      'FTMUSDT 0.33993 0.34011 - 800360991 -',
      ...Array.from({ length: 4 }, () => 'other'),
      'XMRBTC 0.005773 0.005779 - 717720862 -',
      ...Array.from({ length: 4 }, () => 'other'),
      'FTMUSDT 0.33993 0.34012 - 800360997 -',
      ...Array.from({ length: 3 }, () => 'other'),
      'FTMUSDT 0.33993 0.34012 - 800361000 -',
      'other',
      'XMRBTC 0.005773 0.00578 - 717720864 -',
      ...Array.from({ length: 2 }, () => 'other'),
      'FTMUSDT 0.33994 0.34012 - 800361007 -',
      'FTMUSDT 0.33998 0.34012 - 800361010 -',
      ...Array.from({ length: 4 }, () => 'other'),
      'XMRBTC 0.005773 0.00578 - 717720865 -',
      'XMRBTC 0.005773 0.00578 - 717720866 -',
    ],
  }),
  session('binance-trade', {
    exchange: 'binance',
    symbols: { BTC: 'BTCFDUSD' },
    prices: { BTC: [113_558.12, 113_562.99, 113_558.13] },
    taken: 2,
    said: ['BTCFDUSD 113558.12 113562.99 - 30154000299 -', 'BTCFDUSD - - 113558.13 1722548214 1754092799975'],
  }),
  session('okx', {
    exchange: 'okx',
    symbols: { BTC: 'BTC-USDT' },
    heardAt: '2026-09-25T17:49:24.200Z',
    prices: { BTC: [83_774.1, 83_774.2, 83_766.8] },
    taken: 1,
    errors: 1,
    said: [
      'other',
      'BTC-USDT 83774.1 83774.2 83766.8 - 1790358564077',
      "error 60018 Subscribe failed, wrong URL or channel:candle1m,instId:BTC-USDT doesn't exist. Please use the correct URL, channel and parameters referring to API document.",
    ],
  }),
  session('okx-demo', {
    exchange: 'okx',
    symbols: { BTC: 'BTC-USDT' },
    heardAt: '2022-11-15T13:29:02.000Z',
    prices: { BTC: [16_873.1, 16_873.2, 16_873.2] },
    taken: 3,
    said: [
      'other',
      'BTC-USDT 16873.1 16873.2 16873.2 - 1668518940833',
      'BTC-USDT 16873.1 16873.2 16873.2 - 1668518941182',
      'BTC-USDT 16873.1 16873.2 16873.2 - 1668518941291',
    ],
  }),
  session('okx-2022', {
    exchange: 'okx',
    symbols: { BTC: 'BTC-USDT' },
    heardAt: '2022-06-02T10:34:33.500Z',
    prices: { BTC: [29_934, 29_934.1, 29_934] },
    taken: 1,
    said: ['BTC-USDT 29934 29934.1 29934 - 1654166073135'],
  }),
  session('coinbase', {
    exchange: 'coinbase',
    symbols: { BAND: 'BAND-GBP', SKL: 'SKL-GBP' },
    prices: { BAND: [14.755, 14.806, 14.7775], SKL: [0.5752, 0.5771, 0.5752] },
    taken: 2,
    said: [
      'other',
      'BAND-GBP 14.755 14.806 14.7775 333938798 1618677810244',
      'SKL-GBP 0.5752 0.5771 0.5752 27883326 1618677809571',
      ...Array.from({ length: 3 }, () => 'other'),
    ],
  }),
  session('coinbase-2022', {
    exchange: 'coinbase',
    symbols: { BTC: 'BTC-USD' },
    heardAt: '2022-06-02T09:20:54.200Z',
    prices: { BTC: [29_940.9, 29_940.91, 29_940.91] },
    taken: 1,
    said: ['BTC-USD 29940.9 29940.91 29940.91 38332655422 1654161654127'],
  }),
  session('coinbase-2026', {
    exchange: 'coinbase',
    symbols: { BTC: 'BTC-USD' },
    heardAt: '2026-09-04T00:21:03.900Z',
    prices: { BTC: [81_222.5, 81_228.97, 81_228.94] },
    taken: 1,
    said: ['other', 'BTC-USD 81222.5 81228.97 81228.94 135557035414 1788481262905', 'other'],
  }),
  session('kraken', {
    exchange: 'kraken',
    symbols: { BTC: 'BTC/USD' },
    heardAt: '2026-09-25T17:48:27.000Z',
    prices: { BTC: [83_744.2, 83_744.3, 83_744.3] },
    taken: 1,
    errors: 1,
    said: ['other', 'other', 'BTC/USD 83744.2 83744.3 83744.3 - 1790358506844', 'other', 'error Currency pair not supported XBT/USD'],
  }),
  session('kraken-snapshot', {
    exchange: 'kraken',
    symbols: { BTC: 'BTC/USD' },
    heardAt: '2026-09-04T00:21:20.600Z',
    prices: { BTC: [81_205, 81_205.1, 81_205.1] },
    taken: 1,
    said: ['BTC/USD 81205 81205.1 81205.1 - 1788481280217', 'other'],
  }),
  // The snapshot bears a time 10.8 s before Kraken acknowledged the subscription.
  session('kraken-quiet', {
    exchange: 'kraken',
    symbols: { USDT: 'USDT/USD' },
    heardAt: '2026-09-24T03:54:28.829Z',
    prices: {},
    taken: 0,
    past: 1,
    errors: 1,
    said: ['other', 'other', 'error Currency pair not supported NOPE/USD', 'USDT/USD 0.9998 0.99981 0.99981 - 1790222058054', 'other'],
  }),
  session('bybit', {
    exchange: 'bybit',
    symbols: { OP: 'OPUSDC', TUSD: 'TUSDUSDT', KCS: 'KCSUSDT', CPOOL: 'CPOOLUSDT', ARB: 'ARBUSDC', MASA: 'MASAUSDT' },
    prices: {
      OP: [0.579, 0.58, 0.5795],
      TUSD: [0.9967, 0.997, 0.99685],
      KCS: [11.247, 11.256, 11.2515],
      CPOOL: [0.11687, 0.11715, 0.11701],
      ARB: [0.3448, 0.3449, 0.34485],
      MASA: [0.02169, 0.02173, 0.02171],
    },
    taken: 24,
    repeated: 7,
    said: [
      'other',
      'OPUSDC 0.579 0.58 - 1399781 1749833472906',
      'other',
      'TUSDUSDT 0.9967 0.997 - 31002 1749833473132',
      'other',
      'KCSUSDT 11.251 11.259 - 462748 1749833474560',
      'other',
      'CPOOLUSDT 0.11687 0.11715 - 5796290 1749833475045',
      'other',
      'ARBUSDC 0.3449 0.345 - 1909171 1749833475044',
      'other',
      'MASAUSDT 0.02169 0.02173 - 1933707 1749833472455',
      'MASAUSDT 0.02169 0.02173 - 1933707 1749833475455',
      'OPUSDC 0.579 0.58 - 1399781 1749833475906',
      'TUSDUSDT 0.9967 0.997 - 31002 1749833476132',
      'OPUSDC 0.579 0.58 - 1399782 1749833477126',
      'ARBUSDC 0.3449 0.345 - 1909172 1749833477544',
      'KCSUSDT 11.251 11.259 - 462748 1749833477560',
      'KCSUSDT 11.258 11.259 - 462749 1749833477570',
      'KCSUSDT 11.253 11.259 - 462750 1749833477581',
      'KCSUSDT 11.253 11.258 - 462751 1749833477601',
      'KCSUSDT 11.252 11.258 - 462752 1749833477610',
      'CPOOLUSDT 0.11687 0.11715 - 5796290 1749833478045',
      'KCSUSDT 11.252 11.257 - 462753 1749833478191',
      'KCSUSDT 11.247 11.257 - 462754 1749833478201',
      'KCSUSDT 11.247 11.256 - 462755 1749833478210',
      'MASAUSDT 0.02169 0.02173 - 1933707 1749833478465',
      'TUSDUSDT 0.9967 0.997 - 31002 1749833479132',
      'ARBUSDC 0.3449 0.345 - 1909173 1749833479163',
      'ARBUSDC 0.3448 0.345 - 1909174 1749833479174',
      'ARBUSDC 0.3448 0.345 - 1909175 1749833479184',
      'ARBUSDC 0.3448 0.3449 - 1909176 1749833479363',
      'ARBUSDC 0.3448 0.3449 - 1909177 1749833479373',
      'ARBUSDC 0.3448 0.3449 - 1909178 1749833479383',
      'ARBUSDC 0.3447 0.3449 - 1909179 1749833479393',
      'OPUSDC 0.579 0.58 - 1399783 1749833479396',
      'ARBUSDC 0.3448 0.3449 - 1909180 1749833479444',
    ],
  }),
  // Trades alone make no price.
  session('bybit-trade', {
    exchange: 'bybit',
    symbols: { BTC: 'BTCUSDT' },
    heardAt: '2023-12-24T15:12:25.400Z',
    prices: {},
    taken: 2,
    said: ['other', 'BTCUSDT - - 43774 - 1703430744103', 'BTCUSDT - - 43774.01 - 1703430745372'],
  }),
];
