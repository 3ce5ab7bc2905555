/** Which venue a start is about: the one found in the data directory, or a new one. */
import { existsSync } from 'node:fs';
import { readVenueId } from '@mochila/journal-file';
import type { Genesis } from '@mochila/protocol';
import { genesisOf } from '@mochila/runtime';
import { buildGenesis } from './configuration/build-genesis.ts';
import type { Configuration } from './configuration/configuration.ts';
import { DataDirectoryFault, findGenesis, keepGenesis, newVenueId } from './data-directory.ts';
import type { VenueOptions } from './options.ts';
import { journalDirectory, openStorage } from './storage.ts';

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
 * @throws faults of the journal when a lost constitution cannot be read from it, DataDirectoryFault when what is there cannot be used, or is a sandbox although a closed venue is asked for
 */
export function findVenue(options: VenueOptions, configuration: Configuration, nowMs: number): FoundVenue {
  const found = findGenesis(options.dataDirectory) ?? restoreGenesis(options.dataDirectory);
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
  const createdAtMicros = Math.floor(nowMs / 1000) * MICROS_PER_SECOND;
  const genesis = buildGenesis(configuration, { venueId: newVenueId(), seed: seed ?? 1, sandbox: isSandbox, createdAtMicros });
  keepGenesis(dataDirectory, genesis);
  return genesis;
}

/** Writes a constitution that was lost again from the first command of the journal, which is the truth; null where there is none. */
function restoreGenesis(dataDirectory: string): Genesis | null {
  const directory = journalDirectory(dataDirectory);
  if (!existsSync(directory)) return null;
  const venueId = readVenueId(directory);
  if (venueId === null) {
    throw new DataDirectoryFault(
      `${dataDirectory} holds a journal without a beginning and no genesis.json: put both back from a copy, or use another directory with --data`,
    );
  }
  const journal = openStorage({ directory: dataDirectory, venueId }).createJournal(true);
  journal.open();
  try {
    const genesis = genesisOf(journal);
    keepGenesis(dataDirectory, genesis);
    return genesis;
  } finally {
    journal.close();
  }
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
