/** What a new asset or market of a configuration file starts from: the caution of new listings, without what only its owner knows. */
import type { AssetListing, MarketListing } from '@mochila/protocol';

/** The beginning of an asset's listing; its decimals and the limit of its pool are still to be given. */
export function newAsset(symbol: string): Partial<AssetListing> & Readonly<Record<string, unknown>> {
  const pool = {
    rMin: 0.01,
    rOpt: 0.1,
    rMax: 1.5,
    uOpt: 0.8,
    fee: 0.1,
    maxUtilization: 0.95,
    throttleThreshold: 0.9,
    throttleFraction: 0.1,
  };
  return {
    symbol,
    displayName: symbol,
    weight: { kind: 'inverseSqrt', weight: 0.6, base: 1.1, penalty: 0.0003 },
    borrowImf: { base: 0.2, factor: 0 },
    borrowMmf: { base: 0.12, factor: 0 },
    pool: { ...pool, openBorrowLendLimit: '0' },
    redemption: null,
    stepPerSecond: 0.01,
    tokens: [],
    faucetGrant: '0',
    faucetDaily: '0',
  };
}

/** The beginning of a market's listing by its symbol; its tick, lot and largest numbers are still to be given. */
export function newMarket(symbol: string): Partial<MarketListing> & Readonly<Record<string, unknown>> {
  const isPerp = symbol.endsWith('_PERP');
  const [base = '', quote = ''] = symbol.replace(/_PERP$/, '').split('_');
  return {
    symbol,
    type: isPerp ? 'PERP' : 'SPOT',
    base,
    quote,
    minQuantityLots: 1,
    state: 'Open',
    limitBand: { min: 0.75, max: 1.25 },
    impactBand: { min: 0.97, max: 1.03 },
    meanMarkBand: isPerp ? { min: 0.9, max: 1.1 } : { min: 0.97, max: 1.03 },
    perp: isPerp ? newPerp() : null,
    takerSpeedBumpMs: 0,
  };
}

function newPerp(): MarketListing['perp'] {
  return {
    imf: { base: 0.2, factor: 0.0002 },
    mmf: { base: 0.12, factor: 0.00012 },
    premiumBound: 0.1,
    meanPremiumTolerance: 0.05,
    impactNotionalUsd: 10_000,
    fundingCap: 0.015,
    fundingFloor: -0.015,
    openInterestLimitUsd: 5_000_000,
  };
}
