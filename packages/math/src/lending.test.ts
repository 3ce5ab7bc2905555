import { AssertionError, MICROS_PER_SECOND, MICROS_PER_YEAR, ppm } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borrowRateUp, lendRateDown, RATE_SCALE, utilizationUp } from './borrow-rate.ts';
import { divBigDown, divBigUp } from './divide-big.ts';
import { accrueIndexDown, accrueIndexUp, interestUp, scaleIndexDown } from './interest.ts';

const usdc = { utilizationOptimal: ppm(800_000), rateMin: ppm(10_000), rateOptimal: ppm(80_000), rateMax: ppm(1_000_000) };
const total = fc.bigInt({ min: 0n, max: 10n ** 20n });
const use = fc.bigInt({ min: 0n, max: 2n * RATE_SCALE });
const index = fc.bigInt({ min: RATE_SCALE, max: 9_000n * RATE_SCALE });
const rate = fc.bigInt({ min: 0n, max: 2n * RATE_SCALE });
const span = fc.integer({ min: 0, max: MICROS_PER_YEAR });
const RUNS = { numRuns: 500, seed: 30_004 };

describe('the borrow rate', () => {
  it('passes through the points of its table', () => {
    const points: readonly (readonly [bigint, bigint])[] = [
      [0n, 10_000n],
      [400_000n, 45_000n],
      [800_000n, 80_000n],
      [850_000n, 126_000n], // 8 % + 5 % of 92 %
      [900_000n, 218_000n],
      [950_000n, 356_000n],
      [990_000n, 540_000n],
      [995_000n, 770_000n],
      [1_000_000n, 1_000_000n],
      [1_200_000n, 1_000_000n],
    ];
    for (const [utilization, expected] of points) expect(borrowRateUp(utilization * 10n ** 12n, usdc)).toBe(expected * 10n ** 12n);
    expect(borrowRateUp(825_000n * 10n ** 12n, usdc)).toBe(103_000n * 10n ** 12n);
  });

  it('never falls with utilisation and stays within its bounds', () => {
    fc.assert(
      fc.property(use, use, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const lower = borrowRateUp(low, usdc);
        expect(lower <= borrowRateUp(high, usdc)).toBe(true);
        expect(lower >= 10_000n * 10n ** 12n).toBe(true);
        expect(lower <= RATE_SCALE).toBe(true);
      }),
      RUNS,
    );
  });

  it('refuses an optimal utilisation that meets the steep table', () => {
    expect(() => borrowRateUp(0n, { ...usdc, utilizationOptimal: ppm(850_000) })).toThrow(AssertionError);
    expect(() => borrowRateUp(0n, { ...usdc, utilizationOptimal: ppm(0) })).toThrow(AssertionError);
  });

  it('reaches lenders less the fee', () => {
    expect(utilizationUp(80n, 100n)).toBe(800_000n * 10n ** 12n);
    expect(utilizationUp(5n, 0n)).toBe(0n);
    expect(utilizationUp(1n, 3n)).toBe(333_333_333_333_333_334n);
    expect(lendRateDown(80_000n * 10n ** 12n, 800_000n * 10n ** 12n, ppm(100_000))).toBe(57_600n * 10n ** 12n);
  });
});

describe('interest', () => {
  it('is the rate over a year', () => {
    expect(accrueIndexUp(RATE_SCALE, RATE_SCALE / 10n, MICROS_PER_YEAR)).toBe(RATE_SCALE + RATE_SCALE / 10n);
    expect(accrueIndexDown(RATE_SCALE, RATE_SCALE / 10n, MICROS_PER_YEAR)).toBe(RATE_SCALE + RATE_SCALE / 10n);
    expect(interestUp(1_000_000n, RATE_SCALE / 10n, MICROS_PER_YEAR)).toBe(100_000n);
    expect(interestUp(1n, 1n, 1)).toBe(1n);
    expect(interestUp(0n, RATE_SCALE, MICROS_PER_SECOND)).toBe(0n);
    expect(() => accrueIndexUp(RATE_SCALE, 1n, -1)).toThrow(AssertionError);
  });

  it('never lowers an index, and up and down enclose the exact value', () => {
    fc.assert(
      fc.property(index, rate, span, (start, r, micros) => {
        const up = accrueIndexUp(start, r, micros);
        const down = accrueIndexDown(start, r, micros);
        const exact = start * r * BigInt(micros);
        const unit = RATE_SCALE * BigInt(MICROS_PER_YEAR);
        expect(down >= start).toBe(true);
        expect((up - start) * unit >= exact && (up - start - 1n) * unit < exact).toBe(true);
        expect((down - start) * unit <= exact && (down - start + 1n) * unit > exact).toBe(true);
      }),
      RUNS,
    );
  });

  it('of two spans is at least that of the whole, compounding', () => {
    fc.assert(
      fc.property(index, rate, span, span, (start, r, first, second) => {
        const parts = accrueIndexUp(accrueIndexUp(start, r, first), r, second);
        expect(parts >= accrueIndexUp(start, r, first + second)).toBe(true);
      }),
      RUNS,
    );
  });

  it('gives lenders no more than there is', () => {
    fc.assert(
      fc.property(index, fc.bigInt({ min: 1n, max: 10n ** 20n }), total, (start, before, after) => {
        const scaled = scaleIndexDown(start, before, after);
        expect(scaled * before <= start * after).toBe(true);
        expect((scaled + 1n) * before > start * after).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('division of totals', () => {
  it('goes the way of its name', () => {
    expect(divBigDown(7n, 2n)).toBe(3n);
    expect(divBigUp(7n, 2n)).toBe(4n);
    expect(divBigUp(8n, 2n)).toBe(4n);
    expect(() => divBigUp(-1n, 2n)).toThrow(AssertionError);
    expect(() => divBigDown(1n, 0n)).toThrow(AssertionError);
  });
});
