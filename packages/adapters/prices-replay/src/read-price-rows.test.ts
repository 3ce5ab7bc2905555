import { truncateSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { describeRefused } from './price-row.ts';
import { readPriceRows } from './read-price-rows.ts';
import { parseReplayFile } from './replay-file.ts';
import { ASSETS, fileOf, readAll, removeFiles, sample } from './testing/files.ts';

afterAll(removeFiles);

const HEADER = 'time,symbol,price';
const GOOD = '1760130600,BTC,100';

describe('a line that cannot be used', () => {
  it.each([
    ['zero', '1760130600,BTC,0', '0', 'a price is above 0'],
    ['negative', '1760130600,BTC,-5', '-5', 'a price is above 0'],
    ['no number', '1760130600,BTC,NaN', 'NaN', 'a price is a decimal number with a point'],
    ['a number in hexadecimal', '1760130600,BTC,0x10', '0x10', 'a price is a decimal number with a point'],
    ['empty', '1760130600,BTC,', '', 'a price is a decimal number with a point'],
    ['missing', '1760130600,BTC', '', 'a price is a decimal number with a point'],
    ['beyond any coin', '1760130600,BTC,1e300', '1e300', 'a price is between 1e-12 and 1000000000000'],
    [
      'of no time',
      'yesterday,BTC,100',
      'yesterday',
      'a time is ISO 8601 or an epoch in seconds, milliseconds, microseconds or nanoseconds',
    ],
    [
      'of a day that is none',
      '2025-13-40,BTC,100',
      '2025-13-40',
      'a time is ISO 8601 or an epoch in seconds, milliseconds, microseconds or nanoseconds',
    ],
    ['of another century', '1560-10-10,BTC,100', '1560-10-10', 'a time is from 2009 to 2100'],
    [
      'of an unknown symbol',
      '1760130600,PEPEUSDT,100',
      'PEPEUSDT',
      'a symbol is of an asset of this venue, or is mapped to one with FILE=SOURCE:SYMBOL=ASSET',
    ],
    [
      'quoted',
      '"1760130600","BTC","100"',
      '"1760130600"',
      'a time is ISO 8601 or an epoch in seconds, milliseconds, microseconds or nanoseconds',
    ],
  ])('is refused with its place, value and rule: %s', async (_what, line, value, rule) => {
    const file = fileOf([HEADER, GOOD, line, '', '1760130601,BTC,101']);
    const { rows, refused } = await readAll([file]);
    expect(rows.map(({ last }) => last)).toEqual([100, 101]);
    expect(refused).toEqual([{ file, line: 3, value, rule }]);
  });

  it.each([
    ['high below close', '1760130600000,10,11,9,12,1,1760130659999,1,1,1,1,0', 'high is the highest price of its candle'],
    ['low above open', '1760130600000,10,12,11,12,1,1760130659999,1,1,1,1,0', 'low is the lowest price of its candle'],
    ['closed before it opened', '1760130600000,10,12,9,12,1,1760130600000,1,1,1,1,0', 'a candle closes after it opened'],
    ['a negative low', '1760130600000,10,12,-9,12,1,1760130659999,1,1,1,1,0', 'low is above 0'],
  ])('is a candle that cannot be: %s', async (_what, line, rule) => {
    const good = '1760130540000,10,12,9,12,1,1760130599999,1,1,1,1,0';
    const { rows, refused } = await readAll([`${fileOf([good, line])}=a:BTC`]);
    expect(rows).toHaveLength(4);
    expect(refused).toMatchObject([{ line: 2, rule }]);
  });

  it('is a crossed quote, or one of a book with one side', async () => {
    const file = fileOf([
      'exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount',
      'x,BTCUSDT,1760130600000000,1760130600000001,1,101,100,1',
      'x,BTCUSDT,1760130600000000,1760130600000002,1,99,100,1',
      'x,BTCUSDT,1760130600000000,1760130600000003,,,100,1',
    ]);
    const { rows, refused } = await readAll([file]);
    expect(rows).toHaveLength(1);
    expect(refused).toMatchObject([
      { line: 3, value: '100 > 99', rule: 'the bid is not above the ask' },
      { line: 4, value: '' },
    ]);
  });

  it('is one too far behind; one a little behind is played with the line before it', async () => {
    const file = fileOf([HEADER, '1760130610,BTC,1', '1760130609.5,BTC,2', '1760130608.9,BTC,3', '1760130611,BTC,4']);
    const { rows, refused } = await readAll([file]);
    expect(rows.map(({ atMicros, last }) => [atMicros / 1e6, last])).toEqual([
      [1_760_130_610, 1],
      [1_760_130_610, 2],
      [1_760_130_611, 4],
    ]);
    expect(refused).toMatchObject([{ line: 4, value: '1.1 s', rule: expect.stringContaining('sort the file by time') }]);
  });

  it('is told of on one line', () => {
    expect(describeRefused({ file: 'a.csv', line: 7, value: '-1', rule: 'a price is above 0' })).toBe(
      'a.csv:7: "-1" breaks the rule: a price is above 0',
    );
    expect(describeRefused({ file: 'a.csv', line: 7, value: 'x'.repeat(500), rule: 'r' }).length).toBeLessThan(120);
  });
});

describe('a file that cannot be used', () => {
  it.each([
    ['empty', [], 'has nothing usable: it is empty'],
    ['a header alone', [HEADER], 'has nothing usable: it is empty, or has no line after its heading'],
    ['nothing but nonsense', [HEADER, 'a,b,c', '1760130600,BTC,0'], '2 lines were refused, the first since "a" breaks the rule: a time is'],
    ['another format', ['date;last', '1;2'], 'of no known format'],
    ['no CSV at all', ['x'.repeat(70_000)], 'it is no CSV file'],
  ])('refuses the start: %s', async (_what, lines, words) => {
    await expect(readAll([sample('crash.csv'), fileOf(lines)])).rejects.toThrow(words);
  });

  it('is one that is not there, an archive, or one cut short', async () => {
    await expect(readAll(['nowhere.csv'])).rejects.toThrow('nowhere.csv cannot be read: ENOENT');
    await expect(readAll(['BTCUSDT-1m-2025-10.zip'])).rejects.toThrow('unpack it');
    const cut = fileOf(
      [HEADER, ...Array.from({ length: 50_000 }, (_, at) => `${1_760_130_600 + at},BTC,${100 + (at % 97) / 7}`)],
      'cut.csv.gz',
    );
    truncateSync(cut, 60_000);
    await expect(readAll([cut])).rejects.toThrow('cut.csv.gz cannot be read: unexpected end of file');
    const text = fileOf([], 'text.csv.gz');
    writeFileSync(text, `${HEADER}\n${GOOD}\n`);
    await expect(readAll([text])).rejects.toThrow('incorrect header check');
  });

  it('is one that begins with ten thousand lines of nonsense: it is not read to its end', async () => {
    const refused: number[] = [];
    const file = fileOf([HEADER, ...Array.from({ length: 20_000 }, () => 'a,b,c'), GOOD]);
    const rows = readPriceRows([parseReplayFile(file)], {
      assets: ASSETS,
      toleranceMicros: 0,
      onRefused: ({ line }) => refused.push(line),
    });
    await expect(rows.next()).rejects.toThrow('10000 lines were refused');
    expect(refused).toHaveLength(10_000);
  });
});

describe('several files', () => {
  it('are merged by time, at one moment in the order given', async () => {
    const first = fileOf([HEADER, '1760130600,BTC,1', '1760130603,BTC,4', '1760130604,BTC,6']);
    const second = fileOf([HEADER, '1760130601,SOL,2', '1760130603,SOL,5']);
    const third = fileOf([HEADER, '1760130602,ETH,3', '1760130609,ETH,7'], 'third.csv.gz');
    const { rows } = await readAll([`${first}=a`, `${second}=b`, `${third}=c`]);
    expect(rows.map(({ last }) => last)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(rows.map(({ source }) => source).join('')).toBe('abcabac');
  });

  it('come in one order whatever their number', async () => {
    const files = Array.from({ length: 40 }, (_, file) =>
      fileOf([
        HEADER,
        ...Array.from(
          { length: 50 },
          (_line, at) => `${1_760_130_600 + ((at * 40 + file * 7) % 2_000) * 0 + at * 3 + (file % 11)},BTC,${file + 1}`,
        ),
      ]),
    );
    const { rows } = await readAll(files);
    expect(rows).toHaveLength(2_000);
    for (let at = 1; at < rows.length; at += 1) {
      const [before, now] = [rows[at - 1], rows[at]];
      expect(now?.atMicros).toBeGreaterThanOrEqual(before?.atMicros ?? 0);
      if (now?.atMicros === before?.atMicros) expect(now?.last).toBeGreaterThan(before?.last ?? 0);
    }
  });

  it('are closed when the walk ends early', async () => {
    const rows = readPriceRows([parseReplayFile(sample('crash.csv'))], { assets: ASSETS, toleranceMicros: 0, onRefused: () => undefined });
    await rows.next();
    await rows.return();
    expect(await rows.next()).toEqual({ done: true, value: undefined });
  });
});
