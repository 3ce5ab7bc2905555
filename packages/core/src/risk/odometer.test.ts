import { describe, expect, it } from 'vitest';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import { TestVenue } from '../testing/test-venue.ts';
import { advanceOdometer } from './odometer.ts';

/** By how much the odometer moves when `act` changed something. */
function moved(act: (venue: TestVenue) => void): number {
  const venue = new TestVenue();
  venue.live(2);
  const { shortIndex } = venue.state.scratch;
  advanceOdometer(venue.state);
  const before = shortIndex.odometer;
  act(venue);
  advanceOdometer(venue.state);
  return shortIndex.odometer - before;
}

function scale(price: { mark: number }, factor: number): void {
  price.mark *= factor;
}

describe('the odometer', () => {
  it('stands while nothing moves', () => {
    expect(moved(() => undefined)).toBe(0);
  });

  it('adds a move by the lower of its prices: up and down again are the same distance', () => {
    expect(moved(({ state }) => scale(state.assets[SmallAsset.BTC]!.price, 0.5))).toBeCloseTo(1, 9);
    expect(moved(({ state }) => scale(state.assets[SmallAsset.BTC]!.price, 2))).toBeCloseTo(1, 9);
  });

  it('adds the largest move of all prices, perpetuals and assets without one alike', () => {
    const distance = moved(({ state }) => {
      const { price } = state.markets[SmallMarket.ETH_USDC_PERP]!;
      price.markTicks = Math.round(price.markTicks * 1.25);
      scale(state.assets[SmallAsset.USDT]!.price, 1.1);
    });
    expect(distance).toBeCloseTo(0.25, 6);
    expect(moved(({ state }) => scale(state.assets[SmallAsset.USDT]!.price, 1.1))).toBeCloseTo(0.1, 9);
  });

  it('adds what debts grow by interest, and what lends lose, to the move of prices', () => {
    const distance = moved(({ state }) => {
      scale(state.assets[SmallAsset.BTC]!.price, 1.1);
      const usdc = state.assets[SmallAsset.USDC]!.pool!;
      usdc.borrowIndex = (usdc.borrowIndex * 102n) / 100n;
      const sol = state.assets[SmallAsset.SOL]!.pool!;
      sol.lendIndex = (sol.lendIndex * 80n) / 100n;
    });
    expect(distance).toBeCloseTo(0.1 + 0.02 + 0.25, 9);
  });

  it('adds nothing for what lends earn', () => {
    const distance = moved(({ state }) => {
      const { pool } = state.assets[SmallAsset.SOL]!;
      pool!.lendIndex = (pool!.lendIndex * 130n) / 100n;
    });
    expect(distance).toBe(0);
  });
});
