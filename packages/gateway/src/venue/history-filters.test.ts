import { OrderOrigin } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { originsOf } from './history-filters.ts';

const CLOSES_POSITIONS = [OrderOrigin.LiquidationAutoclose, OrderOrigin.AdlAutoclose, OrderOrigin.BackstopLiquidityProvider];

describe('originsOf', () => {
  it('means all fills without a kind', () => {
    expect(originsOf(undefined)).toBeUndefined();
  });

  it('tells the ways of a liquidation apart, and has them together, with what is sold and bought for debts', () => {
    const each = (['BookLiquidation', 'Adl', 'Backstop'] as const).flatMap((kind) => originsOf(kind) ?? []);
    expect(each).toEqual(CLOSES_POSITIONS);
    const all = [...CLOSES_POSITIONS, OrderOrigin.CollateralConversion];
    expect(new Set(originsOf('AllLiquidation'))).toEqual(new Set(all));
    expect(originsOf('User')).toEqual([OrderOrigin.User]);
  });

  it.each(['CollateralConversion', 'CollateralConversionAndSpotLiquidation'] as const)(
    '%s is of spot markets: no position closes in it',
    (kind) => {
      expect(originsOf(kind)).toEqual([OrderOrigin.CollateralConversion]);
    },
  );
});
