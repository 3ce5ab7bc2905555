import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from './assert.ts';
import { feeDown, feeUp } from './fee.ts';
import { asAtoms, asPpm, atoms, ppm } from './quantities.ts';

const RUNS = { numRuns: 2_000, seed: 20_004 };

describe('a fee', () => {
  it('is the exact share of the notional, rounded up; a rebate is rounded down', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 1_000_000 }), (notional, rate) => {
        const product = BigInt(notional) * BigInt(rate);
        expect(BigInt(feeUp(atoms(notional), ppm(rate)))).toBe((product + 999_999n) / 1_000_000n);
        expect(BigInt(feeDown(atoms(notional), ppm(rate)))).toBe(product / 1_000_000n);
      }),
      RUNS,
    );
  });

  it('has known values', () => {
    expect(feeUp(atoms(1_000_001), ppm(500))).toBe(501);
    expect(feeDown(atoms(1_000_001), ppm(500))).toBe(500);
    expect(feeUp(atoms(0), ppm(500))).toBe(0);
    expect(feeUp(atoms(1), ppm(0))).toBe(0);
  });

  it('is refused on a negative notional, at a negative rate and above the whole', () => {
    expect(() => feeUp(asAtoms(-1), ppm(1))).toThrow(AssertionError);
    expect(() => feeUp(atoms(1), ppm(-1))).toThrow(AssertionError);
    expect(() => feeDown(atoms(1), asPpm(1_000_001))).toThrow(AssertionError);
  });
});
