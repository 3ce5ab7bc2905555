/** Keeps the directory in step with the parameters that an operator changes. */
import type { EngineLink } from '@mochila/ports';
import type { AssetListing, EngineEvent, MarketListing } from '@mochila/protocol';
import type { VenueDirectory } from './directory.ts';

/**
 * Follows changes first, then asks for what is listed now, so that nothing falls in between.
 *
 * @returns how to stop
 * @throws LinkFault (rejects) when the engine does not answer
 */
export async function followListings(engine: EngineLink, directory: VenueDirectory): Promise<() => void> {
  // What changed meanwhile is newer than what was asked for.
  const changed = new Set<string>();
  const stop = engine.follow(({ events }) => {
    for (const event of events) {
      const listing = listingOf(event);
      if (listing === null) continue;
      changed.add(listing.symbol);
      directory.replaceListing(listing);
    }
  });
  try {
    const { assets, markets } = await engine.ask('listings', {});
    for (const listing of [...assets, ...markets]) if (!changed.has(listing.symbol)) directory.replaceListing(listing);
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}

/** The engine has judged it: it is a whole listing, as a genesis has it. */
function listingOf(event: EngineEvent): AssetListing | MarketListing | null {
  return event.name === 'parametersChanged' ? JSON.parse(new TextDecoder().decode(event.fields.json)) : null;
}
