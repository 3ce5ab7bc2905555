import { AssertionError, asPpb, atoms, ppb, signedLots, ticks } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FUNDING_CAP_PPB,
  FUNDING_FLOOR_PPB,
  fundingCredit,
  fundingPaymentDown,
  fundingPaymentUp,
  fundingRate,
  meanPremiumE12,
  premiumE12,
} from './funding.ts';

const premium = fc.oneof(fc.integer({ min: -2e11, max: 2e11 }), fc.integer({ min: -1e9, max: 1e9 }));
const rate = fc.integer({ min: FUNDING_FLOOR_PPB, max: FUNDING_CAP_PPB }).map(asPpb);
const size = fc.integer({ min: -1e7, max: 1e7 }).map(signedLots);
const mark = fc.integer({ min: 1, max: 1e6 }).map(ticks);
const k = fc.integer({ min: 1, max: 100 }).map(atoms);
const RUNS = { numRuns: 1_000, seed: 30_001 };

describe('the funding rate', () => {
  it('is the formula in rationals, rounded half to even', () => {
    const reference = (p: bigint): bigint => {
      const pull = 100_000_000n - p;
      const band = pull > 500_000_000n ? 500_000_000n : pull < -500_000_000n ? -500_000_000n : pull;
      const doubled = 2n * (p + band); // the rate is doubled / 16000; shift to keep it positive
      const shifted = doubled + 16_000n * 10n ** 9n;
      const floor = shifted / 16_000n;
      const rest = shifted - floor * 16_000n;
      const rounded = rest > 8_000n || (rest === 8_000n && floor % 2n === 1n) ? floor + 1n : floor;
      const value = rounded - 10n ** 9n;
      return value > 15_000_000n ? 15_000_000n : value < -15_000_000n ? -15_000_000n : value;
    };
    fc.assert(
      fc.property(premium, (p) => {
        expect(BigInt(fundingRate(p))).toBe(reference(BigInt(p)));
      }),
      RUNS,
    );
  });

  it('is 0.0000125 an hour in a quiet market and capped in a wild one', () => {
    expect(fundingRate(0)).toBe(12_500);
    expect(fundingRate(600_000_000)).toBe(12_500);
    expect(fundingRate(-400_000_000)).toBe(12_500);
    expect(fundingRate(2_000_000_000)).toBe(187_500);
    expect(fundingRate(10 ** 12)).toBe(15_000_000);
    expect(fundingRate(-(10 ** 12))).toBe(-15_000_000);
    expect(fundingRate(10 ** 12, ppb(-1), ppb(1))).toBe(1);
    expect(() => fundingRate(0.5)).toThrow(AssertionError);
  });

  it('never falls when the premium rises', () => {
    fc.assert(
      fc.property(premium, premium, (a, b) => {
        expect(fundingRate(Math.min(a, b))).toBeLessThanOrEqual(fundingRate(Math.max(a, b)));
      }),
      RUNS,
    );
  });

  it('is fed by whole trillionths', () => {
    expect(premiumE12(100.2, 100)).toBe(2_000_000_000);
    expect(premiumE12(100, 100)).toBe(0);
    expect(premiumE12(99, 100)).toBe(-10_000_000_000);
    expect(meanPremiumE12(7_200_000, 3_600)).toBe(2_000);
    expect(meanPremiumE12(5, 2)).toBe(2);
    expect(meanPremiumE12(-7, 2)).toBe(-4);
    expect(() => premiumE12(1, 0)).toThrow(AssertionError);
    expect(() => meanPremiumE12(0, 0)).toThrow(AssertionError);
  });
});

describe('a funding payment', () => {
  it('is the exact product, up for the payer and down for the receiver', () => {
    fc.assert(
      fc.property(rate, size, mark, k, (f, s, m, unit) => {
        const product = BigInt(Math.abs(f)) * BigInt(Math.abs(s)) * BigInt(m) * BigInt(unit);
        expect(BigInt(fundingPaymentUp(f, s, m, unit))).toBe((product + 999_999_999n) / 1_000_000_000n);
        expect(BigInt(fundingPaymentDown(f, s, m, unit))).toBe(product / 1_000_000_000n);
      }),
      RUNS,
    );
  });

  it('never creates an atom between two sides', () => {
    fc.assert(
      fc.property(rate, size, mark, k, (f, s, m, unit) => {
        const both = fundingCredit(f, s, m, unit) + fundingCredit(f, signedLots(-s), m, unit);
        expect([0, -1]).toContain(both);
        if (f > 0 && s > 0) expect(fundingCredit(f, s, m, unit)).toBeLessThanOrEqual(0);
      }),
      RUNS,
    );
  });
});
