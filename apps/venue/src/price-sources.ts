/** Where a venue's prices come from: one row for every name that `--prices` takes. */
import type { Clock, PriceSource } from '@mochila/ports';
import { createPriceWorld, SimulatedPrices } from '@mochila/prices-simulated';
import type { Genesis } from '@mochila/protocol';
import type { Logger } from 'pino';
import type { Configuration } from './configuration/configuration.ts';
import { worldSettings } from './configuration/default-simulation.ts';
import type { PricesName, VenueOptions } from './options.ts';
import { REPLAY } from './replay-prices.ts';

/** What a source of prices may be made of. */
export type PriceSourceParts = {
  readonly options: VenueOptions;
  readonly configuration: Configuration;
  readonly genesis: Genesis;
  readonly clock: Clock;
  readonly log: Logger;
};

/** One way to get prices. */
export type PriceSourceKind = {
  /** Fits the configuration of a new venue to the source. @throws (rejects) when the source cannot be used at all, before anything is written */
  prepare?(configuration: Configuration, options: VenueOptions): Promise<Configuration>;
  /** Makes the source; nothing is read before its start. */
  open(parts: PriceSourceParts): PriceSource;
};

/** The ways there are, by name. */
export const PRICE_SOURCES: Readonly<Record<PricesName, PriceSourceKind>> = {
  simulated: {
    open: ({ configuration, genesis, clock }) => {
      const world = createPriceWorld(worldSettings(configuration.simulation, genesis.seed));
      return new SimulatedPrices({ world, clock, beganAtMicros: genesis.createdAtMicros });
    },
  },
  replay: REPLAY,
};

/** The configuration with which a new venue hears the source that its options name. */
export function configurePrices(configuration: Configuration, options: VenueOptions): Promise<Configuration> {
  return PRICE_SOURCES[options.prices].prepare?.(configuration, options) ?? Promise.resolve(configuration);
}
