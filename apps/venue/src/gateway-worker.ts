/** A gateway thread: REST and WebSocket on one port, in front of the engine's ring. */
import { parentPort, workerData } from 'node:worker_threads';
import { SimulatedCustodian } from '@mochila/custody-simulated';
import {
  ALL_ROUTES,
  createDirectory,
  createGateway,
  createGatewayMetrics,
  createWsServer,
  EngineKeyDirectory,
  followListings,
  type GatewayServices,
  HTTP_RULES_DEFAULT,
  listenOn,
  MarketDataFeed,
  REQUEST_RULES_DEFAULT,
  RequestLimits,
  type RequestRules,
} from '@mochila/gateway';
import { createVenueClock, isClockOfMachine, RingEngineLink } from '@mochila/runtime';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { blockchainsOf } from './blockchains.ts';
import { countRefusals } from './counted-link.ts';
import type { GatewayMessage, GatewayOrder, GatewayTask } from './gateway-task.ts';
import { createHistoryStore } from './history-place.ts';
import { isLoopback } from './options.ts';
import { createVenueLogger } from './venue-logger.ts';
import { createVenueMetrics } from './venue-metrics.ts';
import { STOP_WORKER } from './venue-worker.ts';

const task: GatewayTask = workerData;
const { genesis, clock: clockSettings, host, port } = task;
const logger = createVenueLogger('gateway', task.logLevel);
const post = (message: GatewayMessage): void => parentPort?.postMessage(message);
const wallMs = (): number => Date.now();
// Of the anchors alone: one stamp is always one moment of the venue, or a request that comes again would not be known again.
const toVenueMs = (atWallMs: number): number =>
  Math.floor(clockSettings.anchorVenueMicros / 1000 + (atWallMs - clockSettings.anchorWallMillis) * clockSettings.speed);

const ring = new RingEngineLink(task.seat);
ring.ended.catch((error: unknown) => {
  // A follower threw: what this gateway shows can no longer be trusted.
  throw error;
});
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const metrics = createVenueMetrics({ registry, seat: task.seat, engine: ring, nowMs: () => performance.now() });
const engine = countRefusals(ring, metrics.onRefusal);
// Listened to from the start: an open port is what keeps this thread alive while it waits for the ring.
const asked = new Promise<void>((resolve) => {
  parentPort?.on('message', (order: GatewayOrder) => {
    if (order === STOP_WORKER) resolve();
    else if (order.kind === 'history') metrics.onHistory(order.figures);
    else metrics.onPrices(order.figures);
  });
});
const clock = createVenueClock(clockSettings);
const history = createHistoryStore(task.history, true, (error) => logger.warn({ err: error }, 'a history connection broke'));
const keys = await EngineKeyDirectory.open(engine, { isSandbox: genesis.sandbox, isBoundedByAddress: task.isPublicSandbox });
const marketData = await MarketDataFeed.open({
  engine,
  genesis,
  history,
  onHistoryFault: (error) => logger.warn({ err: error }, 'charts begin now: history cannot be read'),
});
const directory = createDirectory(genesis);
const stopListings = await followListings(engine, directory);
const services: GatewayServices = {
  engine,
  keys,
  nowMs: wallMs,
  toVenueMs,
  signedSinceMs: isClockOfMachine(clockSettings) ? 0 : clockSettings.anchorWallMillis,
  directory,
  history,
  marketData,
  custodian: new SimulatedCustodian({
    link: engine,
    clock,
    venueId: genesis.venueId,
    blockchains: blockchainsOf(genesis),
    onFault: () => undefined,
  }),
};
const limits = new RequestLimits(requestRules());
const app = await createGateway({
  rules: HTTP_RULES_DEFAULT,
  limits,
  metrics: createGatewayMetrics(registry),
  registry,
  logger,
  nowMs: wallMs,
  services,
  areAnswersChecked: false,
  routes: ALL_ROUTES,
  facts: { title: 'Mochila', version: '0.1.0' },
});
const streams = createWsServer({ server: app.server, services, limits, registry, logger });
await listen();

await asked;
await stop().catch((error: unknown) => logger.error({ err: error }, 'the gateway could not stop cleanly'));
parentPort?.close();

async function listen(): Promise<void> {
  try {
    post({ kind: 'listening', url: await listenOn(app, { host, port }) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    post({ kind: 'cannotListen', code, reason: error instanceof Error ? error.message : String(error) });
  }
}

async function stop(): Promise<void> {
  await streams.close();
  await app.close();
  marketData.close();
  keys.close();
  stopListings();
  await ring.close();
  await history.close();
}

/** On a laptop every bot comes from one address: there only accounts are budgeted. */
function requestRules(): RequestRules {
  if (!isLoopback(host)) return REQUEST_RULES_DEFAULT;
  return { ...REQUEST_RULES_DEFAULT, address: { ...REQUEST_RULES_DEFAULT.address, capacity: 6_000_000 } };
}
