import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from './assert.ts';
import { formatAmount, formatPrice, formatQuantity, parseAmount, parsePrice, parseQuantity } from './market-text.ts';
import { asTicks, atoms, lots, signedLots, ticks } from './quantities.ts';

const price = { tickAtoms: 5, priceDecimals: 2 };
const quantity = { lotAtoms: 100_000, baseDecimals: 8 };

describe('the text of prices, quantities and amounts', () => {
  it('is read in ticks, lots and atoms', () => {
    expect(parsePrice('145.05', price)).toStrictEqual({ ok: true, value: 2_901 });
    expect(parsePrice('145.050', price)).toStrictEqual({ ok: true, value: 2_901 });
    expect(parseQuantity('0.002', quantity)).toStrictEqual({ ok: true, value: 2 });
    expect(parseAmount('54.375', 6)).toStrictEqual({ ok: true, value: 54_375_000 });
    expect(parsePrice('0', price)).toStrictEqual({ ok: true, value: 0 });
  });

  it('is refused between two ticks or lots, when too fine, negative or malformed', () => {
    expect(parsePrice('145.03', price)).toStrictEqual({ ok: false, reason: 'notMultiple' });
    expect(parsePrice('145.051', price)).toStrictEqual({ ok: false, reason: 'tooPrecise' });
    expect(parsePrice('-145.05', price)).toStrictEqual({ ok: false, reason: 'negative' });
    expect(parsePrice('1e2', price)).toStrictEqual({ ok: false, reason: 'malformed' });
    expect(parseQuantity('0.0015', quantity)).toStrictEqual({ ok: false, reason: 'notMultiple' });
    expect(parseAmount('-1', 6)).toStrictEqual({ ok: false, reason: 'negative' });
  });

  it('is written in the shortest exact form', () => {
    expect(formatPrice(ticks(2_901), price)).toBe('145.05');
    expect(formatQuantity(lots(2), quantity)).toBe('0.002');
    expect(formatQuantity(signedLots(-1_000), quantity)).toBe('-1');
    expect(formatAmount(atoms(54_375_000), 6)).toBe('54.375');
  });

  it('is read back as what was written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 0, max: 10 }),
        (count, size, decimals) => {
          const priceScale = { tickAtoms: size, priceDecimals: decimals };
          expect(parsePrice(formatPrice(ticks(count), priceScale), priceScale)).toStrictEqual({ ok: true, value: count });
          const quantityScale = { lotAtoms: size, baseDecimals: decimals };
          expect(parseQuantity(formatQuantity(lots(count), quantityScale), quantityScale)).toStrictEqual({ ok: true, value: count });
        },
      ),
      { numRuns: 500, seed: 20_006 },
    );
  });

  it('is a bug when the scale is wrong or the product does not fit', () => {
    expect(() => parsePrice('1', { tickAtoms: 0, priceDecimals: 2 })).toThrow(AssertionError);
    expect(() => formatPrice(asTicks(2 ** 52), price)).toThrow(AssertionError);
  });
});
