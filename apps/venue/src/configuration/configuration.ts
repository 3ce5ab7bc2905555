/** Everything a venue may choose, with its default; what a configuration file may change. */
import { defaultAccountRules, defaultLiquidationRules, defaultPriceRules } from '@mochila/core';
import type { AssetListing, FeeTier, Genesis, MarketListing } from '@mochila/protocol';
import { defaultAssets } from './default-assets.ts';
import { defaultLive, type LiveSettings } from './default-live.ts';
import { defaultMarkets } from './default-markets.ts';
import { defaultSimulation, type SimulationSettings } from './default-simulation.ts';

/** What the genesis is made of: all its rules, without the identity of one venue; assets and markets by symbol. */
export interface VenueRules extends Omit<Genesis, 'version' | 'venueId' | 'createdAtMicros' | 'sandbox' | 'seed' | 'assets' | 'markets'> {
  assets: Record<string, AssetListing>;
  markets: Record<string, MarketListing>;
}

/** A venue's configuration, complete. What belongs to one start of the program (port, host, directory) is said by flags. */
export interface Configuration {
  venue: VenueRules;
  simulation: SimulationSettings;
  /** Read with `--prices live` only. */
  live: LiveSettings;
}

/** The default configuration, made anew so that it may be changed. */
export function defaultConfiguration(): Configuration {
  return { venue: defaultVenue(), simulation: defaultSimulation(), live: defaultLive() };
}

function defaultVenue(): VenueRules {
  return {
    limits: {
      accounts: 20_000,
      users: 20_000,
      keys: 40_000,
      keysPerUser: 100,
      holdings: 200_000,
      positions: 120_000,
      orders: 200_000,
      triggers: 50_000,
      levelsPerSide: 5_000,
      accountsPerUser: 10,
      limitOrdersPerAccount: 500,
      triggerOrdersPerAccount: 100,
      idempotencyKeysPerAccount: 1_000,
      idempotencyKeys: 100_000,
      replayedSignatures: 500_000,
      withdrawalsOpen: 10_000,
      settleSliceAccounts: 5_000,
    },
    prices: {
      sources: defaultSimulation().sources.map(({ name, quote }) => ({ name, weight: 1, quote })),
      ...defaultPriceRules(),
    },
    assets: Object.fromEntries(defaultAssets().map((listing) => [listing.symbol, listing])),
    markets: Object.fromEntries(defaultMarkets().map((listing) => [listing.symbol, listing])),
    feeTiers: defaultFeeTiers(),
    ...defaultAccountRules(),
    liquidation: defaultLiquidationRules(),
    fundGrant: '1000000',
  };
}

/** Tier 1 is 8 / 10 bp on spot and 2 / 5 bp on perpetuals; volume lowers both until makers are paid a little. */
function defaultFeeTiers(): FeeTier[] {
  const tier = (volumeUsd: number, spot: [maker: number, taker: number], perp: [maker: number, taker: number]): FeeTier => ({
    volumeUsd,
    spotMakerPpm: spot[0],
    spotTakerPpm: spot[1],
    perpMakerPpm: perp[0],
    perpTakerPpm: perp[1],
  });
  return [
    tier(0, [800, 1_000], [200, 500]),
    tier(1_000_000, [700, 900], [180, 450]),
    tier(10_000_000, [600, 800], [150, 400]),
    tier(50_000_000, [400, 600], [100, 350]),
    tier(250_000_000, [200, 500], [50, 300]),
    tier(1_000_000_000, [0, 400], [-50, 250]),
  ];
}
