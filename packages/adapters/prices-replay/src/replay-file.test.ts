import { describe, expect, it } from 'vitest';
import { createAssetReader, parseReplayFile } from './replay-file.ts';
import { sourceNames } from './source-names.ts';

describe('what is said of a file', () => {
  it.each([
    ['day.csv', { path: 'day.csv', source: 'replay', asset: null, assetBySymbol: new Map() }],
    ['a:b/day.csv=okx', { path: 'a:b/day.csv', source: 'okx', asset: null, assetBySymbol: new Map() }],
    ['day.csv=okx:BTC', { path: 'day.csv', source: 'okx', asset: 'BTC', assetBySymbol: new Map() }],
    [
      'day.csv=okx:xbtusd=BTC,X=SOL',
      {
        path: 'day.csv',
        source: 'okx',
        asset: null,
        assetBySymbol: new Map([
          ['XBTUSD', 'BTC'],
          ['X', 'SOL'],
        ]),
      },
    ],
  ])('is read: %s', (text, expected) => {
    expect(parseReplayFile(text)).toEqual(expected);
  });

  it.each([
    '',
    '=okx',
    'day.csv=',
    'day.csv=a b',
    'day.csv=a:',
    'day.csv=a:btc',
    'day.csv=a:BTC,SOL',
    'day.csv=a:X=BTC,X=SOL',
    'day.csv=a:=BTC',
    'day.csv=a:B:C',
  ])('is refused in words: "%s"', (text) => {
    expect(() => parseReplayFile(text)).toThrow('is FILE, FILE=SOURCE, FILE=SOURCE:ASSET or FILE=SOURCE:SYMBOL=ASSET');
  });
});

describe('a symbol', () => {
  const assets = ['BTC', 'SOL', 'USDT', 'USDC', '1INCH'];
  const read = (symbol: string | null, file = 'x.csv') => createAssetReader(parseReplayFile(file), assets)(symbol);

  it.each([
    ['BTC', 'BTC'],
    ['BTCUSDT', 'BTC'],
    ['btc-usd', 'BTC'],
    ['BTC/USDC', 'BTC'],
    ['BTC-PERPETUAL', 'BTC'],
    ['BTC-USDT-SWAP', 'BTC'],
    ['SOL_USDC_PERP', 'SOL'],
    ['XBTUSD', 'BTC'],
    ['USDT', 'USDT'],
    ['USDTUSD', 'USDT'],
    ['1INCHUSDT', '1INCH'],
    ['ETHUSDT', null],
    ['BTCEUR', null],
    ['', null],
  ])('%s is of %s', (symbol, asset) => {
    expect(read(symbol)).toBe(asset);
  });

  it('is as mapped where a mapping says so, and of an asset that the venue has', () => {
    expect(read('BTCUSDT', 'x.csv=a:BTCUSDT=SOL')).toBe('SOL');
    expect(read('ANY', 'x.csv=a:SOL')).toBe('SOL');
    expect(read('ANY', 'x.csv=a:ETH')).toBeNull();
    expect(read('SOLUSD', 'x.csv=a:BTCUSDT=SOL')).toBe('SOL');
  });

  it('is what the name of the file begins with where the file has none', () => {
    expect(read(null, 'data/SOLUSDT-1m-2025-10-10.csv')).toBe('SOL');
    expect(read(null, 'data/BTCUSDT.csv.gz')).toBe('BTC');
    expect(read(null, 'data/prices.csv')).toBeNull();
  });
});

describe('names of sources', () => {
  it('are their own where there are three, else of copies', () => {
    expect([...sourceNames(['a', 'b', 'a', 'c'], 3)]).toEqual([
      ['a', ['a']],
      ['b', ['b']],
      ['c', ['c']],
    ]);
    expect([...sourceNames(['a', 'b'], 3)]).toEqual([
      ['a', ['a-copy-1', 'a-copy-2']],
      ['b', ['b-copy-1', 'b-copy-2']],
    ]);
    expect([...sourceNames(['a', 'a'], 3)]).toEqual([['a', ['a-copy-1', 'a-copy-2', 'a-copy-3']]]);
  });
});
