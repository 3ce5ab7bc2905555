import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from './exchange-reader.ts';
import { PRICE_RULES } from './feed-rules.ts';
import { Instrument } from './instrument.ts';

const NOW_MS = 1_763_812_800_000;

/** A book around a middle with the sequence of an exchange that has one. */
function book(middle: number, seq: number, changes: Partial<Observation> = {}): Observation {
  const around = { bid: middle - 0.5, ask: middle + 0.5 };
  return { symbol: 'X', book: around, last: null, seq, stampMs: null, content: null, ...changes };
}

/** A whole ticker of an exchange that has only its time. */
function ticker(middle: number, stampMs: number, content = String(middle)): Observation {
  return { symbol: 'X', book: { bid: middle - 0.5, ask: middle + 0.5 }, last: middle, seq: null, stampMs, content };
}

function trade(last: number, seq: number): Observation {
  return { symbol: 'X', book: null, last, seq, stampMs: null, content: null };
}

describe('an instrument', () => {
  it('has no price before the first book, and the middle of the book until a trade is heard', () => {
    const instrument = new Instrument(PRICE_RULES);
    expect(instrument.take(trade(100.2, 1), NOW_MS)).toBeNull();
    expect(instrument.price()).toBeNull();
    instrument.take(book(100, 1), NOW_MS);
    expect(instrument.price()).toEqual({ bid: 99.5, ask: 100.5, last: 100.2 });
    const other = new Instrument(PRICE_RULES);
    other.take(book(100, 1), NOW_MS);
    expect(other.price()).toEqual({ bid: 99.5, ask: 100.5, last: 100 });
  });

  it.each([
    ['zero', { bid: 0, ask: 1 }, 1, 'notAPrice'],
    ['a negative bid', { bid: -5, ask: 1 }, 1, 'notAPrice'],
    ['an infinite ask', { bid: 1, ask: Number.POSITIVE_INFINITY }, 1, 'notAPrice'],
    ['no number', { bid: Number.NaN, ask: 1 }, 1, 'notAPrice'],
    ['what no coin costs', { bid: 1, ask: 1e300 }, 1, 'notAPrice'],
    ['a last price of zero', { bid: 1, ask: 1 }, 0, 'notAPrice'],
    ['a bid above the ask', { bid: 2, ask: 1 }, 1, 'crossed'],
  ])('refuses %s and stays as it is', (_name, values, last, refusal) => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(book(100, 1, { last: 100 }), NOW_MS);
    expect(instrument.take(book(100, 2, { book: values, last }), NOW_MS)).toBe(refusal);
    expect(instrument.price()).toEqual({ bid: 99.5, ask: 100.5, last: 100 });
  });

  it('takes a book whose bid is its ask', () => {
    expect(new Instrument(PRICE_RULES).take(book(100, 1, { book: { bid: 100, ask: 100 } }), NOW_MS)).toBeNull();
  });

  it.each([
    [5_000, null],
    [5_001, 'future'],
    [-10_000, null],
    [-10_001, 'past'],
  ])('judges a stamp of %d ms from now as %s', (ms, refusal) => {
    expect(new Instrument(PRICE_RULES).take(ticker(100, NOW_MS + ms), NOW_MS)).toBe(refusal);
  });
});

describe('the order of what is heard', () => {
  it('drops what comes late or again, by the sequence of the exchange', () => {
    const instrument = new Instrument(PRICE_RULES);
    expect(instrument.take(book(100, 7), NOW_MS)).toBeNull();
    expect(instrument.take(book(101, 6), NOW_MS)).toBe('late');
    expect(instrument.take(book(100, 7), NOW_MS)).toBe('repeated');
    expect(instrument.take(book(102, 8), NOW_MS)).toBeNull();
    expect(instrument.price()?.bid).toBe(101.5);
  });

  it('takes a rising sequence with the old prices as a confirmation', () => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(book(100, 7), NOW_MS);
    expect(instrument.take(book(100, 8), NOW_MS + 5_000)).toBeNull();
  });

  it('never takes an old price for new because its time is', () => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(ticker(100, NOW_MS), NOW_MS);
    for (let second = 1; second < 120; second += 1)
      expect(instrument.take(ticker(100, NOW_MS + second * 1_000), NOW_MS + second * 1_000)).toBe('repeated');
    expect(instrument.take(ticker(100, NOW_MS + 120_000, 'another size'), NOW_MS + 120_000)).toBeNull();
  });

  it('orders tickers without a sequence by their time', () => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(ticker(100, NOW_MS), NOW_MS);
    expect(instrument.take(ticker(101, NOW_MS - 1), NOW_MS)).toBe('late');
    expect(instrument.take(ticker(101, NOW_MS), NOW_MS)).toBeNull();
  });

  it('takes a lower sequence as a restart once nothing came for ten seconds, unless it says the same', () => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(book(100, 1_000), NOW_MS);
    expect(instrument.take(book(101, 1), NOW_MS + 9_999)).toBe('late');
    expect(instrument.take(book(100, 999), NOW_MS + 10_000)).toBe('late');
    expect(instrument.take(book(101, 1), NOW_MS + 10_000)).toBeNull();
    expect(instrument.take(book(101, 2), NOW_MS + 10_001)).toBeNull();
  });
});

describe('a trade', () => {
  it('changes the last price with the next book, far ones never', () => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(book(100, 1), NOW_MS);
    expect(instrument.take(trade(100.4, 5), NOW_MS)).toBeNull();
    expect(instrument.take(trade(100.1, 4), NOW_MS)).toBe('late');
    expect(instrument.take(trade(60, 6), NOW_MS)).toBe('jump');
    instrument.take(book(100, 2), NOW_MS);
    expect(instrument.price()).toEqual({ bid: 99.5, ask: 100.5, last: 100.4 });
  });
});

describe('a jump', () => {
  it('is taken when newer frames have said so for two seconds', () => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(book(100, 1), NOW_MS);
    expect(instrument.take(book(140, 2), NOW_MS + 1_000)).toBe('jump');
    expect(instrument.take(book(141, 3), NOW_MS + 2_000)).toBe('jump');
    expect(instrument.price()?.bid).toBe(99.5);
    expect(instrument.take(book(141, 4), NOW_MS + 3_000)).toBeNull();
    expect(instrument.price()?.bid).toBe(140.5);
  });

  it('is not confirmed by its own repetition', () => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(ticker(100, NOW_MS), NOW_MS);
    for (let second = 1; second < 60; second += 1)
      expect(instrument.take(ticker(60, NOW_MS + second * 1_000), NOW_MS + second * 1_000)).toBe('jump');
    expect(instrument.price()?.last).toBe(100);
  });

  it('that was a mistake is forgotten when the price is back', () => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(book(100, 1), NOW_MS);
    instrument.take(book(140, 2), NOW_MS);
    instrument.take(book(100, 3), NOW_MS + 1_000);
    expect(instrument.take(book(140, 4), NOW_MS + 3_000)).toBe('jump');
  });

  it.each([
    [110, null],
    [110.01, 'jump'],
    [90.91, null],
    [90.9, 'jump'],
  ])('begins beyond a tenth: %d after 100 is %s', (middle, refusal) => {
    const instrument = new Instrument(PRICE_RULES);
    instrument.take(book(100, 1), NOW_MS);
    expect(instrument.take(book(middle, 2), NOW_MS)).toBe(refusal);
  });
});

it('an instrument only ever shows a price that can be one, whatever it hears', () => {
  const value = fc.oneof(fc.double(), fc.double({ min: 90, max: 110 }), fc.constantFrom(0, -1, 1e308));
  const heard = fc.record({
    symbol: fc.constant('X'),
    book: fc.option(fc.record({ bid: value, ask: value })),
    last: fc.option(value),
    seq: fc.option(fc.nat(20)),
    stampMs: fc.option(fc.integer({ min: NOW_MS - 20_000, max: NOW_MS + 20_000 })),
    content: fc.option(fc.constantFrom('a', 'b')),
  });
  fc.assert(
    fc.property(fc.array(heard, { maxLength: 40 }), (observations) => {
      const instrument = new Instrument(PRICE_RULES);
      for (const [at, observation] of observations.entries()) {
        instrument.take(observation, NOW_MS + at * 700);
        const price = instrument.price();
        if (price === null) continue;
        expect(price.bid).toBeGreaterThan(0);
        expect(price.ask).toBeGreaterThanOrEqual(price.bid);
        expect(price.last).toBeGreaterThan(0);
        expect(Number.isFinite(price.ask + price.last)).toBe(true);
      }
    }),
    { seed: 11, numRuns: 300 },
  );
});
