/** `npm start`. */
import { resolve } from 'node:path';
import { bannerOf } from './banner.ts';
import { nameOfPlace } from './history-place.ts';
import { DEFAULT_DATA_DIRECTORY, HELP, OptionFault, readOptions, type VenueOptions } from './options.ts';
import { type RunningVenue, startVenue } from './start-venue.ts';
import { createVenueLogger } from './venue-logger.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  let options: VenueOptions;
  try {
    options = readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof OptionFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  if (options.isHelpWanted) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  return run({ ...options, dataDirectory: resolve(options.dataDirectory) });
}

async function run(options: VenueOptions): Promise<number> {
  const startedMs = performance.now();
  const asked = signalOnce();
  let isStarting = true;
  void asked.then(() => isStarting && process.stdout.write('  Stopping as soon as it has started; ctrl-c again ends it at once.\n'));
  let venue: RunningVenue;
  try {
    const log = createVenueLogger('venue', options.logLevel);
    venue = await startVenue(options, { log, onProgress: (text) => process.stdout.write(`  ${text}\n`) });
  } catch (error) {
    process.stderr.write(`Mochila did not start: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  isStarting = false;
  process.stdout.write(bannerOf(factsOf(venue, options, performance.now() - startedMs)));
  const reason = await Promise.race([asked.then(() => null), venue.failed]);
  if (reason !== null) process.stderr.write(`Mochila has to stop: ${reason}\n`);
  else process.stdout.write('\n  Stopping: what was acknowledged is being kept.\n');
  await venue.stop();
  if (reason === null) process.stdout.write('  Stopped.\n');
  return reason === null ? 0 : 1;
}

function factsOf(venue: RunningVenue, options: VenueOptions, startMs: number) {
  return {
    url: venue.url,
    isSandbox: venue.genesis.sandbox,
    isNew: venue.isNew,
    dataDirectory: options.dataDirectory,
    history: nameOfPlace(venue.historyPlace),
    lastSeq: venue.lastSeq,
    markets: venue.genesis.markets.length,
    speed: options.speed,
    leadSeconds: Math.round(venue.clock.anchorVenueMicros / 1_000_000 - venue.clock.anchorWallMillis / 1_000),
    hasMakers: options.hasMakers && venue.genesis.sandbox,
    cutBytes: venue.cutBytes,
    remarks: venue.remarks,
    prices: venue.prices,
    resetCommand: isDefaultDirectory(options) ? 'npm run reset' : `MOCHILA_DATA_DIR=${options.dataDirectory} npm run reset`,
    startMs,
  };
}

function isDefaultDirectory({ dataDirectory }: VenueOptions): boolean {
  return dataDirectory === resolve(DEFAULT_DATA_DIRECTORY);
}

/** Fulfilled at the first SIGINT or SIGTERM; a second one ends the process as it is. */
function signalOnce(): Promise<void> {
  return new Promise((fulfil) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => fulfil());
  });
}
