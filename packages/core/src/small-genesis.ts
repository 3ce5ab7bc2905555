/** A small valid venue for tests: five assets, four spot markets, three perpetuals, the defaults of the specs. */
import type {
  AssetListing,
  Band,
  Genesis,
  LiquidationRules,
  MarginFunction,
  MarketListing,
  PerpListing,
  PoolListing,
} from '@mochila/protocol';

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
      freshSourcesMin: 3,
      sourceStaleMs: 10_000,
      degradedToStaleMs: 30_000,
      clampFraction: 0.01,
      marks: 'layered',
    },
    assets: smallAssets(),
    markets: smallMarkets(),
    feeTiers: [
      { volumeUsd: 0, spotMakerPpm: 800, spotTakerPpm: 1_000, perpMakerPpm: 200, perpTakerPpm: 500 },
      { volumeUsd: 1_000_000, spotMakerPpm: 600, spotTakerPpm: 800, perpMakerPpm: 100, perpTakerPpm: 400 },
      { volumeUsd: 100_000_000, spotMakerPpm: 0, spotTakerPpm: 400, perpMakerPpm: -50, perpTakerPpm: 250 },
    ],
    account: {
      leverageLimitDefault: 20,
      leverageLimitMax: 50,
      borrowLimitUsd: 10_000_000,
      positionLimitUsd: 50_000_000,
      withdrawalDelayHours: 0,
      withdrawalDelayHoursMax: 720,
    },
    withdrawableProfitFraction: 0.1,
    withdrawableProfitUserShare: 0.1,
    settleEverySeconds: 10,
    liquidation: smallLiquidation(),
    fundGrant: '1000000',
    registrationsPerAddressAndDay: 20,
    ...changes,
  };
}

function smallLiquidation(): LiquidationRules {
  return {
    sliceFraction: 0.2,
    sliceWholeBelowUsd: 1_000,
    feeMax: 0.01,
    feeMmfShare: 0.25,
    degradedSellSeconds: 30,
    backstopMmfShare: 0.5,
    backstopMmfLess: 0.06,
    bookSeconds: 10,
    bookTakenMin: 0.1,
    providerCapitalMinUsd: 1,
    providerLeverageMax: 3,
    providerNoticeSeconds: 3_600,
    chargeMaintenanceShare: 0.5,
    chargeFundShare: 1 / 3,
    fundMarketShare: 0.25,
    fundUnwindPerMinute: 0.1,
  };
}

function smallAssets(): AssetListing[] {
  const third = { base: 0.2, factor: 0 };
  return [
    asset('USDC', 6, 1, { base: 0.1, factor: 0 }, pool(0.01, 0.08, 1), 0.01, ['100000', '100000']),
    asset('USDT', 6, 0.99, third, pool(0.01, 0.1, 1.5), 0.01, ['0', '100000']),
    asset('BTC', 8, 0.95, third, pool(0.005, 0.04, 0.6), 0.005, ['2', '2']),
    asset('ETH', 8, 0.95, third, pool(0.005, 0.04, 0.6), 0.005, ['20', '20']),
    asset('SOL', 8, 0.9, third, pool(0.01, 0.1, 1.5), 0.005, ['500', '500']),
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

function pool(rMin: number, rOpt: number, rMax: number): PoolListing {
  return {
    rMin,
    rOpt,
    rMax,
    uOpt: 0.8,
    fee: 0.1,
    maxUtilization: 0.95,
    throttleThreshold: 0.9,
    throttleFraction: 0.1,
    openBorrowLendLimit: '10000000',
  };
}

function smallMarkets(): MarketListing[] {
  const perp: PerpListing = {
    imf: { base: 0.02, factor: 0.00006 },
    mmf: { base: 0.0125, factor: 0.000036 },
    premiumBound: 0.01,
    meanPremiumTolerance: 0.05,
    impactNotionalUsd: 10_000,
    fundingCap: 0.015,
    fundingFloor: -0.015,
    openInterestLimitUsd: 500_000_000,
  };
  const sizes = {
    BTC: { tickSize: '0.1', lotSize: '0.00001', minQuantityLots: 1, maxQuantityLots: 100_000_000, maxPriceTicks: 10_000_000 },
    ETH: { tickSize: '0.01', lotSize: '0.0001', minQuantityLots: 1, maxQuantityLots: 100_000_000, maxPriceTicks: 10_000_000 },
    SOL: { tickSize: '0.01', lotSize: '0.01', minQuantityLots: 1, maxQuantityLots: 10_000_000, maxPriceTicks: 1_000_000 },
    USDT: { tickSize: '0.0001', lotSize: '0.01', minQuantityLots: 100, maxQuantityLots: 1_000_000_000, maxPriceTicks: 20_000 },
  };
  return [
    market('BTC', sizes.BTC, null),
    market('ETH', sizes.ETH, null),
    market('SOL', sizes.SOL, null),
    market('USDT', sizes.USDT, null),
    market('BTC', sizes.BTC, perp),
    market('ETH', sizes.ETH, perp),
    market('SOL', sizes.SOL, perp),
  ];
}

type Sizes = Pick<MarketListing, 'tickSize' | 'lotSize' | 'minQuantityLots' | 'maxQuantityLots' | 'maxPriceTicks'>;

function market(base: string, sizes: Sizes, perp: PerpListing | null): MarketListing {
  const meanMarkBand: Band = perp === null ? { min: 0.97, max: 1.03 } : { min: 0.9, max: 1.1 };
  return {
    symbol: perp === null ? `${base}_USDC` : `${base}_USDC_PERP`,
    type: perp === null ? 'SPOT' : 'PERP',
    base,
    quote: 'USDC',
    ...sizes,
    state: 'Open',
    limitBand: { min: 0.75, max: 1.25 },
    impactBand: { min: 0.99, max: 1.01 },
    meanMarkBand,
    perp: perp === null ? null : { ...perp, imf: { ...perp.imf }, mmf: { ...perp.mmf } },
    takerSpeedBumpMs: 0,
  };
}
