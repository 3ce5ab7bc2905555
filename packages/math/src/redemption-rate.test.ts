import { describe, expect, it } from 'vitest';
import { followRedemptionRate, isRedemptionTrusted } from './redemption-rate.ts';

describe('a redemption rate', () => {
  it('goes to the listed one by at most a hundredth of itself an hour', () => {
    expect(followRedemptionRate(1.2, 2.4, 3_600)).toBeCloseTo(1.212, 12);
    expect(followRedemptionRate(1.2, 0.1, 1_800)).toBeCloseTo(1.194, 12);
    expect(followRedemptionRate(1.2, 1.2001, 60)).toBe(1.2001);
    expect(followRedemptionRate(1.2, 2.4, 0)).toBe(1.2);
  });

  it('is trusted within a thousandth of the listed one', () => {
    expect(isRedemptionTrusted(1.2, 1.2011)).toBe(true);
    expect(isRedemptionTrusted(1.2, 1.1989)).toBe(true);
    expect(isRedemptionTrusted(1.2, 1.2013)).toBe(false);
    expect(isRedemptionTrusted(1.2, 0.6)).toBe(false);
  });
});
