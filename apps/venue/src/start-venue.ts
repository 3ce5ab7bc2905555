/** The composition root: configuration, adapters, runtime, gateway, reference makers; one call starts all, one stops all. */
import { existsSync } from 'node:fs';
import type { Genesis } from '@mochila/protocol';
import { type ClockSettings, type LinkSeat, RingEngineLink, startVenueThreads, type VenueEnd, type VenueThreads } from '@mochila/runtime';
import type { Logger } from 'pino';
import { type Configuration, defaultConfiguration } from './configuration/configuration.ts';
import { readConfiguration } from './configuration/read-configuration.ts';
import { findVenue } from './find-venue.ts';
import type { GatewayOrder, GatewayTask, HistoryFigures } from './gateway-task.ts';
import { type HistoryPlace, historyPlaceOf } from './history-place.ts';
import { operatorAddress } from './operator/operator-address.ts';
import { serveOperatorSocket } from './operator-socket.ts';
import type { VenueOptions } from './options.ts';
import { requireFreePort } from './port-fault.ts';
import { configurePrices, PRICE_SOURCES } from './price-sources.ts';
import { startFeeds, startGateway, startHistory, startMakers } from './start-parts.ts';
import type { StorageSettings } from './storage.ts';

/** A venue that runs. */
export type RunningVenue = {
  readonly url: string;
  readonly genesis: Genesis;
  readonly clock: ClockSettings;
  readonly isNew: boolean;
  readonly lastSeq: number;
  readonly cutBytes: number;
  readonly historyPlace: HistoryPlace;
  /** For people: what of the flags this venue does not follow. */
  readonly remarks: readonly string[];
  /** For people: which prices are read from where; none for a world of its own. */
  readonly prices: readonly string[];
  /** Fulfilled with the reason when a part that the venue cannot go without ended by itself. */
  readonly failed: Promise<string>;
  /** Ends everything: what was acknowledged is durable, a snapshot is kept. */
  stop(): Promise<void>;
};

/** Who hears of a start. */
export type StartListeners = {
  readonly log: Logger;
  /** Told in words how far a long start is. */
  readonly onProgress: (text: string) => void;
};

type Stop = () => Promise<void>;

const DEFAULT_CONFIGURATION_FILE = 'mochila.config.json';
const Link = { Gateway: 0, History: 1, Main: 2 } as const;
const PROGRESS_EVERY_MS = 1_000;
const PRICE_FIGURES_EVERY_MS = 1_000;
/** What the main thread follows is the custodian's, which confirms after seconds. */
const MAIN_PATIENCE_MS = 20;

/**
 * Starts a venue.
 *
 * @throws faults of the journal, the recovery, the data directory, the configuration and the port, each with what to do
 */
export async function startVenue(options: VenueOptions, listeners: StartListeners): Promise<RunningVenue> {
  await requireFreePort(options);
  const configuration = await configurePrices(readWhole(options), options);
  const { genesis, remarks } = findVenue(options, configuration, Date.now());
  const storage = { directory: options.dataDirectory, venueId: genesis.venueId };
  const threads = await startThreads(options, genesis, storage, listeners);
  const { start, clock, tail } = threads;
  const stops: Stop[] = [() => threads.stop().then(() => undefined)];
  const stop = async (): Promise<void> => {
    // The last started ends first, then the writer, and history last: it writes what the writer said at its end.
    while (stops.length > 0) await stops.pop()?.();
  };
  try {
    const historyPlace = historyPlaceOf(options.historyUrl, options.dataDirectory);
    const failure = Promise.withResolvers<string>();
    const parts = { options, configuration, threads, storage, historyPlace, log: listeners.log, stops, onFailure: failure.resolve };
    const url = await startParts(parts);
    const { isNew, lastSeq } = start;
    const { cutBytes } = tail.report;
    const prices = PRICE_SOURCES[options.prices].describe?.(configuration, genesis) ?? [];
    return { url, genesis: start.genesis, clock, isNew, lastSeq, cutBytes, historyPlace, remarks, prices, failed: failure.promise, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Parts = {
  readonly options: VenueOptions;
  readonly configuration: Configuration;
  readonly threads: VenueThreads;
  readonly storage: StorageSettings;
  readonly historyPlace: HistoryPlace;
  readonly log: Logger;
  /** How to stop each part, in the order of their start. */
  readonly stops: Stop[];
  /** Told why when a part ended that the venue cannot go without. */
  readonly onFailure: (reason: string) => void;
};

async function startParts(parts: Parts): Promise<string> {
  const { options, configuration, threads, log, stops, onFailure } = parts;
  const { genesis } = threads.start;
  let tellGateway = (_order: GatewayOrder): void => undefined;
  void threads.ended.then((end) => onFailure(tellEnd(end, log)));
  await keepHistory(parts, (figures) => tellGateway({ kind: 'history', figures }));
  const link = new RingEngineLink(seatOf(threads, Link.Main), { patienceMs: MAIN_PATIENCE_MS });
  link.ended.catch((error: unknown) => onFailure(`a follower of the engine failed: ${String(error)}`));
  stops.push(() => link.close());
  const feeds = await startFeeds({ link, genesis, options, configuration, clockSettings: threads.clock, log });
  stops.push(() => feeds.stop());
  const operator = await serveOperatorSocket(operatorAddress(options.dataDirectory), link, genesis);
  stops.push(() => operator.close());
  const { gateway, listening } = startGateway(gatewayTask(parts));
  stops.push(() => gateway.end());
  void gateway.ended.then((reason) => reason !== null && onFailure(`the gateway failed: ${reason}`));
  tellGateway = (order) => gateway.worker.postMessage(order);
  const url = await listening;
  const pricesTold = setInterval(() => tellGateway({ kind: 'prices', figures: feeds.priceFigures() }), PRICE_FIGURES_EVERY_MS);
  stops.push(() => Promise.resolve(clearInterval(pricesTold)));
  if (options.hasMakers && genesis.sandbox) stops.push(startMakers(url, genesis, options, log));
  return url;
}

/** A journal that failed is why the engine ended, not the other way round. @returns the reason in words */
function tellEnd({ core, journal }: VenueEnd, log: Logger): string {
  if (journal.kind === 'halted') return journal.error.message;
  if (core.kind !== 'halted') return 'the engine ended';
  log.fatal({ err: core.error }, 'the engine halted');
  return `${core.error.message}. Nothing of it was kept: the next start goes on from the command before it. Please report it with the stack above.`;
}

function readWhole(options: VenueOptions): Configuration {
  if (options.configurationFile !== null) return readConfiguration(options.configurationFile);
  return existsSync(DEFAULT_CONFIGURATION_FILE) ? readConfiguration(DEFAULT_CONFIGURATION_FILE) : defaultConfiguration();
}

async function startThreads(
  options: VenueOptions,
  genesis: Genesis,
  settings: StorageSettings,
  { log, onProgress }: StartListeners,
): Promise<VenueThreads> {
  const tell = seldom(onProgress);
  const threads = await startVenueThreads({
    genesis,
    storage: { moduleUrl: new URL('./storage.ts', import.meta.url).href, settings },
    links: [{ isLossy: false }, { isLossy: true }, { isLossy: false }],
    speed: options.speed,
    onJournalProgress: ({ bytesDone, bytesTotal }) => tell(`checked ${megabytes(bytesDone)} of ${megabytes(bytesTotal)} MB of the journal`),
    onReplayProgress: ({ seq, toSeq, commandsPerSecond }) =>
      tell(`replayed ${seq} of ${toSeq} commands, ${Math.round(commandsPerSecond)} a second`),
    onRefusing: ({ message }) => log.error(`the journal cannot be written, commands are refused until it can: ${message}`),
    onSnapshot: (message) => {
      if (message.kind === 'failed') log.warn(`a snapshot could not be kept: ${message.reason}`);
    },
    onUnlinked: (reason) => log.warn(`the engine runs from its modules, the same and a quarter slower: ${reason}`),
  });
  for (const { file, reason } of threads.start.damagedSnapshots) log.warn(`${file} was passed over: ${reason}`);
  return threads;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** Progress is told once a second at the most, and not of a start that takes less. */
function seldom(tell: (text: string) => void): (text: string) => void {
  let toldAtMs = performance.now();
  return (text) => {
    if (performance.now() - toldAtMs < PROGRESS_EVERY_MS) return;
    toldAtMs = performance.now();
    tell(text);
  };
}

function seatOf(threads: VenueThreads, link: number): LinkSeat {
  const seat = threads.seats[link];
  if (seat === undefined) throw new RangeError(`the venue was started without link ${link}`);
  return seat;
}

async function keepHistory(
  { threads, storage, historyPlace, log, stops }: Parts,
  onFigures: (figures: HistoryFigures) => void,
): Promise<void> {
  const { genesis, lastSeq } = threads.start;
  const seat = seatOf(threads, Link.History);
  const history = await startHistory({ seat, genesis, place: historyPlace, storage, latestSeq: lastSeq }, log, onFigures);
  stops.unshift(() => history.end());
  void history.ended.then((reason) => {
    if (reason === null) return;
    threads.abandonLink(Link.History);
    log.error(`the history thread ended, trading goes on: ${reason}`);
  });
}

function gatewayTask({ options, threads, historyPlace }: Parts): GatewayTask {
  const { host, port, isPublicSandbox, logLevel } = options;
  const { start, clock } = threads;
  return {
    seat: seatOf(threads, Link.Gateway),
    genesis: start.genesis,
    clock,
    history: historyPlace,
    host,
    port,
    isPublicSandbox,
    logLevel,
  };
}
