/** Recorded prices as the venue's: `--prices replay --prices-file FILE[=SOURCE[:ASSETS]]`, given once or more. */
import {
  describeRefused,
  type RefusedLine,
  ReplayFault,
  type ReplayFile,
  ReplayPrices,
  readPriceRows,
  sourceNames,
} from '@mochila/prices-replay';
import type { Genesis } from '@mochila/protocol';
import type { Logger } from 'pino';
import type { Configuration } from './configuration/configuration.ts';
import type { PriceSourceKind } from './price-source-kind.ts';

/** Refused lines that are told one by one; of the others their number is told. */
const TOLD_MAX = 20;

/** The row of `replay` in the table of price sources. */
export const REPLAY: PriceSourceKind = {
  prepare: async (configuration, { replayFiles }) => {
    await tryFiles(replayFiles, Object.keys(configuration.venue.assets));
    return listenTo(configuration, namesOf(replayFiles, configuration.venue.prices.freshSourcesMin));
  },
  open: ({ options, genesis, clock, log }) => {
    const { replayFiles } = options;
    const sourcesMin = genesis.prices.freshSourcesMin;
    checkHeard(namesOf(replayFiles, sourcesMin), genesis);
    return new ReplayPrices({
      files: replayFiles,
      clock,
      assets: genesis.assets.map(({ symbol }) => symbol),
      sourcesMin,
      onRefused: tellRefused(log),
      onEnd: ({ rows, refusedLines, fromMicros, toMicros }) =>
        log.warn(
          `the replay is over: ${rows} prices from ${isoOf(fromMicros)} to ${isoOf(toMicros)}, ${refusedLines} lines refused; ` +
            'nothing more will be said, so prices go stale and markets reduce-only',
        ),
      onFault: (reason) => log.error(`the replay broke off, so prices go stale and markets reduce-only: ${reason}`),
    });
  },
};

/** Reads the first row of every file, so that a venue does not begin for a recording that cannot be played. */
async function tryFiles(files: readonly ReplayFile[], assets: readonly string[]): Promise<void> {
  const rows = readPriceRows(files, { assets, toleranceMicros: 0, onRefused: () => undefined });
  await rows.next();
  await rows.return();
}

function namesOf(files: readonly ReplayFile[], sourcesMin: number): string[] {
  const names = sourceNames(
    files.map(({ source }) => source),
    sourcesMin,
  );
  return [...names.values()].flat();
}

/** A new venue listens to the sources of the recording, unless its configuration names them all. Their prices are in dollars. */
function listenTo(configuration: Configuration, names: readonly string[]): Configuration {
  const { prices } = configuration.venue;
  if (names.every((name) => prices.sources.some((source) => source.name === name))) return configuration;
  const sources = names.map((name) => ({ name, weight: 1, quote: 'USD' as const }));
  return { ...configuration, venue: { ...configuration.venue, prices: { ...prices, sources } } };
}

function checkHeard(names: readonly string[], { prices }: Genesis): void {
  const unheard = names.filter((name) => !prices.sources.some((source) => source.name === name));
  if (unheard.length === 0) return;
  const heard = prices.sources.map(({ name }) => name).join(', ');
  throw new ReplayFault(
    `this venue listens to ${heard} since it began, not to ${unheard.join(', ')}: begin a venue of its own for the replay with --data DIR`,
  );
}

function tellRefused(log: Logger): (refused: RefusedLine) => void {
  let told = 0;
  return (refused) => {
    told += 1;
    if (told <= TOLD_MAX) log.warn(`a line of the recording is left out: ${describeRefused(refused)}`);
    if (told === TOLD_MAX) log.warn('more lines may be left out; their number is told at the end of the recording');
  };
}

function isoOf(micros: number): string {
  return new Date(micros / 1_000).toISOString();
}
