/** The constitution of a simulated venue: the defaults of the rules, its coins, and, for comparison, an engine without the price layers. */
import { smallGenesis } from '@mochila/core';
import type { AssetListing, Genesis, MarginFunction, MarketListing, PerpListing, PoolListing } from '@mochila/protocol';
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

const MARGINS: Record<Coin['kind'], { imf: MarginFunction; mmf: MarginFunction; premiumBound: number; oiUsd: number }> = {
  major: { imf: { base: 0.02, factor: 0.00006 }, mmf: { base: 0.0125, factor: 0.000036 }, premiumBound: 0.01, oiUsd: 500e6 },
  large: { imf: { base: 0.05, factor: 0.0002 }, mmf: { base: 0.03, factor: 0.00012 }, premiumBound: 0.025, oiUsd: 50e6 },
  alt: { imf: { base: 0.05, factor: 0.0002 }, mmf: { base: 0.03, factor: 0.00012 }, premiumBound: 0.025, oiUsd: 50e6 },
  new: { imf: { base: 0.2, factor: 0.0002 }, mmf: { base: 0.12, factor: 0.00012 }, premiumBound: 0.1, oiUsd: 5e6 },
};
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
    pool: pool(0.01, 0.08, 1),
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
    pool: coin.kind === 'major' ? pool(0.005, 0.04, 0.6) : pool(0.01, 0.1, 1.5),
    redemption: coin.redemption ?? null,
    stepPerSecond: coin.kind === 'major' ? 0.005 : 0.01,
  };
}

function pool(rMin: number, rOpt: number, rMax: number): PoolListing {
  const limits = { uOpt: 0.8, fee: 0.1, maxUtilization: 0.95, throttleThreshold: 0.9, throttleFraction: 0.1 };
  return { rMin, rOpt, rMax, ...limits, openBorrowLendLimit: '10000000' };
}

function marketsOf(coin: Coin, openInterestUsd?: number): MarketListing[] {
  const listings: MarketListing[] = [];
  if (coin.markets !== 'perp') listings.push(market(coin, null));
  if (coin.markets !== 'spot') listings.push(market(coin, perpOf(coin, openInterestUsd)));
  return listings;
}

function perpOf({ kind }: Coin, openInterestUsd?: number): PerpListing {
  const { imf, mmf, premiumBound, oiUsd } = MARGINS[kind];
  const funding = { fundingCap: 0.015, fundingFloor: -0.015, impactNotionalUsd: 10_000 };
  return { imf, mmf, premiumBound, meanPremiumTolerance: 0.05, openInterestLimitUsd: openInterestUsd ?? oiUsd, ...funding };
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
    limitBand: { min: 0.75, max: 1.25 },
    impactBand: coin.kind === 'major' ? { min: 0.99, max: 1.01 } : { min: 0.97, max: 1.03 },
    meanMarkBand: perp === null ? { min: 0.97, max: 1.03 } : { min: 0.9, max: 1.1 },
    perp,
    takerSpeedBumpMs: 0,
  };
}
