import type { Candle } from '@mochila/protocol';
import { CANDLE_INTERVALS, type CandleInterval, candleEnd, candleStart } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Candles, type ClosedCandle } from './candles.ts';
import { Tickers } from './tickers.ts';

const at = (text: string): number => Date.parse(`${text}Z`) * 1000;

describe('the beginning of a candle', () => {
  it.each<[CandleInterval, string, string, string]>([
    ['1s', '2026-11-22T15:26:44.900', '2026-11-22T15:26:44', '2026-11-22T15:26:45'],
    ['3m', '2026-11-22T15:26:44', '2026-11-22T15:24:00', '2026-11-22T15:27:00'],
    ['8h', '2026-11-22T15:26:44', '2026-11-22T08:00:00', '2026-11-22T16:00:00'],
    ['1d', '2026-11-22T15:26:44', '2026-11-22T00:00:00', '2026-11-23T00:00:00'],
    // A Sunday belongs to the week that began on the Monday before.
    ['1w', '2026-11-22T15:26:44', '2026-11-16T00:00:00', '2026-11-23T00:00:00'],
    ['1w', '2026-11-23T00:00:00', '2026-11-23T00:00:00', '2026-11-30T00:00:00'],
    ['1month', '2028-02-29T23:59:59', '2028-02-01T00:00:00', '2028-03-01T00:00:00'],
    ['1month', '2026-12-31T00:00:00', '2026-12-01T00:00:00', '2027-01-01T00:00:00'],
  ])('of %s that holds %s is %s, its end %s', (interval, moment, start, end) => {
    expect(candleStart(interval, at(moment))).toBe(at(start));
    expect(candleEnd(interval, at(start))).toBe(at(end));
  });

  it('and its end hold the moment, and the end begins the next', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CANDLE_INTERVALS), fc.integer({ min: 1e15, max: 4e15 }), (interval, moment) => {
        const start = candleStart(interval, moment);
        const end = candleEnd(interval, start);
        expect(start <= moment && moment < end).toBe(true);
        expect(candleStart(interval, end)).toBe(end);
        expect(candleStart(interval, end - 1)).toBe(start);
      }),
      { numRuns: 2_000, seed: 4_002 },
    );
  });
});

interface Trade {
  time: number;
  price: number;
  lots: number;
}

/** Candles of an interval, the plain way: group, then look at each group. */
function plainCandles(interval: CandleInterval, trades: readonly Trade[]): Candle[] {
  const groups = new Map<number, Trade[]>();
  for (const trade of trades) {
    const start = candleStart(interval, trade.time);
    groups.set(start, [...(groups.get(start) ?? []), trade]);
  }
  return [...groups].map(([startMicros, group]) => ({
    startMicros,
    endMicros: candleEnd(interval, startMicros),
    open: group[0]?.price ?? 0,
    high: Math.max(...group.map(({ price }) => price)),
    low: Math.min(...group.map(({ price }) => price)),
    close: group.at(-1)?.price ?? 0,
    volumeLots: group.reduce((sum, { lots }) => sum + BigInt(lots), 0n),
    quoteAtoms: group.reduce((sum, { lots, price }) => sum + BigInt(lots * price), 0n),
    trades: group.length,
  }));
}

describe('candles', () => {
  it('are those of the plain way, in every interval, whenever they are read', () => {
    const step = fc.record({
      gap: fc.oneof(fc.nat(900_000), fc.nat(90_000_000), fc.nat(9_000_000_000)),
      price: fc.integer({ min: 1, max: 50 }),
      lots: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const candles = new Candles(() => 1_000);
        const trades: Trade[] = [];
        let time = at('2026-11-22T15:26:44');
        for (const { gap, price, lots } of steps) {
          time += gap;
          trades.push({ time, price, lots });
          candles.addTrade(time, price, lots, price * lots);
        }
        for (const interval of CANDLE_INTERVALS) {
          const running = candles.running(interval);
          expect([...candles.closed(interval), ...(running === null ? [] : [running])]).toEqual(plainCandles(interval, trades));
        }
      }),
      { numRuns: 150, seed: 4_003 },
    );
  });

  it('close when time passes, each once, shortest first', () => {
    const candles = new Candles();
    const start = at('2026-11-22T15:59:59.5');
    expect(candles.addTrade(start, 100, 2, 200)).toEqual([]);
    expect(candles.advance(start + 400_000)).toEqual([]);
    const closed = candles.advance(start + 500_000).map(({ interval }) => interval);
    expect(closed).toEqual(['1s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '8h']);
    expect(candles.advance(start + 600_000)).toEqual([]);
    expect(candles.running('1h')).toBeNull();
    expect(candles.running('1d')).toMatchObject({ open: 100, volumeLots: 2n, trades: 1 });
  });

  it('keep no more than they are told', () => {
    const candles = new Candles((interval) => (interval === '1s' ? 3 : 1));
    for (let second = 0; second < 10; second += 1) candles.addPrice(second * 1e6, second);
    expect(candles.closed('1s').map(({ open }) => open)).toEqual([6, 7, 8]);
  });

  it('go on from what history gives them', () => {
    const candles = new Candles();
    const known = { startMicros: 0, endMicros: 60e6, open: 5, high: 9, low: 4, close: 6, volumeLots: 7n, quoteAtoms: 70n, trades: 3 };
    candles.load('1m', [], known);
    candles.addTrade(30e6, 10, 1, 10);
    expect(candles.running('1m')).toEqual({ ...known, high: 10, close: 10, volumeLots: 8n, quoteAtoms: 80n, trades: 4 });
  });

  it('sum volumes beyond 2^53 exactly', () => {
    const candles = new Candles();
    candles.addTrade(0, 1, 1, Number.MAX_SAFE_INTEGER);
    candles.addTrade(1, 1, 1, Number.MAX_SAFE_INTEGER);
    expect(candles.running('1month')?.quoteAtoms).toBe(2n * BigInt(Number.MAX_SAFE_INTEGER));
  });
});

describe('tickers', () => {
  it('are null before a trade, then figures of the window, and forget what is older', () => {
    const candles = new Candles();
    const tickers = new Tickers(candles);
    const add = (closed: ClosedCandle[]): void => tickers.add(closed);
    const start = at('2026-11-20T10:00:00');
    const day = 86_400e6;
    expect(tickers.figures('1d', start)).toBeNull();
    add(candles.addTrade(start, 100, 1, 100));
    add(candles.addTrade(start + 3_600e6, 120, 2, 240));
    add(candles.addTrade(start + 7_200e6, 90, 1, 90));
    expect(tickers.figures('1d', start + 7_200e6)).toEqual({
      open: 100,
      high: 120,
      low: 90,
      last: 90,
      volumeLots: 4n,
      quoteAtoms: 430n,
      trades: 3,
    });
    add(candles.advance(start + day + 60e6));
    expect(tickers.figures('1d', start + day + 60e6)).toMatchObject({ open: 120, volumeLots: 3n, trades: 2 });
    expect(tickers.figures('1w', start + day + 60e6)).toMatchObject({ open: 100, trades: 3 });
    add(candles.advance(start + 2 * day));
    expect(tickers.figures('1d', start + 2 * day)).toBeNull();
    expect(tickers.figures('1w', start + 9 * day)).toBeNull();
  });
});
