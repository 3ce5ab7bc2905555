import { describe, expect, it } from 'vitest';
import { asAssetChange, asMarketChange, listingChangeProblems } from './listing-change.ts';
import { smallGenesis } from './testing/small-genesis.ts';

describe('a change of parameters', () => {
  it('is a whole listing that keeps every rule', () => {
    const genesis = smallGenesis();
    const market = { ...genesis.markets[4]!, maxQuantityLots: 5_000 };
    expect(asMarketChange(genesis, market)).toBe(market);
    const asset = { ...genesis.assets[4]!, stepPerSecond: 0.01 };
    expect(asAssetChange(genesis, asset)).toBe(asset);
  });

  it('leaves what money is counted in', () => {
    const genesis = smallGenesis();
    const [asset, market] = [genesis.assets[4]!, genesis.markets[4]!];
    for (const change of [
      { decimals: 6 },
      { symbol: 'NEW' },
      { pool: null },
      { stepPerSecond: 0 },
      { redemption: { underlying: 'ETH', rate: '1' } },
    ]) {
      expect(asAssetChange(genesis, { ...asset, ...change })).toBe(null);
    }
    for (const change of [
      { tickSize: '1' },
      { lotSize: '0.0001' },
      { base: 'ETH' },
      { type: 'SPOT' },
      { state: 'Closed' },
      { symbol: 'X' },
      { perp: null },
    ]) {
      expect(asMarketChange(genesis, { ...market, ...change })).toBe(null);
    }
    expect(asMarketChange(genesis, asset)).toBe(null);
    expect(asAssetChange(genesis, market)).toBe(null);
    expect(asAssetChange(genesis, null)).toBe(null);
  });

  it('says which value, what is there, and what is allowed', () => {
    const genesis = smallGenesis();
    const [asset, market] = [genesis.assets[4]!, genesis.markets[4]!];
    expect(listingChangeProblems(genesis, { ...market, maxQuantityLots: 5_000 })).toEqual([]);
    expect(listingChangeProblems(genesis, { ...asset, decimals: 6 })).toEqual([{ path: 'decimals', value: 6, rule: 'stays 8' }]);
    expect(listingChangeProblems(genesis, { ...market, tickSize: '1' })).toMatchObject([
      { path: 'tickSize', value: '1', rule: expect.stringMatching(/^stays 0\.\d+$/) },
    ]);
    expect(listingChangeProblems(genesis, { ...market, symbol: 'X' })).toMatchObject([{ path: 'symbol', value: 'X' }]);
    expect(listingChangeProblems(genesis, { ...asset, stepPerSecond: 0 })).toMatchObject([{ path: 'stepPerSecond', value: 0 }]);
    expect(listingChangeProblems(genesis, { foo: 1 })).toContainEqual(expect.objectContaining({ path: 'foo', value: 1 }));
    expect(listingChangeProblems(genesis, null)).not.toEqual([]);
  });
});
