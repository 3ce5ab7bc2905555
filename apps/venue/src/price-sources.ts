/** Where a venue's prices come from: one row for every name that `--prices` takes. */
import { createPriceWorld, SimulatedPrices } from '@mochila/prices-simulated';
import type { Genesis } from '@mochila/protocol';
import type { Configuration } from './configuration/configuration.ts';
import { type SimulationSettings, worldSettings } from './configuration/default-simulation.ts';
import { LIVE } from './live-prices.ts';
import type { PricesName, VenueOptions } from './options.ts';
import { PriceSourceFault, type PriceSourceKind } from './price-source-kind.ts';
import { REPLAY } from './replay-prices.ts';

/** The ways there are, by name. */
export const PRICE_SOURCES: Readonly<Record<PricesName, PriceSourceKind>> = {
  simulated: {
    open: ({ configuration, genesis, clock }) => {
      checkHeard(configuration.simulation, genesis);
      const world = createPriceWorld(worldSettings(configuration.simulation, genesis.seed));
      return new SimulatedPrices({ world, clock, beganAtMicros: genesis.createdAtMicros });
    },
  },
  live: LIVE,
  replay: REPLAY,
};

/** The configuration with which a new venue hears the source that its options name. */
export function configurePrices(configuration: Configuration, options: VenueOptions): Promise<Configuration> {
  return PRICE_SOURCES[options.prices].prepare?.(configuration, options) ?? Promise.resolve(configuration);
}

/** A venue that was begun with other sources would hear nobody. */
function checkHeard({ sources }: SimulationSettings, { prices }: Genesis): void {
  const heard = new Set(prices.sources.map(({ name }) => name));
  if (sources.some(({ name }) => heard.has(name))) return;
  throw new PriceSourceFault(
    `this venue listens to ${[...heard].join(', ')} since it began, not to the simulated world: start it with --prices as before, or begin another with --data DIR`,
  );
}
