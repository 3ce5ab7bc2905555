/** The composition root: configuration, adapters, runtime, gateway, reference makers; one call starts all, one stops all. */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { SimulatedCustodian } from '@mochila/custody-simulated';
import type { PriceSource } from '@mochila/ports';
import { createPriceWorld, SimulatedPrices } from '@mochila/prices-simulated';
import type { Genesis } from '@mochila/protocol';
import { type ClockSettings, createVenueClock, RingEngineLink, startVenueThreads, type VenueThreads } from '@mochila/runtime';
import { blockchainsOf } from './blockchains.ts';
import { buildGenesis } from './configuration/build-genesis.ts';
import { type Configuration, defaultConfiguration } from './configuration/configuration.ts';
import { worldSettings } from './configuration/default-simulation.ts';
import { readConfiguration } from './configuration/read-configuration.ts';
import { findGenesis, keepGenesis, newVenueId } from './data-directory.ts';
import { feedPrices } from './feed-prices.ts';
import type { GatewayMessage, GatewayTask } from './gateway-task.ts';
import { type HistoryPlace, historyPlaceOf } from './history-place.ts';
import type { HistoryMessage, HistoryTask } from './history-worker.ts';
import { operatorAddress } from './operator/operator-address.ts';
import { serveOperatorSocket } from './operator-socket.ts';
import type { VenueOptions } from './options.ts';
import { type SupervisedProcess, superviseProcess } from './supervise-process.ts';

/** A venue that runs. */
export type RunningVenue = {
  readonly url: string;
  readonly genesis: Genesis;
  readonly clock: ClockSettings;
  readonly isNew: boolean;
  readonly lastSeq: number;
  readonly cutBytes: number;
  readonly historyPlace: HistoryPlace;
  /** Fulfilled with the reason when a part that the venue cannot go without ended by itself. */
  readonly failed: Promise<string>;
  /** Ends everything: what was acknowledged is durable, a snapshot is kept. */
  stop(): Promise<void>;
};

/** Told what happens, for a log. */
export type VenueLog = (level: 'info' | 'warn' | 'error', message: string) => void;

const DEFAULT_CONFIGURATION_FILE = 'mochila.config.json';
const Link = { Gateway: 0, History: 1, Main: 2 } as const;
const PROGRESS_EVERY = 200_000;

/** Starts a venue. @throws faults of the journal, the recovery, the configuration and the port, each with what to do. */
export async function startVenue(options: VenueOptions, log: VenueLog): Promise<RunningVenue> {
  const configuration = readWhole(options);
  const genesis = genesisFor(options, configuration);
  const storage = { directory: options.dataDirectory, venueId: genesis.venueId };
  const threads = await startThreads(options, genesis, storage, log);
  const { clock, start, tail } = threads;
  const failure = Promise.withResolvers<string>();
  const stops: (() => Promise<void>)[] = [() => threads.stop().then(() => undefined)];
  const stop = async (): Promise<void> => {
    // The last started ends first, the writer last.
    while (stops.length > 0) await stops.pop()?.();
  };
  try {
    void threads.ended.then(({ core }) => failure.resolve(core.kind === 'halted' ? core.error.message : 'the engine ended'));
    const historyPlace = historyPlaceOf(options.historyUrl, options.dataDirectory);
    const history = startHistory(
      { seat: seatOf(threads, Link.History), genesis: start.genesis, place: historyPlace, storage, latestSeq: start.lastSeq },
      log,
    );
    stops.push(() => endWorker(history));
    await firstStatus(history);
    const link = new RingEngineLink(seatOf(threads, Link.Main));
    link.ended.catch((error: unknown) => failure.resolve(`a follower of the engine failed: ${String(error)}`));
    stops.push(() => link.close());
    stops.push(await startFeeds(link, start.genesis, configuration, clock, log));
    const operator = await serveOperatorSocket(operatorAddress(options.dataDirectory), link, start.genesis);
    stops.push(() => operator.close());
    const gateway = startGateway(gatewayTask(options, threads, historyPlace));
    stops.push(() => endWorker(gateway.worker));
    gateway.worker.on('error', (error) => failure.resolve(`the gateway failed: ${error.message}`));
    const url = await gateway.listening;
    if (options.hasMakers && start.genesis.sandbox) stops.push(startMakers(url, options, log));
    return {
      url,
      genesis: start.genesis,
      clock,
      isNew: start.isNew,
      lastSeq: start.lastSeq,
      cutBytes: tail.report.cutBytes,
      historyPlace,
      failed: failure.promise,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readWhole(options: VenueOptions): Configuration {
  if (options.configurationFile !== null) return readConfiguration(options.configurationFile);
  return existsSync(DEFAULT_CONFIGURATION_FILE) ? readConfiguration(DEFAULT_CONFIGURATION_FILE) : defaultConfiguration();
}

/** The constitution found in the data directory, or a new one. */
function genesisFor(options: VenueOptions, configuration: Configuration): Genesis {
  const found = findGenesis(options.dataDirectory);
  if (found !== null) return found;
  const genesis = buildGenesis(configuration, {
    venueId: newVenueId(),
    seed: options.seed,
    sandbox: options.isSandbox,
    createdAtMicros: Math.floor(Date.now() / 1000) * 1e6,
  });
  keepGenesis(options.dataDirectory, genesis);
  return genesis;
}

function startThreads(
  options: VenueOptions,
  genesis: Genesis,
  settings: { directory: string; venueId: string },
  log: VenueLog,
): Promise<VenueThreads> {
  let shown = 0;
  return startVenueThreads({
    genesis,
    storage: { moduleUrl: new URL('./storage.ts', import.meta.url).href, settings },
    links: [{ isLossy: false }, { isLossy: true }, { isLossy: false }],
    speed: options.speed,
    onReplayProgress: ({ seq, toSeq, commandsPerSecond }) => {
      if (seq - shown < PROGRESS_EVERY && seq < toSeq) return;
      shown = seq;
      log('info', `replayed ${seq} of ${toSeq} commands, ${Math.round(commandsPerSecond)} a second`);
    },
    onRefusing: ({ message }) => log('error', `the journal cannot be written, commands are refused until it can: ${message}`),
    onSnapshot: (message) => {
      if (message.kind === 'failed') log('warn', `a snapshot could not be kept: ${message.reason}`);
    },
  });
}

function seatOf(threads: VenueThreads, link: number) {
  const seat = threads.seats[link];
  if (seat === undefined) throw new RangeError(`the venue was started without link ${link}`);
  return seat;
}

function startHistory(task: HistoryTask, log: VenueLog): Worker {
  const worker = new Worker(new URL('./history-worker.ts', import.meta.url), { workerData: task, name: 'history' });
  worker.on('message', (message: HistoryMessage) => {
    if (message.kind === 'fault') log('warn', `history: ${message.reason}`);
  });
  worker.on('error', (error) => log('error', `the history thread ended, trading goes on: ${error.message}`));
  return worker;
}

/** History answers or fails once; either way the venue goes on. */
function firstStatus(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('message', () => resolve());
    worker.once('exit', () => resolve());
  });
}

/** Prices and custody: what the venue hears from the world. @returns how to stop both. */
async function startFeeds(
  link: RingEngineLink,
  genesis: Genesis,
  configuration: Configuration,
  clockSettings: ClockSettings,
  log: VenueLog,
) {
  const clock = createVenueClock(clockSettings);
  const world = createPriceWorld(worldSettings(configuration.simulation, genesis.seed));
  const prices: PriceSource = new SimulatedPrices({ world, clock, beganAtMicros: genesis.createdAtMicros });
  const custodian = new SimulatedCustodian({
    link,
    clock,
    venueId: genesis.venueId,
    blockchains: blockchainsOf(genesis),
    onFault: (reason) => log('warn', `custody: ${reason}`),
  });
  await feedPrices(prices, link, genesis, (reason) => log('warn', `prices: ${reason}`));
  await custodian.start();
  return async (): Promise<void> => {
    await prices.stop();
    await custodian.stop();
  };
}

function gatewayTask(options: VenueOptions, threads: VenueThreads, history: HistoryPlace): GatewayTask {
  const { host, port, isPublicSandbox, logLevel } = options;
  return {
    seat: seatOf(threads, Link.Gateway),
    genesis: threads.start.genesis,
    clock: threads.clock,
    history,
    host,
    port,
    isPublicSandbox,
    logLevel,
  };
}

function startGateway(task: GatewayTask): { worker: Worker; listening: Promise<string> } {
  const worker = new Worker(new URL('./gateway-worker.ts', import.meta.url), { workerData: task, name: 'gateway' });
  const listening = new Promise<string>((resolve, reject) => {
    worker.on('message', (message: GatewayMessage) => {
      if (message.kind === 'listening') resolve(message.url);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the gateway ended before it listened')));
  });
  return { worker, listening };
}

function startMakers(url: string, options: VenueOptions, log: VenueLog): () => Promise<void> {
  const makers: SupervisedProcess = superviseProcess({
    module: new URL('../../makers/src/main.ts', import.meta.url),
    environment: { MOCHILA_URL: url, MOCHILA_MAKERS_SEED: String(options.seed), MOCHILA_SPEED: String(options.speed) },
    onEnd: (description) => log('warn', `the makers ${description}`),
  });
  return () => makers.stop();
}

/** Asks a worker to end and waits until it has; one that does not is ended. */
async function endWorker(worker: Worker): Promise<void> {
  const limitMs = 8_000;
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const timer = setTimeout(() => void worker.terminate(), limitMs);
  worker.postMessage('stop');
  await gone;
  clearTimeout(timer);
}
