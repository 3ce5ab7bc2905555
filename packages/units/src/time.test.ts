import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as units from './index.ts';

const { unixMicros } = units;
// The year 9999 ends long after 2^53 microseconds, so every moment is a date of the built-in calendar too.
const moment = fc.maxSafeNat().map(unixMicros);
const RUNS = { numRuns: 2_000, seed: 20_008 };

describe('moments', () => {
  it('are written as the built-in calendar writes them', () => {
    fc.assert(
      fc.property(moment, (time) => {
        const millis = units.millisOf(time);
        const micros = String(time - millis * 1_000).padStart(3, '0');
        expect(units.formatIso(time)).toBe(new Date(millis).toISOString().slice(0, 23) + micros);
      }),
      RUNS,
    );
  });

  it('are written with the last day of every month right', () => {
    for (let day = 0; day < 60_000; day += 1) {
      const text = units.formatIsoDay(day);
      if (text !== new Date(day * 86_400_000).toISOString().slice(0, 10)) expect.fail(`day ${day} is ${text}`);
    }
    expect(units.formatIso(unixMicros(1_700_000_000_123_456))).toBe('2023-11-14T22:13:20.123456');
    expect(units.civilFromDays(0)).toStrictEqual({ year: 1970, month: 1, day: 1 });
  });

  it('are cut to the start of their period', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 1e9 }), (time, period) => {
        const start = units.floorToPeriod(time, period);
        expect(start).toBeLessThanOrEqual(time);
        expect(time - start).toBeLessThan(period);
        expect(BigInt(start) % BigInt(period)).toBe(0n);
      }),
      RUNS,
    );
    const time = unixMicros(1_700_000_000_123_456);
    expect(units.floorToSecond(time)).toBe(1_700_000_000_000_000);
    expect(units.floorToHour(time)).toBe(1_699_999_200_000_000);
    expect(units.floorToDay(time)).toBe(1_699_920_000_000_000);
  });

  it('count seconds, hours and days', () => {
    const time = unixMicros(1_700_000_000_123_456);
    expect(units.secondOf(time)).toBe(1_700_000_000);
    expect(units.hourOf(time)).toBe(472_222);
    expect(units.dayOf(time)).toBe(19_675);
    expect(units.microsFromMillis(1_700_000_000_123)).toBe(1_700_000_000_123_000);
    expect(units.addMicros(time, -456)).toBe(1_700_000_000_123_000);
    expect(units.microsBetween(time, units.addMicros(time, 5))).toBe(5);
    expect(units.MICROS_PER_YEAR).toBe(365 * units.MICROS_PER_DAY);
    expect(() => units.microsFromMillis(0.0001)).toThrow(units.AssertionError);
  });
});
