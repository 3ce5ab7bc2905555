import { asLots, lots } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CollateralWeight, collateralValue, collateralWeight, weightInverseSqrt } from './collateral.ts';
import { netExposureLots } from './exposure.ts';
import { equityAvailable, isLiquidatable, liquidationEnd, lowersRisk, marginFraction, marginRatio } from './health.ts';
import { imf, mmf } from './margin-function.ts';

const usd = fc.double({ min: 0, max: 1e12, noNaN: true });
const RUNS = { numRuns: 500, seed: 30_002 };
const others: CollateralWeight = { kind: 'inverseSqrt', weight: 0.85, base: 1.1, penalty: 0.0003 };

describe('collateral', () => {
  it('counts at its weight', () => {
    expect(collateralWeight({ kind: 'identity', weight: 0.95 }, 1e9)).toBe(0.95);
    expect(collateralWeight(others, 0)).toBe(0.85);
    expect(weightInverseSqrt(1_000_000, 0.85, 1.1, 0.0003)).toBe(1.1 / 1.3);
    expect(collateralValue(others, 1_000_000)).toBe(1_000_000 * (1.1 / 1.3));
  });

  it('weighs less the more there is of it, yet is worth no less', () => {
    fc.assert(
      fc.property(usd, usd, (a, b) => {
        const [small, large] = a < b ? [a, b] : [b, a];
        expect(collateralWeight(others, large)).toBeLessThanOrEqual(collateralWeight(others, small));
        expect(collateralValue(others, large)).toBeGreaterThanOrEqual(collateralValue(others, small) * (1 - 1e-15));
      }),
      RUNS,
    );
  });
});

describe('margin functions', () => {
  it('are the largest of their parts', () => {
    expect(imf(0, 0.02, 0.00006, 50)).toBe(0.02);
    expect(imf(0, 0.02, 0.00006, 20)).toBe(0.05);
    expect(imf(1_000_000, 0.02, 0.00006, 50)).toBe(0.00006 * 1_000);
    expect(mmf(10_000, 0.0125, 0.000036)).toBe(0.0125);
    expect(mmf(1_000_000, 0.0125, 0.000036)).toBe(0.000036 * 1_000);
  });

  it('never fall with size, and initial stays above maintenance', () => {
    fc.assert(
      fc.property(usd, usd, (a, b) => {
        const [small, large] = a < b ? [a, b] : [b, a];
        expect(mmf(small, 0.0125, 0.000036)).toBeLessThanOrEqual(mmf(large, 0.0125, 0.000036));
        expect(imf(small, 0.02, 0.00006, 50)).toBeLessThanOrEqual(imf(large, 0.02, 0.00006, 50));
        expect(liquidationEnd(mmf(small, 0.0125, 0.000036))).toBeLessThanOrEqual(imf(large, 0.02, 0.00006, 50));
      }),
      RUNS,
    );
  });
});

describe('net exposure', () => {
  it('is the worse of all bids and all asks filled', () => {
    expect(netExposureLots(asLots(2_000), lots(100), lots(0))).toBe(2_100);
    expect(netExposureLots(asLots(2_000), lots(0), lots(5_000))).toBe(3_000);
    expect(netExposureLots(asLots(-2_000), lots(100), lots(50))).toBe(2_050);
    expect(netExposureLots(asLots(0), lots(0), lots(0))).toBe(0);
  });

  it('is never below the position', () => {
    const open = fc.integer({ min: 0, max: 1e9 }).map(lots);
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }).map(asLots), open, open, (position, bids, asks) => {
        expect(netExposureLots(position, bids, asks)).toBeGreaterThanOrEqual(Math.abs(position));
      }),
      RUNS,
    );
  });
});

describe('health', () => {
  it('has its figures', () => {
    expect(equityAvailable(22_500, 15_525)).toBe(6_975);
    expect(isLiquidatable(1, 2)).toBe(true);
    expect(isLiquidatable(2, 2)).toBe(false);
    expect(marginFraction(10, 100)).toBe(0.1);
    expect(marginFraction(10, 0)).toBeUndefined();
    expect(marginRatio(1, 4)).toBe(0.25);
    expect(marginRatio(1, 0)).toBeUndefined();
    expect(marginRatio(1, -1)).toBeUndefined();
    expect(liquidationEnd(100)).toBeCloseTo(110, 10);
  });

  it('tells what lowers risk by the ratio of equity to maintenance', () => {
    const before = { netEquity: 5, maintenanceMargin: 10 };
    expect(lowersRisk(before, { netEquity: 4, maintenanceMargin: 8 })).toBe(true);
    expect(lowersRisk(before, { netEquity: 3.9, maintenanceMargin: 8 })).toBe(false);
    expect(lowersRisk(before, { netEquity: 0, maintenanceMargin: 0 })).toBe(true);
    expect(lowersRisk(before, { netEquity: -1, maintenanceMargin: 0 })).toBe(false);
    expect(lowersRisk({ netEquity: 5, maintenanceMargin: 0 }, { netEquity: 5, maintenanceMargin: 1 })).toBe(false);
    expect(lowersRisk({ netEquity: -10, maintenanceMargin: 5 }, { netEquity: -9, maintenanceMargin: 5 })).toBe(true);
  });
});
