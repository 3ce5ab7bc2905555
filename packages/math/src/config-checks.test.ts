import { asPpm, ppm } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkCollateralWeight,
  checkFeeTiers,
  checkMarginFunctions,
  checkNotionalBound,
  checkPremiumBound,
  checkRateCurve,
} from './config-checks.ts';
import { imf, mmf } from './margin-function.ts';

const RUNS = { numRuns: 2_000, seed: 30_006 };

describe('margin functions', () => {
  it('of every default market and borrow pass', () => {
    expect(checkMarginFunctions({ base: 0.02, factor: 0.00006 }, { base: 0.0125, factor: 0.000036 }, 50)).toBeUndefined();
    expect(checkMarginFunctions({ base: 0.05, factor: 0.0002 }, { base: 0.03, factor: 0.00012 }, 50)).toBeUndefined();
    expect(checkMarginFunctions({ base: 0.2, factor: 0.0002 }, { base: 0.12, factor: 0.00012 }, 50)).toBeUndefined();
    expect(checkMarginFunctions({ base: 0.1, factor: 0 }, { base: 0.06, factor: 0 }, 50)).toBeUndefined();
    expect(checkMarginFunctions({ base: 0.2, factor: 0 }, { base: 0.12, factor: 0 }, 50)).toBeUndefined();
    expect(checkMarginFunctions({ base: 0.02, factor: 0.00006 }, { base: 0.0135, factor: 0.000036 }, 20)).toBeUndefined();
  });

  it('are refused by the constant, the slope and the range', () => {
    expect(checkMarginFunctions({ base: 0.02, factor: 0.00006 }, { base: 0.0182, factor: 0.000036 }, 50)).toMatch(/base 0.0182/);
    expect(checkMarginFunctions({ base: 0.02, factor: 0.00006 }, { base: 0.0125, factor: 0.000055 }, 50)).toMatch(/factor 0.000055/);
    expect(checkMarginFunctions({ base: 0.02, factor: 0 }, { base: 0.0125, factor: 0.000001 }, 50)).toMatch(/factor/);
    expect(checkMarginFunctions({ base: 0.02, factor: 0 }, { base: 0, factor: 0 }, 50)).toMatch(/above 0/);
    expect(checkMarginFunctions({ base: Number.NaN, factor: 0 }, { base: 0.01, factor: 0 }, 50)).toMatch(/from 0 to 1/);
    expect(checkMarginFunctions({ base: 0.02, factor: 0 }, { base: 0.01, factor: 0 }, 0)).toMatch(/leverage/);
  });

  it('pass where 1.1 times one is the other to the last digit, and by the floor of the leverage', () => {
    expect(checkMarginFunctions({ base: 0.022, factor: 0.000033 }, { base: 0.02, factor: 0.00003 }, 50)).toBeUndefined();
    expect(checkMarginFunctions({ base: 0.022, factor: 0.000033 }, { base: 0.020000000001, factor: 0.00003 }, 50)).toMatch(/base/);
    expect(checkMarginFunctions({ base: 0.001, factor: 0 }, { base: 0.018, factor: 0 }, 50)).toBeUndefined();
    expect(checkMarginFunctions({ base: 0.001, factor: 0 }, { base: 0.018, factor: 0 }, 51)).toMatch(/1 \/ 51/);
  });

  it('pass exactly when 1.1 MMF is at most IMF at every size', () => {
    const base = fc.integer({ min: 1, max: 400 }).map((n) => n / 1_000);
    const factor = fc.integer({ min: 0, max: 40 }).map((n) => n / 100_000);
    fc.assert(
      fc.property(base, factor, base, factor, fc.integer({ min: 1, max: 50 }), (iBase, iFactor, mBase, mFactor, leverage) => {
        const sizes = [0, 1, 1e4, 1e6, 1e8, 1e10, 1e16, 1e24];
        const holds = sizes.every((size) => 1.1 * mmf(size, mBase, mFactor) <= imf(size, iBase, iFactor, leverage) * (1 + 1e-12));
        const fault = checkMarginFunctions({ base: iBase, factor: iFactor }, { base: mBase, factor: mFactor }, leverage);
        expect(fault === undefined).toBe(holds);
      }),
      RUNS,
    );
  });
});

describe('other parameters', () => {
  it('bound the premium by half the base', () => {
    expect(checkPremiumBound(0.01, 0.02)).toBeUndefined();
    expect(checkPremiumBound(0.025, 0.05)).toBeUndefined();
    expect(checkPremiumBound(0.1, 0.2)).toBeUndefined();
    expect(checkPremiumBound(0.0100001, 0.02)).toMatch(/at most half/);
    expect(checkPremiumBound(-1, 0.02)).toMatch(/at least 0/);
  });

  it('bound a rebate by the smallest taker fee', () => {
    expect(checkFeeTiers([{ maker: ppm(200), taker: ppm(500) }])).toBeUndefined();
    expect(
      checkFeeTiers([
        { maker: asPpm(-100), taker: ppm(500) },
        { maker: ppm(0), taker: ppm(100) },
      ]),
    ).toBeUndefined();
    expect(
      checkFeeTiers([
        { maker: asPpm(-101), taker: ppm(500) },
        { maker: ppm(0), taker: ppm(100) },
      ]),
    ).toMatch(/101 ppm.*100 ppm/);
    expect(checkFeeTiers([{ maker: ppm(0), taker: asPpm(-1) }])).toMatch(/taker fee is at least 0/);
    expect(checkFeeTiers([])).toMatch(/at least one/);
  });

  it('make a rate curve rise', () => {
    const curve = { utilizationOptimal: ppm(800_000), rateMin: ppm(10_000), rateOptimal: ppm(80_000), rateMax: ppm(1_000_000) };
    expect(checkRateCurve(curve)).toBeUndefined();
    expect(checkRateCurve({ ...curve, utilizationOptimal: ppm(850_000) })).toMatch(/utilisation/);
    expect(checkRateCurve({ ...curve, rateMin: asPpm(-1) })).toMatch(/at least 0/);
    expect(checkRateCurve({ ...curve, rateMin: ppm(80_001) })).toMatch(/at most the optimal/);
    expect(checkRateCurve({ ...curve, rateMax: ppm(79_999) })).toMatch(/at most the largest/);
  });

  it('keep a collateral weight from 0 to 1', () => {
    expect(checkCollateralWeight({ kind: 'identity', weight: 1 })).toBeUndefined();
    expect(checkCollateralWeight({ kind: 'identity', weight: 1.01 })).toMatch(/from 0 to 1/);
    expect(checkCollateralWeight({ kind: 'inverseSqrt', weight: 0.85, base: 1.1, penalty: 0.0003 })).toBeUndefined();
    expect(checkCollateralWeight({ kind: 'inverseSqrt', weight: 0.85, base: 0, penalty: 0.0003 })).toMatch(/base/);
    expect(checkCollateralWeight({ kind: 'inverseSqrt', weight: 0.85, base: 1.1, penalty: -1 })).toMatch(/penalty/);
  });

  it('keep every notional exact', () => {
    expect(checkNotionalBound(1_000_000, 1_000_000, 100)).toBeUndefined();
    expect(checkNotionalBound(2 ** 26, 2 ** 26, 1)).toMatch(/below 2\^52/);
    expect(checkNotionalBound(1, 1, 0.5)).toMatch(/whole number/);
    expect(checkNotionalBound(1, 1, 0)).toMatch(/whole number/);
  });
});
