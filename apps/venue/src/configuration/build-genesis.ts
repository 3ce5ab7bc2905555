/** Makes the constitution of a venue out of its configuration. */
import type { AssetListing, Genesis } from '@mochila/protocol';
import type { VenueRules } from './configuration.ts';

/** What makes one venue another than the next with the same rules. */
export interface VenueIdentity {
  readonly venueId: string;
  /** Seed of the simulated world. */
  readonly seed: number;
  /** A sandbox registers unknown keys and gives them test money; only a genesis with the mark can. */
  readonly sandbox: boolean;
  /** UnixMicros. */
  readonly createdAtMicros: number;
}

/**
 * Makes the genesis; `checkGenesis` of the core judges it.
 *
 * Money that nobody paid in exists in a sandbox only: elsewhere the faucet and the fund's grant are 0.
 */
export function buildGenesis({ venue }: { readonly venue: VenueRules }, identity: VenueIdentity): Genesis {
  const { venueId, seed, sandbox, createdAtMicros } = identity;
  const assets = Object.values(venue.assets);
  return {
    version: 1,
    venueId,
    createdAtMicros,
    sandbox,
    seed,
    ...structuredClone(venue),
    assets: structuredClone(sandbox ? assets : assets.map(withoutFaucet)),
    markets: structuredClone(Object.values(venue.markets)),
    fundGrant: sandbox ? venue.fundGrant : '0',
  };
}

function withoutFaucet(listing: AssetListing): AssetListing {
  return { ...listing, faucetGrant: '0', faucetDaily: '0' };
}
