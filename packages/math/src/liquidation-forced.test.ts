import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backstopCharge, chargeOfTaken, takerOfCharge } from './backstop-charge.ts';
import { deficitPrice, deleveragingRank, deleveragingScore } from './deleveraging.ts';
import { shareOut } from './share-out.ts';

const RUNS = { numRuns: 500, seed: 30_301 };

describe('sharing out', () => {
  it('gives every unit to somebody, nobody more than the weight, and is off the exact share by less than one', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(weights, fc.nat({ max: 1_000_000 }), (each, millionths) => {
        const sum = each.reduce((before, weight) => before + weight, 0);
        const total = Math.floor(sum * (millionths / 1_000_000));
        const parts = shareOut(total, each);
        expect(parts.reduce((before, part) => before + part, 0)).toBe(total);
        for (const [at, part] of parts.entries()) {
          expect(part).toBeLessThanOrEqual(each[at]!);
          if (sum > 0) expect(Math.abs(part - (total * each[at]!) / sum)).toBeLessThan(1.001);
        }
      }),
      RUNS,
    );
  });

  it('gives what is left to the largest remainders, ties to the first', () => {
    expect(shareOut(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(shareOut(10, [5, 3, 3])).toEqual([4, 3, 3]);
    expect(shareOut(7, [100, 1, 1])).toEqual([7, 0, 0]);
    expect(shareOut(0, [0, 0])).toEqual([0, 0]);
    expect(shareOut(9_007_199_254_740_990, [9_007_199_254_740_990, 1])).toEqual([9_007_199_254_740_989, 1]);
  });
});

describe('the charge of a takeover', () => {
  const part = { realEquity: 1_000, notional: 50_000, notionalSum: 100_000, maintenance: 600 };
  it('is the share of real equity, or half the maintenance margin if that is less', () => {
    expect(backstopCharge(part, 0.5)).toBe(300);
    expect(backstopCharge({ ...part, realEquity: 400 }, 0.5)).toBe(200);
    expect(backstopCharge({ ...part, realEquity: 0 }, 0.5)).toBe(0);
    expect(backstopCharge({ ...part, realEquity: -5 }, 0.5)).toBe(0);
  });

  it('adds up over takings one after the other, and two thirds of it, rounded down, are the taker’s', () => {
    expect([1, 2, 3].map((taken) => chargeOfTaken(100, taken, 3))).toEqual([33, 66, 100]);
    expect(takerOfCharge(100, 1 / 3)).toBe(66);
    expect(takerOfCharge(3_000_000_003, 1 / 3)).toBe(2_000_000_002);
    expect(takerOfCharge(100, 1)).toBe(0);
    expect(takerOfCharge(100, 0)).toBe(100);
  });
});

describe('the price that shares a deficit', () => {
  it('moves from the mark by the deficit of a lot, the rest in cash', () => {
    expect(deficitPrice(0, 10, 1_000, 0.01, 2)).toEqual({ ticks: 1_000, cashAtoms: 0, leftAtoms: 0 });
    expect(deficitPrice(105, 10, 1_000, 0.01, 2)).toEqual({ ticks: 1_005, cashAtoms: 5, leftAtoms: 0 });
    expect(deficitPrice(105, -10, 1_000, 0.01, 2)).toEqual({ ticks: 995, cashAtoms: 5, leftAtoms: 0 });
  });

  it('stops at the premium bound and leaves what is beyond', () => {
    expect(deficitPrice(1_050, 10, 1_000, 0.01, 2)).toEqual({ ticks: 1_010, cashAtoms: 0, leftAtoms: 850 });
    expect(deficitPrice(50, -10, 1, 0.01, 2)).toEqual({ ticks: 1, cashAtoms: 0, leftAtoms: 50 });
  });

  it('is exact to the atom', () => {
    const deficit = fc.nat({ max: 1e12 });
    const size = fc.integer({ min: -1e6, max: 1e6 }).filter((lots) => lots !== 0);
    fc.assert(
      fc.property(deficit, size, fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 100 }), (atoms, lots, mark, k) => {
        const { ticks, cashAtoms, leftAtoms } = deficitPrice(atoms, lots, mark, 0.025, k);
        expect(Math.abs(ticks - mark) * Math.abs(lots) * k + cashAtoms + leftAtoms).toBe(atoms);
        expect(Math.abs(ticks - mark)).toBeLessThanOrEqual(mark * 0.025);
        expect(ticks).toBeGreaterThanOrEqual(1);
        expect(cashAtoms).toBeLessThan(Math.abs(lots) * k);
      }),
      RUNS,
    );
  });
});

describe('the rank of a winner', () => {
  const one = { profit: 50, cost: 100, netExposure: 300, realEquity: 100 };
  it('is by profit over cost times leverage by net exposure', () => {
    expect(deleveragingScore(one)).toBe(1.5);
    expect(deleveragingScore({ ...one, netExposure: 0 })).toBe(0);
    expect(deleveragingScore({ ...one, profit: -50 })).toBe(-0.5);
    expect(deleveragingScore({ ...one, cost: 0 })).toBe(0);
    expect(deleveragingScore({ ...one, realEquity: 0 })).toBe(500_000);
    expect(deleveragingScore({ ...one, netExposure: 0, realEquity: 0 })).toBe(0);
    expect(deleveragingScore({ ...one, realEquity: -1 })).toBe(500_000);
  });

  it('rises by one with each doubling; who is no winner has none', () => {
    expect([0.5, 1, 1.99, 2, 4, 8].map(deleveragingRank)).toEqual([31, 32, 32, 33, 34, 35]);
    expect([0, -3].map(deleveragingRank)).toEqual([0, 0]);
    expect(deleveragingRank(1e-300)).toBe(1);
    expect(deleveragingRank(1e300)).toBe(64);
  });
});
