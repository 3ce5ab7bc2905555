import { describe, expect, it } from 'vitest';
import * as units from './index.ts';

const unsigned = {
  ticks: units.ticks,
  lots: units.lots,
  atoms: units.atoms,
  seq: units.seq,
  epoch: units.epoch,
  orderId: units.orderId,
  tradeId: units.tradeId,
  unixMicros: units.unixMicros,
};
const indexes = {
  accountIx: units.accountIx,
  userIx: units.userIx,
  marketIx: units.marketIx,
  assetIx: units.assetIx,
  keyIx: units.keyIx,
  rowIx: units.rowIx,
  orderSlot: units.orderSlot,
};
const signed = { signedTicks: units.signedTicks, signedLots: units.signedLots, signedAtoms: units.signedAtoms };
const rates = { ppm: units.ppm, ppb: units.ppb, bps: units.bps };

describe('constructors of units', () => {
  it.each(Object.entries({ ...unsigned, ...indexes, ...signed, ...rates }))('%s takes whole numbers only', (_, make) => {
    expect(make(0)).toBe(0);
    expect(Object.is(make(-0), 0)).toBe(true);
    expect(make(7)).toBe(7);
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)])
      expect(() => make(wrong)).toThrow(units.AssertionError);
  });

  it.each(Object.entries(unsigned))('%s takes 0 to 2^53 - 1', (_, make) => {
    expect(make(units.SAFE_MAX)).toBe(units.SAFE_MAX);
    expect(() => make(-1)).toThrow(/is at least 0, got -1/);
  });

  it.each(Object.entries(indexes))('%s takes 0 to 2^31 - 1', (_, make) => {
    expect(make(units.INDEX_MAX)).toBe(2_147_483_647);
    expect(() => make(units.INDEX_MAX + 1)).toThrow(/is at most 2147483647, got 2147483648/);
    expect(() => make(-1)).toThrow(units.AssertionError);
  });

  it.each(Object.entries(signed))('%s takes both signs', (_, make) => {
    expect(make(-units.SAFE_MAX)).toBe(-units.SAFE_MAX);
    expect(make(units.SAFE_MAX)).toBe(units.SAFE_MAX);
  });

  it.each(Object.entries(rates))('%s takes both signs up to a thousandfold', (_, make) => {
    expect(make(-10_000_000)).toBe(-10_000_000);
    expect(() => make(1e12 + 1)).toThrow(units.AssertionError);
  });

  it('turns basis points into millionths', () => {
    expect(units.ppmFromBps(units.bps(2))).toBe(200);
  });
});
