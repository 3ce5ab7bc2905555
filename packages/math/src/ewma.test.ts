import { AssertionError } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import { ewmaNext, ewmaWeightFiveMinutes, ewmaWeightHour } from './ewma.ts';

const SCALE = 10n ** 40n;

/** 1 - exp(-n / horizon), scaled 1e40, from the series of exp. */
function weightReference(n: number, horizon: number): bigint {
  let sum = SCALE;
  let term = SCALE;
  for (let i = 1n; term !== 0n; i += 1n) {
    term = (-term * BigInt(n)) / (BigInt(horizon) * i);
    sum += term;
  }
  return SCALE - sum;
}

/** The double nearest to a scaled integer: text to number is correctly rounded. */
function nearest(scaled: bigint): number {
  return Number(`${scaled}e-40`);
}

describe('the weights of averages', () => {
  const cases: readonly (readonly [string, (seconds: number) => number, number])[] = [
    ['five minutes', ewmaWeightFiveMinutes, 300],
    ['one hour', ewmaWeightHour, 3_600],
  ];

  it.each(cases)('over %s are the nearest doubles of 1 - exp(-n / horizon)', (_, weight, horizon) => {
    for (let n = 0; n <= 600; n += 1) expect(weight(n)).toBe(nearest(weightReference(n, horizon)));
  });

  it.each(cases)('over %s go on beyond the table', (_, weight, horizon) => {
    for (const n of [601, 1_199, 1_200, 1_201, 5_000, 86_400]) expect(weight(n)).toBeCloseTo(nearest(weightReference(n, horizon)), 12);
    expect(weight(601)).toBeGreaterThan(weight(600));
    expect(weight(2_000_000_000)).toBe(1);
  });

  it.each(cases)('over %s take whole seconds only', (_, weight) => {
    expect(() => weight(0.5)).toThrow(AssertionError);
    expect(() => weight(-1)).toThrow(AssertionError);
  });

  it('draw an average towards its sample', () => {
    expect(ewmaNext(10, 20, 0.25)).toBe(12.5);
    let average = 0;
    for (let second = 0; second < 300; second += 1) average = ewmaNext(average, 1, ewmaWeightFiveMinutes(1));
    expect(average).toBeCloseTo(ewmaWeightFiveMinutes(300), 12);
  });
});
