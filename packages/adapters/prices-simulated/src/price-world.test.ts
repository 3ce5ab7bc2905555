import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPriceWorld, type PriceWorld, type SimulatedAsset, type SimulatedSource } from './price-world.ts';

const DAY = 86_400;
const YEAR_MINUTES = 365 * 1440;

function asset(symbol: string, change: Partial<SimulatedAsset> = {}): SimulatedAsset {
  const usual = { startPrice: 100, priceStep: 0.0001, volatility: 0.7, beta: 1.2, isPegged: false, halfSpread: 0.0001, everySeconds: 1 };
  return { symbol, ...usual, ...change };
}

function source(name: string, quote: SimulatedSource['quote'] = 'USD'): SimulatedSource {
  return { name, quote, latencySeconds: name.length % 2, noise: 0.00005, spreadFactor: 1, silencesPerDay: 1 };
}

function makeWorld(seed: number): PriceWorld {
  const assets = [
    asset('BTC', { volatility: 0.5, beta: 1, startPrice: 95_000, priceStep: 0.1 }),
    asset('ETH', { volatility: 0.7, beta: 1.3 }),
    asset('DOGE', { volatility: 1, beta: 1.6, startPrice: 0.2, priceStep: 0.00001, everySeconds: 3 }),
    asset('USDT', { volatility: 0.0003, beta: 0, startPrice: 1, isPegged: true, everySeconds: 3 }),
  ];
  return createPriceWorld({ seed, assets, sources: [source('a'), source('bb'), source('c', 'USDC'), source('d', 'USDT')] });
}

/** Logarithmic changes from minute to minute. */
function minuteChanges(world: PriceWorld, symbol: string, from: number, to: number): number[] {
  const changes: number[] = [];
  for (let at = from + 60; at <= to; at += 60) changes.push(Math.log(world.priceAt(symbol, at) / world.priceAt(symbol, at - 60)));
  return changes;
}

function deviation(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

describe('a simulated world', () => {
  it('has the same prices for the same seed and second, whenever it is asked', () => {
    const seconds = fc.array(fc.integer({ min: -10, max: 40 * DAY }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(), seconds, (seed, asked) => {
        const walked = makeWorld(seed);
        for (const second of asked) {
          expect(walked.priceAt('ETH', second)).toBe(makeWorld(seed).priceAt('ETH', second));
          expect(walked.quotesAt(second, second - 1)).toEqual(makeWorld(seed).quotesAt(second, second - 1));
        }
      }),
      { seed: 3, numRuns: 20 },
    );
  });

  it('differs from seed to seed and begins at its start prices', () => {
    expect(makeWorld(1).priceAt('BTC', 0)).toBe(95_000);
    expect(makeWorld(1).priceAt('BTC', DAY)).not.toBe(makeWorld(2).priceAt('BTC', DAY));
    expect(makeWorld(1).priceAt('BTC', DAY)).not.toBe(makeWorld(1 + 2 ** 32).priceAt('BTC', DAY));
  });

  it('moves from second to second without gaps at the ends of its segments', () => {
    const world = makeWorld(5);
    for (let second = 1; second < 4_000; second += 1) {
      const change = Math.abs(Math.log(world.priceAt('BTC', second) / world.priceAt('BTC', second - 1)));
      expect(change).toBeLessThan(0.02);
    }
  });

  it.each([
    ['BTC', 0.5],
    ['ETH', 0.7],
    ['DOGE', 1],
  ])('moves %s by about its volatility of a year, %f', (symbol, volatility) => {
    const measured = [1, 2, 3, 4].map((seed) => deviation(minuteChanges(makeWorld(seed), symbol, 0, 15 * DAY)) * Math.sqrt(YEAR_MINUTES));
    const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
    expect(mean).toBeGreaterThan(volatility * 0.6);
    expect(mean).toBeLessThan(volatility * 1.6);
  });

  it('moves its assets together', () => {
    const world = makeWorld(9);
    const bitcoin = minuteChanges(world, 'BTC', 0, 10 * DAY);
    const ether = minuteChanges(world, 'ETH', 0, 10 * DAY);
    const product = bitcoin.reduce((sum, change, at) => sum + change * (ether[at] ?? 0), 0) / bitcoin.length;
    const correlation = product / (deviation(bitcoin) * deviation(ether));
    expect(correlation).toBeGreaterThan(0.4);
    expect(correlation).toBeLessThan(0.98);
  });

  it('has calm and volatile hours', () => {
    const world = makeWorld(4);
    const hours = Array.from({ length: 10 * 24 }, (_, hour) => deviation(minuteChanges(world, 'BTC', hour * 3600, (hour + 1) * 3600)));
    hours.sort((a, b) => a - b);
    expect((hours[216] ?? 0) / (hours[24] ?? 1)).toBeGreaterThan(2);
  });

  it('stays within reason for years', () => {
    const world = makeWorld(6);
    for (let day = 0; day < 5 * 365; day += 7) {
      const price = world.priceAt('DOGE', day * DAY);
      expect(price).toBeGreaterThan(0.2 / 12);
      expect(price).toBeLessThan(0.2 * 12);
    }
  });

  it('keeps a peg within a few basis points', () => {
    const world = makeWorld(8);
    for (let at = 0; at < 5 * DAY; at += 97) expect(Math.abs(world.priceAt('USDT', at) - 1)).toBeLessThan(0.0015);
  });
});

describe('the sources of a simulated world', () => {
  it('quote close to the price, each in its unit, on its steps, and never USDT in USDT', () => {
    const world = makeWorld(2);
    for (let second = 1; second < 600; second += 1) {
      for (const { source: name, asset: symbol, bid, ask, last } of world.quotesAt(second, second - 1)) {
        const unit = name === 'd' ? world.priceAt('USDT', second) : 1;
        const price = world.priceAt(symbol, second) / unit;
        expect(bid).toBeLessThanOrEqual(ask);
        expect(last === bid || last === ask).toBe(true);
        expect(Math.abs(Math.log((bid + ask) / 2 / price))).toBeLessThan(0.02);
        expect(`${name} ${symbol}`).not.toBe('d USDT');
      }
    }
  });

  it('take turns over assets that move little, and give all of them at first', () => {
    const world = makeWorld(2);
    const assetsOf = (name: string, second: number, after: number): string[] =>
      world.quotesAt(second, after).flatMap((quote) => (quote.source === name ? [quote.asset] : []));
    expect(assetsOf('a', 1_000, Number.NEGATIVE_INFINITY)).toEqual(['BTC', 'ETH', 'DOGE', 'USDT']);
    const spoken = [1_001, 1_002, 1_003].map((second) => assetsOf('a', second, second - 1).filter((symbol) => symbol === 'DOGE').length);
    expect(spoken.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(assetsOf('a', 1_003, 1_000)).toContain('DOGE');
  });

  it('fall silent now and then, for less than two minutes', () => {
    const world = makeWorld(3);
    const silences: number[] = [];
    let silent = 0;
    for (let second = 0; second < 4 * DAY; second += 1) {
      if (second % 5 !== 0) continue;
      const isHeard = world.quotesAt(second, second - 1).some((quote) => quote.source === 'a');
      if (!isHeard) silent += 5;
      else if (silent > 0) {
        silences.push(silent);
        silent = 0;
      }
    }
    expect(silences.length).toBeGreaterThan(0);
    for (const seconds of silences) expect(seconds).toBeLessThan(120);
  });
});
