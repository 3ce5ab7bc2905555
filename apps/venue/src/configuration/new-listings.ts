/** What a new asset or market of a configuration file starts from: the caution of new listings, without what only its owner knows. */
import { defaultBands, defaultPerp, defaultPool } from '@mochila/core';
import type { AssetListing, MarketListing } from '@mochila/protocol';

/** The beginning of an asset's listing; its decimals and the limit of its pool are still to be given. */
export function newAsset(symbol: string): Partial<AssetListing> & Readonly<Record<string, unknown>> {
  return {
    symbol,
    displayName: symbol,
    weight: { kind: 'inverseSqrt', weight: 0.6, base: 1.1, penalty: 0.0003 },
    borrowImf: { base: 0.2, factor: 0 },
    borrowMmf: { base: 0.12, factor: 0 },
    pool: { ...defaultPool('other'), openBorrowLendLimit: '0' },
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
    ...defaultBands(isPerp, false),
    perp: isPerp ? defaultPerp('new') : null,
    takerSpeedBumpMs: 0,
  };
}
