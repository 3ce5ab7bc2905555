import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeRoom, isBackstopDue, liquidationFeePpm, sliceSize } from './liquidation-slice.ts';

describe('sliceSize', () => {
  it('is a fifth of the size at the trigger, whatever is left', () => {
    expect(sliceSize(100_000, 100_000, 0.2, false)).toBe(20_000);
    expect(sliceSize(100_000, 60_000, 0.2, false)).toBe(20_000);
    expect(sliceSize(100_000, 7_000, 0.2, false)).toBe(7_000);
  });

  it('is at least a lot, and all that is left where that is little', () => {
    expect(sliceSize(3, 3, 0.2, false)).toBe(1);
    expect(sliceSize(1, 1, 0.2, false)).toBe(1);
    expect(sliceSize(100_000, 100_000, 0.2, true)).toBe(100_000);
  });

  it('closes everything in five', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (size) => {
        let left = size;
        for (let slice = 0; slice < 5; slice += 1) left -= sliceSize(size, left, 0.2, false);
        expect(left).toBe(0);
      }),
      { seed: 30_007 },
    );
  });
});

describe('liquidationFeePpm', () => {
  it('is a quarter of the maintenance fraction and at most one per cent', () => {
    expect(liquidationFeePpm(0.0125, 0.01, 0.25)).toBe(3_125);
    expect(liquidationFeePpm(0.06, 0.01, 0.25)).toBe(10_000);
    expect(liquidationFeePpm(0.03, 0.01, 0.25)).toBe(7_500);
  });
});

describe('feeRoom', () => {
  const usd = fc.double({ min: 1, max: 1e7, noNaN: true });

  it('is the fee at which the margin fraction just stays, were it borrowed', () => {
    fc.assert(
      fc.property(usd, usd, usd, usd, (equity, exposure, equityAfter, exposureAfter) => {
        const before = { netEquity: equity, totalExposure: exposure };
        const room = feeRoom(before, { netEquity: equityAfter, totalExposure: exposureAfter });
        fc.pre(room > 0);
        const fraction = (equityAfter - room) / (exposureAfter + room);
        expect(Math.abs(fraction / (equity / exposure) - 1)).toBeLessThan(1e-6);
      }),
      { seed: 30_008 },
    );
  });

  it('is below zero where the change itself lowers the margin fraction', () => {
    expect(feeRoom({ netEquity: 100, totalExposure: 10_000 }, { netEquity: 79, totalExposure: 8_000 })).toBeLessThan(0);
    expect(feeRoom({ netEquity: 100, totalExposure: 10_000 }, { netEquity: 81, totalExposure: 8_000 })).toBeGreaterThan(0);
  });

  it('has nothing to give where equity is below zero and stays', () => {
    expect(feeRoom({ netEquity: -100, totalExposure: 10_000 }, { netEquity: -100, totalExposure: 8_000 })).toBeLessThan(0);
  });
});

describe('isBackstopDue', () => {
  it('comes at half the maintenance fraction for small fractions, six hundredths below it for large ones', () => {
    expect(isBackstopDue(625, 1_250, 100_000, 0.5, 0.06)).toBe(true);
    expect(isBackstopDue(626, 1_250, 100_000, 0.5, 0.06)).toBe(false);
    expect(isBackstopDue(14_000, 20_000, 100_000, 0.5, 0.06)).toBe(true);
    expect(isBackstopDue(14_001, 20_000, 100_000, 0.5, 0.06)).toBe(false);
  });
});
