/** Which venue a start is about: the one found in the data directory, or a new one. */
import { existsSync } from 'node:fs';
import type { Genesis } from '@mochila/protocol';
import { buildGenesis } from './configuration/build-genesis.ts';
import type { Configuration } from './configuration/configuration.ts';
import { DataDirectoryFault, findGenesis, keepGenesis, newVenueId } from './data-directory.ts';
import type { VenueOptions } from './options.ts';
import { journalDirectory } from './storage.ts';

const MICROS_PER_SECOND = 1_000_000;

/** A constitution, and what of the flags it does not follow. */
export type FoundVenue = {
  readonly genesis: Genesis;
  /** For people: what was decided at the first start and stays so. */
  readonly remarks: readonly string[];
};

/**
 * The venue of a data directory; begins a new one where there is none.
 *
 * @throws DataDirectoryFault when what is there cannot be used, or is a sandbox although a closed venue is asked for
 */
export function findVenue(options: VenueOptions, configuration: Configuration, nowMs: number): FoundVenue {
  const found = findGenesis(options.dataDirectory);
  if (found === null) return { genesis: beginVenue(options, configuration, nowMs), remarks: [] };
  if (found.sandbox && !options.isSandbox) {
    throw new DataDirectoryFault(
      `the venue in ${options.dataDirectory} is a sandbox, and --closed cannot change that: use another directory with --data, or \`npm run reset\``,
    );
  }
  return { genesis: found, remarks: remarksOn(found, options) };
}

function beginVenue(options: VenueOptions, configuration: Configuration, nowMs: number): Genesis {
  const { dataDirectory, seed, isSandbox } = options;
  if (existsSync(journalDirectory(dataDirectory))) {
    throw new DataDirectoryFault(
      `${dataDirectory} holds a journal and no genesis.json: put the file back from a copy, or use another directory with --data`,
    );
  }
  const createdAtMicros = Math.floor(nowMs / 1000) * MICROS_PER_SECOND;
  const genesis = buildGenesis(configuration, { venueId: newVenueId(), seed: seed ?? 1, sandbox: isSandbox, createdAtMicros });
  keepGenesis(dataDirectory, genesis);
  return genesis;
}

function remarksOn(genesis: Genesis, { isSandbox, seed, configurationFile }: VenueOptions): string[] {
  return [
    ...(isSandbox && !genesis.sandbox ? ['this venue was begun with --closed and stays closed: keys are made by the CLI'] : []),
    ...(seed !== null && seed !== genesis.seed ? [`the seed stays ${genesis.seed}, as this venue was begun with`] : []),
    ...(configurationFile === null
      ? []
      : [
          'rules and listings stay as this venue was begun with; only the simulated world and the symbols of live sources are read from the configuration',
        ]),
  ];
}
