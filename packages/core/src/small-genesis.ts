/** A small valid venue for tests: five assets, four spot markets, three perpetuals, the defaults of the specs. */
import type { AssetListing, Genesis, MarginFunction, MarketListing, PoolListing } from '@mochila/protocol';
import {
  defaultAccountRules,
  defaultBands,
  defaultLiquidationRules,
  defaultPerp,
  defaultPool,
  defaultPriceRules,
  type PoolGroup,
} from './default-rules.ts';

/** When the small venue began: the start of an hour, in microseconds. */
export const SMALL_GENESIS_MICROS = 1_760_000_400_000_000;

/** MarketIx of the small venue's markets. */
export const SmallMarket = {
  BTC_USDC: 0,
  ETH_USDC: 1,
  SOL_USDC: 2,
  USDT_USDC: 3,
  BTC_USDC_PERP: 4,
  ETH_USDC_PERP: 5,
  SOL_USDC_PERP: 6,
} as const;

/** AssetIx of the small venue's assets. */
export const SmallAsset = { USDC: 0, USDT: 1, BTC: 2, ETH: 3, SOL: 4 } as const;

/**
 * Builds the small venue's genesis anew, so that a test may change its copy.
 *
 * @param changes - fields that replace the defaults whole.
 * @example createState(smallGenesis({ settleEverySeconds: 60 }))
 */
export function smallGenesis(changes: Partial<Genesis> = {}): Genesis {
  return {
    version: 1,
    venueId: 'small-venue',
    createdAtMicros: SMALL_GENESIS_MICROS,
    sandbox: true,
    seed: 1,
    limits: {
      accounts: 256,
      users: 64,
      keys: 128,
      keysPerUser: 8,
      holdings: 2_048,
      positions: 2_048,
      orders: 4_096,
      triggers: 1_024,
      levelsPerSide: 1_024,
      accountsPerUser: 10,
      limitOrdersPerAccount: 500,
      triggerOrdersPerAccount: 100,
      idempotencyKeysPerAccount: 16,
      idempotencyKeys: 256,
      replayedSignatures: 4_096,
      withdrawalsOpen: 64,
      settleSliceAccounts: 100,
    },
    prices: {
      sources: [
        { name: 'alpha', weight: 1, quote: 'USD' },
        { name: 'bravo', weight: 1, quote: 'USDC' },
        { name: 'charlie', weight: 1, quote: 'USD' },
        { name: 'delta', weight: 1, quote: 'USDT' },
      ],
      ...defaultPriceRules(),
    },
    assets: smallAssets(),
    markets: smallMarkets(),
    feeTiers: [
      { volumeUsd: 0, spotMakerPpm: 800, spotTakerPpm: 1_000, perpMakerPpm: 200, perpTakerPpm: 500 },
      { volumeUsd: 1_000_000, spotMakerPpm: 600, spotTakerPpm: 800, perpMakerPpm: 100, perpTakerPpm: 400 },
      { volumeUsd: 100_000_000, spotMakerPpm: 0, spotTakerPpm: 400, perpMakerPpm: -50, perpTakerPpm: 250 },
    ],
    ...defaultAccountRules(),
    liquidation: { ...defaultLiquidationRules(), providerCapitalMinUsd: 1 },
    fundGrant: '1000000',
    ...changes,
  };
}

function smallAssets(): AssetListing[] {
  const third = { base: 0.2, factor: 0 };
  return [
    asset('USDC', 6, 1, { base: 0.1, factor: 0 }, pool('dollar'), 0.01, ['100000', '100000']),
    asset('USDT', 6, 0.99, third, pool('other'), 0.01, ['0', '100000']),
    asset('BTC', 8, 0.95, third, pool('major'), 0.005, ['2', '2']),
    asset('ETH', 8, 0.95, third, pool('major'), 0.005, ['20', '20']),
    asset('SOL', 8, 0.9, third, pool('other'), 0.005, ['500', '500']),
  ];
}

function asset(
  symbol: string,
  decimals: number,
  weight: number,
  borrowImf: MarginFunction,
  lending: PoolListing,
  stepPerSecond: number,
  faucet: [string, string],
): AssetListing {
  return {
    symbol,
    displayName: symbol,
    decimals,
    weight: { kind: 'identity', weight },
    borrowImf,
    borrowMmf: { base: borrowImf.base * 0.6, factor: borrowImf.factor * 0.6 },
    pool: lending,
    redemption: null,
    stepPerSecond,
    tokens: [
      {
        blockchain: 'Simulated',
        contractAddress: null,
        minimumDeposit: '0',
        minimumWithdrawal: '0.001',
        withdrawalFee: '0.0001',
        nativeDecimals: decimals,
      },
    ],
    faucetGrant: faucet[0],
    faucetDaily: faucet[1],
  };
}

function pool(group: PoolGroup): PoolListing {
  return { ...defaultPool(group), openBorrowLendLimit: '10000000' };
}

function smallMarkets(): MarketListing[] {
  const sizes = {
    BTC: { tickSize: '0.1', lotSize: '0.00001', minQuantityLots: 1, maxQuantityLots: 100_000_000, maxPriceTicks: 10_000_000 },
    ETH: { tickSize: '0.01', lotSize: '0.0001', minQuantityLots: 1, maxQuantityLots: 100_000_000, maxPriceTicks: 10_000_000 },
    SOL: { tickSize: '0.01', lotSize: '0.01', minQuantityLots: 1, maxQuantityLots: 10_000_000, maxPriceTicks: 1_000_000 },
    USDT: { tickSize: '0.0001', lotSize: '0.01', minQuantityLots: 100, maxQuantityLots: 1_000_000_000, maxPriceTicks: 20_000 },
  };
  return [
    market('BTC', sizes.BTC, false),
    market('ETH', sizes.ETH, false),
    market('SOL', sizes.SOL, false),
    market('USDT', sizes.USDT, false),
    market('BTC', sizes.BTC, true),
    market('ETH', sizes.ETH, true),
    market('SOL', sizes.SOL, true),
  ];
}

type Sizes = Pick<MarketListing, 'tickSize' | 'lotSize' | 'minQuantityLots' | 'maxQuantityLots' | 'maxPriceTicks'>;

function market(base: string, sizes: Sizes, isPerp: boolean): MarketListing {
  return {
    symbol: isPerp ? `${base}_USDC_PERP` : `${base}_USDC`,
    type: isPerp ? 'PERP' : 'SPOT',
    base,
    quote: 'USDC',
    ...sizes,
    state: 'Open',
    ...defaultBands(isPerp, true),
    perp: isPerp ? defaultPerp('major') : null,
    takerSpeedBumpMs: 0,
  };
}
