import { afterAll, describe, expect, it } from 'vitest';
import type { PriceRow } from '../price-row.ts';
import { fileOf, readAll, removeFiles, sample } from '../testing/files.ts';

afterAll(removeFiles);

const BEGIN = 1_760_130_600_000_000;
const MINUTE = 60_000_000;

async function read(text: string): Promise<PriceRow[]> {
  const { rows, refused } = await readAll([text]);
  expect(refused).toEqual([]);
  return rows;
}

describe('Binance klines', () => {
  it('with a header and milliseconds become four prices a candle, each for a quarter of it', async () => {
    const rows = await read(sample('BTCUSDT-1m-2025-10-10.csv'));
    expect(rows).toHaveLength(24 * 4);
    // The first candle fell: 117200 up to 117235.40, down to 117009.05, closed at 117113.92.
    expect(rows.slice(0, 5).map(({ atMicros, last }) => [atMicros - BEGIN, last])).toEqual([
      [0, 117_200],
      [MINUTE / 4, 117_235.4],
      [MINUTE / 2, 117_009.05],
      [(MINUTE * 3) / 4, 117_113.92],
      [MINUTE, 117_113.92],
    ]);
    expect(rows[0]).toEqual({ atMicros: BEGIN, source: 'replay', asset: 'BTC', bid: 0, ask: 0, last: 117_200, holdsMicros: MINUTE / 4 });
  });

  it('without a header and with microseconds are read alike; a candle that rose went down first', async () => {
    const rows = await read(sample('ETHUSDT-1m-2025-10-10.csv'));
    expect(rows.slice(0, 4).map(({ atMicros, last }) => [atMicros - BEGIN, last])).toEqual([
      [0, 4_105],
      [MINUTE / 4, 4_104.99],
      [MINUTE / 2, 4_112.11],
      [(MINUTE * 3) / 4, 4_108.81],
    ]);
    expect(new Set(rows.map(({ asset, holdsMicros }) => `${asset} ${holdsMicros}`))).toEqual(new Set([`ETH ${MINUTE / 4}`]));
  });
});

describe('Binance aggTrades', () => {
  it('of spot have no header and microseconds', async () => {
    const rows = await read(sample('SOLUSDT-aggTrades-2025-10-10.csv'));
    expect(rows).toHaveLength(30);
    expect(rows[0]).toMatchObject({ atMicros: 1_760_130_600_865_140, asset: 'SOL', bid: 0, last: 222.55, holdsMicros: 0 });
  });

  it('of futures have a header, milliseconds, and may be compressed', async () => {
    const rows = await read(`${sample('BTCUSDT-aggTrades-2025-10-10.csv.gz')}=binance`);
    expect(rows).toHaveLength(24);
    expect(rows.every(({ source, asset, last }) => source === 'binance' && asset === 'BTC' && last > 100_000)).toBe(true);
  });

  it('of futures without a header have seven columns; plain trades, whose time is elsewhere, are no format we know', async () => {
    const futures = fileOf(['26129,0.5,4.7,27781,27781,1760130600153,true'], 'SOLUSDT.csv');
    expect(await read(`${futures}=f:SOL`)).toMatchObject([{ atMicros: BEGIN + 153_000, last: 0.5 }]);
    const plain = fileOf(['51175358,17.8,5.69,101.29,1760130600153,True,True'], 'SOLUSDT.csv');
    await expect(readAll([plain])).rejects.toThrow('of no known format: there are Binance klines');
  });
});

describe('Tardis', () => {
  it('trades tell the last price at the time they arrived', async () => {
    const rows = await read(`${sample('okex_trades_2025-10-10_BTC-USDT.csv')}=okx`);
    expect(rows).toHaveLength(24);
    expect(rows[0]).toMatchObject({ atMicros: 1_760_130_600_222_938, source: 'okx', asset: 'BTC', bid: 0, last: 117_288.9 });
  });

  it('quotes tell bid and ask', async () => {
    const rows = await read(sample('coinbase_quotes_2025-10-10_BTC-USD.csv.gz'));
    expect(rows).toHaveLength(24);
    expect(rows.every(({ bid, ask, last }) => ask > bid && bid > 0 && last === 0)).toBe(true);
  });

  it('snapshots of books tell their first level', async () => {
    const rows = await read(`${sample('kraken-futures_book_snapshot_5_2025-10-10_PF_XBTUSD.csv')}=kraken:PF_XBTUSD=BTC`);
    expect(rows).toHaveLength(16);
    expect(rows[0]).toMatchObject({ asset: 'BTC', bid: 117_088.8, ask: 117_089.8, last: 0 });
  });

  it('derivative tickers tell the last price, not index or mark', async () => {
    const rows = await read(sample('bybit_derivative_ticker_2025-10-10_ETHUSDT.csv'));
    expect(rows[0]).toMatchObject({ asset: 'ETH', last: 4_099.16, bid: 0 });
  });

  it('books by levels are refused: they tell no price line by line', async () => {
    const file = fileOf(['exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount']);
    await expect(readAll([file])).rejects.toThrow('of no known format');
  });
});

describe('the simple format', () => {
  it('has several symbols in one file', async () => {
    const rows = await read(sample('crash.csv'));
    expect(rows.slice(0, 3)).toMatchObject([
      { atMicros: BEGIN, asset: 'BTC', last: 117_148.81 },
      { atMicros: BEGIN, asset: 'SOL', last: 221.961 },
      { atMicros: BEGIN + 4_000_000, asset: 'BTC' },
    ]);
  });

  it('takes seconds, milliseconds, microseconds, nanoseconds and ISO 8601, columns in any order, more columns, CRLF and a byte order mark', async () => {
    const times = [
      '1760130600',
      '1760130600.25',
      '1760130600500',
      '1760130600500001',
      '1760130600500002999',
      '2025-10-10T21:10:01.5Z',
      '2025-10-10T23:10:02+02:00',
    ];
    const file = fileOf(['\uFEFFvolume,price,time,symbol\r', ...times.map((time) => `7,1.5,${time},SOL\r`)]);
    const rows = await read(file);
    expect(rows.map(({ atMicros }) => atMicros - BEGIN)).toEqual([0, 250_000, 500_000, 500_001, 500_002, 1_500_000, 2_000_000]);
  });

  it('may have no header', async () => {
    expect(await read(fileOf(['2025-10-10,BTCUSDT,117000', '2025-10-10 00:00:01,btc/usd,117001']))).toMatchObject([
      { asset: 'BTC', last: 117_000 },
      { asset: 'BTC', last: 117_001 },
    ]);
  });
});
