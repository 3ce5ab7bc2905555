/** The constitution of a simulated venue: the defaults of the rules, its coins, and, for comparison, an engine without the price layers. */
import { defaultBands, defaultPerp, defaultPool, type ListingGroup, type PoolGroup, smallGenesis } from '@mochila/core';
import type { AssetListing, Genesis, MarketListing, PerpListing, PoolListing } from '@mochila/protocol';
import { type Coin, digitsOf } from './coin.ts';

/** What a simulated venue is made for. */
export interface SimSizes {
  readonly coins: readonly Coin[];
  readonly accounts: number;
  readonly orders: number;
  /** Positions and balances an account has on average. */
  readonly rowsPerAccount: number;
  /** Open-interest limit of every perpetual, USD; the defaults of the rules when left out. */
  readonly openInterestUsd?: number;
  /** USDC that the fund begins with. */
  readonly fundUsdc: number;
}

/** Which engine plays: ours, or the same one with mark = last trade, no bands, everything liquidated at once. */
export type EngineKind = 'layered' | 'bare';

const GROUPS: Readonly<Record<Coin['kind'], ListingGroup>> = { major: 'major', large: 'other', alt: 'other', new: 'new' };
const WEIGHTS: Record<Coin['kind'], AssetListing['weight']> = {
  major: { kind: 'identity', weight: 0.95 },
  large: { kind: 'inverseSqrt', weight: 0.85, base: 1.1, penalty: 0.0003 },
  alt: { kind: 'inverseSqrt', weight: 0.85, base: 1.1, penalty: 0.0003 },
  new: { kind: 'inverseSqrt', weight: 0.5, base: 1.1, penalty: 0.0003 },
};
const SOURCES = ['alpha', 'bravo', 'charlie', 'delta'];

/** Makes the genesis. */
export function simGenesis(sizes: SimSizes, engine: EngineKind, seed: number): Genesis {
  const { coins, accounts, orders, rowsPerAccount } = sizes;
  const base = smallGenesis();
  const genesis: Genesis = {
    ...base,
    venueId: `simulated-${engine}`,
    seed,
    limits: {
      ...base.limits,
      accounts: accounts + 8,
      users: accounts + 8,
      keys: accounts + 8,
      holdings: Math.ceil((accounts + 8) * rowsPerAccount) + 4 * (coins.length + 1),
      positions: Math.ceil((accounts + 8) * rowsPerAccount) + 8 * coins.length,
      orders,
      limitOrdersPerAccount: 5_000,
      replayedSignatures: 1 << 20,
      settleSliceAccounts: 5_000,
      levelsPerSide: 1 << 12,
    },
    prices: { ...base.prices, sources: SOURCES.map((name) => ({ name, weight: 1, quote: 'USD' as const })) },
    assets: [usdc(), ...coins.map(assetOf)],
    markets: coins.flatMap((coin) => marketsOf(coin, sizes.openInterestUsd)),
    account: { ...base.account, leverageLimitMax: 50, positionLimitUsd: 1e12, borrowLimitUsd: 1e12 },
    fundGrant: String(sizes.fundUsdc),
    registrationsPerAddressAndDay: 1_000_000,
  };
  return engine === 'layered' ? genesis : withoutLayers(genesis);
}

/** The same venue as many were built: mark = last trade, no bands, the whole position to the book at once. */
function withoutLayers(genesis: Genesis): Genesis {
  const wide = { min: 0.000001, max: 100 };
  return {
    ...genesis,
    prices: { ...genesis.prices, marks: 'lastTrade' },
    markets: genesis.markets.map((listing) => ({
      ...listing,
      limitBand: wide,
      impactBand: wide,
      meanMarkBand: wide,
      perp: listing.perp === null ? null : { ...listing.perp, meanPremiumTolerance: 1 },
    })),
    liquidation: { ...genesis.liquidation, sliceFraction: 1 },
  };
}

function usdc(): AssetListing {
  return {
    symbol: 'USDC',
    displayName: 'USDC',
    decimals: 6,
    weight: { kind: 'identity', weight: 1 },
    borrowImf: { base: 0.1, factor: 0 },
    borrowMmf: { base: 0.06, factor: 0 },
    pool: pool('dollar'),
    redemption: null,
    stepPerSecond: 0.01,
    tokens: [],
    faucetGrant: '0',
    faucetDaily: '0',
  };
}

function assetOf(coin: Coin): AssetListing {
  return {
    ...usdc(),
    symbol: coin.symbol,
    displayName: coin.symbol,
    decimals: digitsOf(coin).decimals,
    weight: WEIGHTS[coin.kind],
    borrowImf: { base: 0.2, factor: 0 },
    borrowMmf: { base: 0.12, factor: 0 },
    pool: pool(coin.kind === 'major' ? 'major' : 'other'),
    redemption: coin.redemption ?? null,
    stepPerSecond: coin.kind === 'major' ? 0.005 : 0.01,
  };
}

function pool(group: PoolGroup): PoolListing {
  return { ...defaultPool(group), openBorrowLendLimit: '10000000' };
}

function marketsOf(coin: Coin, openInterestUsd?: number): MarketListing[] {
  const listings: MarketListing[] = [];
  if (coin.markets !== 'perp') listings.push(market(coin, null));
  if (coin.markets !== 'spot') listings.push(market(coin, perpOf(coin, openInterestUsd)));
  return listings;
}

function perpOf({ kind }: Coin, openInterestUsd?: number): PerpListing {
  const perp = defaultPerp(GROUPS[kind]);
  return { ...perp, openInterestLimitUsd: openInterestUsd ?? perp.openInterestLimitUsd };
}

function market(coin: Coin, perp: PerpListing | null): MarketListing {
  const { tickText, lotText } = digitsOf(coin);
  return {
    symbol: `${coin.symbol}_USDC${perp === null ? '' : '_PERP'}`,
    type: perp === null ? 'SPOT' : 'PERP',
    base: coin.symbol,
    quote: 'USDC',
    tickSize: tickText,
    lotSize: lotText,
    minQuantityLots: 1,
    maxQuantityLots: 10_000_000,
    maxPriceTicks: 3_000_000,
    state: 'Open',
    ...defaultBands(perp !== null, coin.kind === 'major'),
    perp,
    takerSpeedBumpMs: 0,
  };
}
