/** An operator's hand in a scenario. */
import { type AssetListing, commands, type MarketListing } from '@mochila/protocol';
import type { SimVenue } from '../venue/sim-venue.ts';

/** Replaces a listing by another of the same symbol. @throws Error when the venue refuses it. */
export function changeListing(venue: SimVenue, listing: AssetListing | MarketListing): void {
  const { rejectCode } = venue.send(commands.updateParameters, { json: new TextEncoder().encode(JSON.stringify(listing)) });
  if (rejectCode !== 0) throw new Error(`a new listing of ${listing.symbol} was refused: ${rejectCode}`);
}
