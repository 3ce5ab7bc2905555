/** The defaults of the rules (docs/rules): what a venue starts from where its operator chooses nothing else. Each call makes them anew. */
import type { Genesis, LiquidationRules, MarketListing, PerpListing, PoolListing, PriceRules } from '@mochila/protocol';

/** How much is known of what is listed: BTC and ETH and their like, others, and what is new. */
export type ListingGroup = 'major' | 'other' | 'new';

/** What a pool lends: the dollar of accounts, a major, or anything else. */
export type PoolGroup = 'dollar' | 'major' | 'other';

/** Which prices count (perpetuals rules 1 and 2). */
export function defaultPriceRules(): Omit<PriceRules, 'sources'> {
  return { freshSourcesMin: 3, sourceStaleMs: 10_000, degradedToStaleMs: 30_000, clampFraction: 0.01, marks: 'layered' };
}

/** What every account may do, and when what it gained is settled (accounts rules 4 and 5, interface rules 6). */
export function defaultAccountRules(): Pick<
  Genesis,
  'account' | 'withdrawableProfitFraction' | 'withdrawableProfitUserShare' | 'settleEverySeconds' | 'registrationsPerAddressAndDay'
> {
  return {
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
    registrationsPerAddressAndDay: 20,
  };
}

/** How who is short is liquidated (liquidation rules 2 and 3). */
export function defaultLiquidationRules(): LiquidationRules {
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
    providerCapitalMinUsd: 1_000,
    providerLeverageMax: 3,
    providerNoticeSeconds: 3_600,
    chargeMaintenanceShare: 0.5,
    chargeFundShare: 1 / 3,
    fundMarketShare: 0.25,
    fundUnwindPerMinute: 0.1,
  };
}

const RATES: Readonly<Record<PoolGroup, Pick<PoolListing, 'rMin' | 'rOpt' | 'rMax'>>> = {
  dollar: { rMin: 0.01, rOpt: 0.08, rMax: 1 },
  major: { rMin: 0.005, rOpt: 0.04, rMax: 0.6 },
  other: { rMin: 0.01, rOpt: 0.1, rMax: 1.5 },
};

/** A lending pool without the limit that is its asset's own (lending rules 2 and 3). */
export function defaultPool(group: PoolGroup): Omit<PoolListing, 'openBorrowLendLimit'> {
  return { ...RATES[group], uOpt: 0.8, fee: 0.1, maxUtilization: 0.95, throttleThreshold: 0.9, throttleFraction: 0.1 };
}

/** Margins, premium bound, funding and open-interest limit of a perpetual (perpetuals rules 2, 3 and 5). */
export function defaultPerp(group: ListingGroup): PerpListing {
  const funding = { meanPremiumTolerance: 0.05, impactNotionalUsd: 10_000, fundingCap: 0.015, fundingFloor: -0.015 };
  if (group === 'major') {
    const margin = { imf: { base: 0.02, factor: 0.00006 }, mmf: { base: 0.0125, factor: 0.000036 } };
    return { ...margin, premiumBound: 0.01, ...funding, openInterestLimitUsd: 500_000_000 };
  }
  if (group === 'new') {
    const margin = { imf: { base: 0.2, factor: 0.0002 }, mmf: { base: 0.12, factor: 0.00012 } };
    return { ...margin, premiumBound: 0.1, ...funding, openInterestLimitUsd: 5_000_000 };
  }
  const margin = { imf: { base: 0.05, factor: 0.0002 }, mmf: { base: 0.03, factor: 0.00012 } };
  return { ...margin, premiumBound: 0.025, ...funding, openInterestLimitUsd: 50_000_000 };
}

/** The bands of prices (perpetuals rules 6). @param isTight whether its book is deep: a major, or a dollar against another */
export function defaultBands(isPerp: boolean, isTight: boolean): Pick<MarketListing, 'limitBand' | 'impactBand' | 'meanMarkBand'> {
  return {
    limitBand: { min: 0.75, max: 1.25 },
    impactBand: isTight ? { min: 0.99, max: 1.01 } : { min: 0.97, max: 1.03 },
    meanMarkBand: isPerp ? { min: 0.9, max: 1.1 } : { min: 0.97, max: 1.03 },
  };
}
