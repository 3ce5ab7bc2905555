// One account in full: 10,000 USDC, 0.5 BTC at 60,000, owes 2 ETH at 3,000, long 2,000 SOL from 150 to 145, bids for 100 more.
import { asPpb, atoms, lots, signedLots, ticks } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import {
  collateralValue,
  equityAvailable,
  fundingCredit,
  fundingRate,
  imf,
  isLiquidatable,
  marginFraction,
  marginRatio,
  mmf,
  netExposureLots,
  positionPnl,
} from './index.ts';

const LEVERAGE = 20;
/** SOL in ticks and lots of 0.01: one tick times one lot is 100 micro-USDC. */
const K = atoms(100);

describe('the worked example', () => {
  it('has no USDC as if settled', () => {
    expect(10_000_000_000 + positionPnl(lots(200_000), ticks(14_500), ticks(15_000), K)).toBe(0);
  });

  it('has its collateral, liability and equity', () => {
    expect(collateralValue({ kind: 'identity', weight: 0.95 }, 0.5 * 60_000)).toBe(28_500);
  });

  it('has its initial margin', () => {
    const exposure = (netExposureLots(signedLots(200_000), lots(10_000), lots(0)) / 100) * 145;
    expect(exposure).toBe(304_500);
    expect(0.00006 * Math.sqrt(exposure)).toBeCloseTo(0.033109, 6);
    expect(imf(exposure, 0.02, 0.00006, 1_000)).toBeCloseTo(0.033109, 6);
    const solFraction = imf(exposure, 0.02, 0.00006, LEVERAGE);
    const ethFraction = imf(6_000, 0.02, 0, LEVERAGE);
    expect([solFraction, ethFraction]).toStrictEqual([0.05, 0.05]);
    const initial = exposure * solFraction + 6_000 * ethFraction;
    expect(initial).toBe(15_525);
    expect(equityAvailable(22_500, initial)).toBe(6_975);
    expect(marginFraction(22_500, exposure + 6_000)).toBeCloseTo(0.072464, 6);
    expect(marginRatio(initial, 22_500)).toBe(0.69);
  });

  it('has its maintenance margin', () => {
    const solFraction = mmf(290_000, 0.0135, 0.000036);
    expect(solFraction).toBeCloseTo(0.0193866, 7);
    const maintenance = 290_000 * solFraction + 6_000 * mmf(6_000, 0.0135, 0);
    expect(maintenance).toBeCloseTo(5_703.112, 3);
    expect(marginRatio(maintenance, 22_500)).toBeCloseTo(0.253472, 6);
  });

  it('becomes liquidatable at 136.8567, the USDC borrow counted', () => {
    const health = (sol: number) => {
      const usdc = 10_000 + 2_000 * (sol - 150);
      const maintenance = 2_000 * sol * mmf(2_000 * sol, 0.0135, 0.000036) - usdc * mmf(-usdc, 0.06, 0) + 6_000 * mmf(6_000, 0.0135, 0);
      return { equity: 28_500 + usdc - 6_000, maintenance };
    };
    let low = 130;
    let high = 140;
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2;
      const { equity, maintenance } = health(middle);
      if (isLiquidatable(equity, maintenance)) low = middle;
      else high = middle;
    }
    expect(high).toBeCloseTo(136.8567, 4);
    expect(health(high).equity).toBeCloseTo(6_213.408, 2);
    expect(health(high).maintenance).toBeCloseTo(6_213.408, 2);
  });

  it('pays its funding', () => {
    const rate = fundingRate(2_000_000_000);
    expect(rate).toBe(187_500);
    expect(fundingCredit(rate, lots(200_000), ticks(14_500), K)).toBe(-54_375_000);
    expect(fundingCredit(asPpb(187_500), signedLots(-200_000), ticks(14_500), K)).toBe(54_375_000);
  });
});
