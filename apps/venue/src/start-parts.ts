/** The parts of a venue around its engine: history, prices and custody, the gateway, the reference bots. */
import { SimulatedCustodian } from '@mochila/custody-simulated';
import type { EngineLink } from '@mochila/ports';
import type { ExchangeFigures } from '@mochila/prices-exchanges';
import type { Genesis } from '@mochila/protocol';
import { type ClockSettings, createVenueClock } from '@mochila/runtime';
import type { Logger } from 'pino';
import { blockchainsOf } from './blockchains.ts';
import type { Configuration } from './configuration/configuration.ts';
import { makersSecret } from './data-directory.ts';
import { feedPrices } from './feed-prices.ts';
import type { GatewayMessage, GatewayTask, HistoryFigures } from './gateway-task.ts';
import type { HistoryMessage, HistoryTask } from './history-worker.ts';
import type { VenueOptions } from './options.ts';
import { describePort, PortFault } from './port-fault.ts';
import { PRICE_SOURCES } from './price-sources.ts';
import { quieten } from './quieten.ts';
import { superviseProcess } from './supervise-process.ts';
import { startVenueWorker, type VenueWorker } from './venue-worker.ts';

const FIRST_STATUS_MS = 10_000;

/**
 * Starts the history thread and waits until it said something: a store that is down holds up nobody.
 *
 * @param onFigures told how far it is, twice a second
 */
export async function startHistory(task: HistoryTask, log: Logger, onFigures: (figures: HistoryFigures) => void): Promise<VenueWorker> {
  const history = startVenueWorker(new URL('./history-worker.ts', import.meta.url), task, 'history');
  const warn = quieten((message) => log.warn(message));
  history.worker.on('message', (message: HistoryMessage) => {
    if (message.kind === 'fault') warn(`history: ${message.reason}`);
    else onFigures(message.figures);
  });
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, FIRST_STATUS_MS);
    history.worker.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    history.worker.once('exit', () => resolve());
  });
  return history;
}

/** What the venue hears from the world is made of. */
export type FeedParts = {
  readonly link: EngineLink;
  readonly genesis: Genesis;
  readonly options: VenueOptions;
  readonly configuration: Configuration;
  readonly clockSettings: ClockSettings;
  readonly log: Logger;
};

/** What the venue hears, running. */
export type Feeds = {
  stop(): Promise<void>;
  /** What the source of prices counted; nothing where it does not count. */
  priceFigures(): readonly ExchangeFigures[];
};

/** Starts what the venue hears from the world; nothing of it runs on when that fails. */
export async function startFeeds(parts: FeedParts): Promise<Feeds> {
  const { link, genesis, options, configuration, clockSettings, log } = parts;
  const clock = createVenueClock(clockSettings);
  const warn = quieten((message) => log.warn(message));
  const prices = PRICE_SOURCES[options.prices].open({ options, configuration, genesis, clock, log });
  const custodian = new SimulatedCustodian({
    link,
    clock,
    venueId: genesis.venueId,
    blockchains: blockchainsOf(genesis),
    onFault: (reason) => warn(`custody: ${reason}`),
  });
  let isStopping = false;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await prices.stop();
    await custodian.stop();
  };
  try {
    // What is on its way when the venue stops gets no answer: that is no fault.
    await feedPrices(prices, link, genesis, (reason) => isStopping || warn(`prices: ${reason}`));
    await custodian.start();
  } catch (error) {
    // A start that fails leaves nothing running: the process would never end.
    await stop();
    throw error;
  }
  return { stop, priceFigures: () => prices.figures?.() ?? [] };
}

/** Starts a gateway thread. `listening` says where. @throws (rejects) PortFault when the port cannot be opened */
export function startGateway(task: GatewayTask): { gateway: VenueWorker; listening: Promise<string> } {
  const gateway = startVenueWorker(new URL('./gateway-worker.ts', import.meta.url), task, 'gateway');
  const listening = new Promise<string>((resolve, reject) => {
    gateway.worker.on('message', (message: GatewayMessage) => {
      if (message.kind === 'listening') resolve(message.url);
      else reject(new PortFault(describePort(task, message)));
    });
    void gateway.ended.then((reason) => reject(new Error(`the gateway ended before it listened: ${reason ?? 'it was told to'}`)));
  });
  return { gateway, listening };
}

/** Starts the reference bots in a process of their own. @returns how to stop them */
export function startMakers(url: string, genesis: Genesis, options: VenueOptions, log: Logger): () => Promise<void> {
  const { isPublicSandbox, dataDirectory, speed } = options;
  const seed = isPublicSandbox ? makersSecret(dataDirectory) : String(genesis.seed);
  const makers = superviseProcess({
    module: new URL('../../makers/src/main.ts', import.meta.url),
    environment: { MOCHILA_URL: url, MOCHILA_MAKERS_SEED: seed, MOCHILA_SPEED: String(speed) },
    onEnd: (description) => log.warn(`the makers ${description}`),
  });
  return () => makers.stop();
}
