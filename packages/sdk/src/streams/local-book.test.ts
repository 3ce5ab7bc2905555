import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalBook } from './local-book.ts';

describe('a local book', () => {
  it('is what a plain map of levels is', () => {
    const change = fc.record({ isBid: fc.boolean(), tick: fc.integer({ min: 1, max: 12 }), lots: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const book = new LocalBook('X');
        const plain = { bids: new Map<number, number>(), asks: new Map<number, number>() };
        for (const [at, { isBid, tick, lots }] of changes.entries()) {
          const side = isBid ? plain.bids : plain.asks;
          if (lots === 0) side.delete(tick);
          else side.set(tick, lots);
          // The same price comes in more than one spelling.
          const level: [string, string] = [at % 2 === 0 ? `${tick}.0` : String(tick), String(lots)];
          expect(book.apply({ U: at + 1, u: at + 1, b: isBid ? [level] : [], a: isBid ? [] : [level] })).toBe('applied');
        }
        const levels = (side: Map<number, number>) => [...side].sort(([left], [right]) => left - right);
        const shown = (side: LocalBook['bids']) => side.map(({ price, quantity }) => [Number(price), Number(quantity)]);
        expect(shown(book.bids)).toEqual(levels(plain.bids).reverse());
        expect(shown(book.asks)).toEqual(levels(plain.asks));
      }),
      { seed: 60_006 },
    );
  });

  it('passes over what it knows and says when something is missing', () => {
    const book = new LocalBook('X');
    book.reset({ bids: [['1', '5']], asks: [['2', '5']], lastUpdateId: '10' });
    expect(book.apply({ U: 9, u: 10, b: [['1', '0']], a: [] })).toBe('old');
    expect(book.apply({ U: 12, u: 12, b: [['1', '0']], a: [] })).toBe('gap');
    expect(book.bids).toHaveLength(1);
    expect(book.apply({ U: 10, u: 11, b: [['1', '0']], a: [] })).toBe('applied');
    expect(book.bids).toHaveLength(0);
    expect(book.updateId).toBe(11);
  });
});
