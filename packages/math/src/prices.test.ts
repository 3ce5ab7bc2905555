import { AssertionError } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clamp } from './clamp.ts';
import { indexPrice } from './index-price.ts';
import { median, median3, weightedMedian } from './median.ts';
import { roundHalfEven, roundToTicks } from './round.ts';
import { stepLimit } from './step-limit.ts';

const price = fc.integer({ min: 1, max: 1_000_000 });
const weight = fc.integer({ min: 1, max: 5 });
const RUNS = { numRuns: 500, seed: 30_003 };

describe('medians', () => {
  it('are in the middle', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([10, 9, 100])).toBe(10);
    expect(() => median([])).toThrow(AssertionError);
    fc.assert(
      fc.property(price, price, price, (a, b, c) => {
        expect(median3(a, b, c)).toBe(median([a, b, c]));
      }),
      RUNS,
    );
  });

  it('with weights are those of the values repeated as often as they weigh', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(price, weight), { minLength: 1, maxLength: 9 }), (sources) => {
        const repeated = sources.flatMap(([value, times]) => Array<number>(times).fill(value));
        const weighted = weightedMedian(
          sources.map(([value]) => value),
          sources.map(([, times]) => times),
        );
        expect(weighted).toBe(median(repeated));
      }),
      RUNS,
    );
    expect(weightedMedian([1, 2, 10], [1, 1, 3])).toBe(10);
    expect(weightedMedian([1, 2], [0, 1])).toBe(2);
    expect(() => weightedMedian([1], [0])).toThrow(AssertionError);
    expect(() => weightedMedian([1], [])).toThrow(AssertionError);
  });

  it('leave their argument as it was', () => {
    const values = [3, 1, 2];
    median(values);
    weightedMedian(values, [1, 1, 1]);
    expect(values).toStrictEqual([3, 1, 2]);
  });
});

describe('the index', () => {
  it('clamps a source gone wild', () => {
    expect(indexPrice([100, 100, 200], [1, 1, 2], 0.01)).toBe(100.5);
    expect(indexPrice([100, 100, 200], [1, 1, 2])).toBe(100.5);
    expect(indexPrice([145], [3])).toBe(145);
    expect(() => indexPrice([], [])).toThrow(AssertionError);
    expect(() => indexPrice([1], [0])).toThrow(AssertionError);
  });

  it('stays within the deviation of the median', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(price, weight), { minLength: 1, maxLength: 9 }), (sources) => {
        const values = sources.map(([value]) => value);
        const index = indexPrice(
          values,
          sources.map(([, times]) => times),
        );
        expect(Math.abs(index - median(values))).toBeLessThanOrEqual(0.01 * median(values) * (1 + 1e-12));
      }),
      RUNS,
    );
  });
});

describe('limits and rounding', () => {
  it('clamp to the bound that is passed', () => {
    expect([clamp(7, 0, 5), clamp(-7, 0, 5), clamp(3, 0, 5)]).toStrictEqual([5, 0, 3]);
    expect(() => clamp(1, 2, 0)).toThrow(AssertionError);
  });

  it('step by a fraction a second', () => {
    expect(stepLimit(100, 103, 0.01, 1)).toBe(101);
    expect(stepLimit(100, 97, 0.01, 1)).toBe(99);
    expect(stepLimit(100, 103, 0.01, 10)).toBe(103);
    expect(stepLimit(100, 0, 0.01, 1_000)).toBe(0);
    expect(stepLimit(100, 103, 0.01, 0)).toBe(100);
  });

  it('round half to even', () => {
    const cases: readonly (readonly [number, number])[] = [
      [0.5, 0],
      [1.5, 2],
      [2.5, 2],
      [2.500001, 3],
      [-0.5, 0],
      [-1.5, -2],
      [-2.5, -2],
      [-2.6, -3],
      [0.49999999999999994, 0],
      [4_503_599_627_370_495.5, 4_503_599_627_370_496],
    ];
    for (const [value, rounded] of cases) expect(roundHalfEven(value)).toBe(rounded);
    expect(Object.is(roundHalfEven(-0.5), 0)).toBe(true);
    expect(roundToTicks(14_500.5)).toBe(14_500);
    expect(() => roundToTicks(-1)).toThrow(AssertionError);
    expect(() => roundHalfEven(Number.NaN)).toThrow(AssertionError);
  });

  it('round to a nearest integer', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (value) => {
        expect(Math.abs(roundHalfEven(value) - value)).toBeLessThanOrEqual(0.5);
      }),
      RUNS,
    );
  });
});
