/** What a way to get prices consists of; `price-sources.ts` lists them. */
import type { Clock, PriceSource } from '@mochila/ports';
import type { ExchangeFigures } from '@mochila/prices-exchanges';
import type { Genesis } from '@mochila/protocol';
import type { Logger } from 'pino';
import type { Configuration } from './configuration/configuration.ts';
import type { VenueOptions } from './options.ts';

/** What a source of prices may be made of. */
export type PriceSourceParts = {
  readonly options: VenueOptions;
  readonly configuration: Configuration;
  readonly genesis: Genesis;
  readonly clock: Clock;
  readonly log: Logger;
};

/** A source, and what it counted where it counts. */
export type OpenedPrices = PriceSource & { figures?(): readonly ExchangeFigures[] };

/** One way to get prices. */
export type PriceSourceKind = {
  /** Fits the configuration of a new venue to the source. @throws (rejects) when the source cannot be used at all, before anything is written */
  prepare?(configuration: Configuration, options: VenueOptions): Promise<Configuration>;
  /** Makes the source; nothing is read before its start. @throws when the venue does not listen to it */
  open(parts: PriceSourceParts): OpenedPrices;
  /** For people: what is read from where, a line each. */
  describe?(configuration: Configuration, genesis: Genesis): string[];
};

/** Prices that cannot be had as asked; says why and what to do. */
export class PriceSourceFault extends Error {
  override readonly name = 'PriceSourceFault';
}
