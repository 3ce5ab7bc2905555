import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as units from './index.ts';

const { asAtoms, asLots, asTicks, SAFE_MAX } = units;
const RUNS = { numRuns: 500, seed: 20_007 };

describe('checked arithmetic', () => {
  const sums: readonly (readonly [string, (a: number, b: number) => number, (a: bigint, b: bigint) => bigint])[] = [
    ['addAtoms', (a, b) => units.addAtoms(asAtoms(a), asAtoms(b)), (a, b) => a + b],
    ['subAtoms', (a, b) => units.subAtoms(asAtoms(a), asAtoms(b)), (a, b) => a - b],
    ['addLots', (a, b) => units.addLots(asLots(a), asLots(b)), (a, b) => a + b],
    ['subLots', (a, b) => units.subLots(asLots(a), asLots(b)), (a, b) => a - b],
    ['addTicks', (a, b) => units.addTicks(asTicks(a), asTicks(b)), (a, b) => a + b],
    ['subTicks', (a, b) => units.subTicks(asTicks(a), asTicks(b)), (a, b) => a - b],
  ];

  it.each(sums)('%s is exact or halts', (_, compute, reference) => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        const exact = reference(BigInt(a), BigInt(b));
        const fits = exact <= BigInt(SAFE_MAX) && exact >= -BigInt(SAFE_MAX);
        if (fits) expect(BigInt(compute(a, b))).toBe(exact);
        else expect(() => compute(a, b)).toThrow(units.AssertionError);
      }),
      RUNS,
    );
  });

  it('values a quantity at a price exactly, or halts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 1, max: 1e4 }),
        (price, quantity, k) => {
          const exact = BigInt(price) * BigInt(quantity) * BigInt(k);
          const compute = () => units.notionalAtoms(asTicks(price), asLots(quantity), asAtoms(k));
          if (exact <= BigInt(SAFE_MAX) && exact >= -BigInt(SAFE_MAX)) expect(BigInt(compute())).toBe(exact);
          else expect(compute).toThrow(units.AssertionError);
        },
      ),
      RUNS,
    );
  });

  it('compares, negates and never returns minus zero', () => {
    expect(units.minAtoms(asAtoms(1), asAtoms(2))).toBe(1);
    expect(units.maxAtoms(asAtoms(1), asAtoms(2))).toBe(2);
    expect(units.minLots(asLots(1), asLots(2))).toBe(1);
    expect(units.maxLots(asLots(1), asLots(2))).toBe(2);
    expect(units.minTicks(asTicks(1), asTicks(2))).toBe(1);
    expect(units.maxTicks(asTicks(1), asTicks(2))).toBe(2);
    expect(units.absLots(asLots(-3))).toBe(3);
    expect(units.absLots(asLots(3))).toBe(3);
    expect(units.negLots(asLots(3))).toBe(-3);
    expect(units.negAtoms(asAtoms(3))).toBe(-3);
    for (const zero of [units.negAtoms(asAtoms(0)), units.negLots(asLots(0)), units.notionalAtoms(asTicks(-1), asLots(0), asAtoms(1))]) {
      expect(Object.is(zero, 0)).toBe(true);
    }
  });

  it('tells safe integers', () => {
    expect(units.isSafe(SAFE_MAX)).toBe(true);
    expect(units.isSafe(SAFE_MAX + 1)).toBe(false);
    expect(units.isSafe(0.5)).toBe(false);
    expect(() => units.assertSafe(2 ** 53)).toThrow(/9007199254740992/);
  });

  it('asserts with the words of the rule', () => {
    expect(() => units.assert(false, 'INV-07: book is not crossed')).toThrow('INV-07: book is not crossed');
    expect(() => units.assert(true, 'holds')).not.toThrow();
  });
});
