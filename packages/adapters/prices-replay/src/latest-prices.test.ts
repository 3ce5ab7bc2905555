import { describe, expect, it } from 'vitest';
import { LatestPrices } from './latest-prices.ts';
import type { PriceRow } from './price-row.ts';

const NAMES = new Map([['a', ['a-copy-1', 'a-copy-2']]]);

function row(atMicros: number, changes: Partial<PriceRow>): PriceRow {
  return { atMicros, source: 'a', asset: 'BTC', bid: 0, ask: 0, last: 0, holdsMicros: 0, ...changes };
}

describe('what a source last said', () => {
  it('is said under each of its names, for as long as it holds', () => {
    const prices = new LatestPrices(60);
    prices.take(row(100, { last: 5 }));
    expect(prices.quotesAt(160, 9, NAMES)).toEqual([
      { source: 'a-copy-1', asset: 'BTC', bid: 5, ask: 5, last: 5, seq: 9 },
      { source: 'a-copy-2', asset: 'BTC', bid: 5, ask: 5, last: 5, seq: 9 },
    ]);
    expect(prices.quotesAt(161, 10, NAMES)).toEqual([]);
    prices.take(row(200, { last: 6, holdsMicros: 900 }));
    expect(prices.quotesAt(1_100, 11, NAMES)).toHaveLength(2);
    expect(prices.quotesAt(1_101, 12, NAMES)).toEqual([]);
  });

  it('is the book and the trade of two files together, and the trade alone when the book is old', () => {
    const prices = new LatestPrices(60);
    const now = (at: number) => prices.quotesAt(at, 1, new Map())[0];
    prices.take(row(100, { bid: 10, ask: 12 }));
    expect(now(100)).toMatchObject({ source: 'a', bid: 10, ask: 12, last: 11 });
    prices.take(row(110, { last: 12 }));
    expect(now(110)).toMatchObject({ bid: 10, ask: 12, last: 12 });
    prices.take(row(120, { bid: 20, ask: 22 }));
    expect(now(120)).toMatchObject({ bid: 20, ask: 22, last: 21 });
    prices.take(row(180, { last: 25 }));
    expect(now(180)).toMatchObject({ bid: 20, ask: 22, last: 25 });
    prices.take(row(181, { last: 26 }));
    expect(now(181)).toMatchObject({ bid: 26, ask: 26, last: 26 });
  });
});
