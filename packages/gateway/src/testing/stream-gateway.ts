/** A gateway with its WebSocket side over a real engine whose clock and prices a test moves. */
import type { Server } from 'node:http';
import { type Genesis, INSTRUCTION_SUBSCRIBE, type Signer, signRequest } from '@mochila/protocol';
import { createInlineLink, type InlineLink } from '@mochila/runtime';
import { createSimulatedClock, TestVenue } from '@mochila/testkit';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { Registry } from 'prom-client';
import { EngineKeyDirectory } from '../auth/engine-key-directory.ts';
import { createGateway, listenOn } from '../create-gateway.ts';
import { HTTP_RULES_DEFAULT } from '../http/create-app.ts';
import { REQUEST_RULES_DEFAULT, RequestLimits, type RequestRules } from '../limits/request-limits.ts';
import { MarketDataFeed } from '../market-data/market-data-feed.ts';
import { createGatewayMetrics } from '../metrics.ts';
import { MARKET_DATA_ROUTES } from '../rest/markets/market-data-routes.ts';
import { createDirectory } from '../venue/directory.ts';
import { createWsServer, type WsServer } from '../ws/create-ws-server.ts';
import type { WsRules } from '../ws/ws-rules.ts';
import { DOWN_HISTORY } from './down-history.ts';
import { tradableGenesis } from './venue-gateway.ts';

/** What a test may change. */
export type StreamGatewayOptions = {
  readonly rules?: Partial<WsRules>;
  readonly requests?: Partial<RequestRules>;
  readonly genesis?: Genesis;
};

type Parts = {
  readonly engine: InlineLink;
  readonly venue: TestVenue;
  readonly keys: EngineKeyDirectory;
  readonly feed: MarketDataFeed;
  readonly app: FastifyInstance;
  readonly ws: WsServer;
  readonly registry: Registry;
  readonly origin: string;
};

const WINDOW_MS = 60_000;

/** A running venue with streams. */
export class StreamGateway {
  readonly engine: InlineLink;
  readonly venue: TestVenue;
  readonly keys: EngineKeyDirectory;
  readonly feed: MarketDataFeed;
  readonly ws: WsServer;
  readonly registry: Registry;
  readonly origin: string;
  readonly #app: FastifyInstance;

  private constructor({ engine, venue, keys, feed, app, ws, registry, origin }: Parts) {
    this.engine = engine;
    this.venue = venue;
    this.keys = keys;
    this.feed = feed;
    this.ws = ws;
    this.registry = registry;
    this.origin = origin;
    this.#app = app;
  }

  /** Starts the small sandbox venue with its first prices. */
  static async start({ rules = {}, requests = {}, genesis = tradableGenesis() }: StreamGatewayOptions = {}): Promise<StreamGateway> {
    const clock = createSimulatedClock(genesis.createdAtMicros);
    const engine = createInlineLink({ genesis, clock });
    const venue = new TestVenue(engine, clock, genesis);
    const keys = await EngineKeyDirectory.open(engine, { isSandbox: true, isBoundedByAddress: false });
    const feed = await MarketDataFeed.open({ engine, genesis, history: null, onHistoryFault: () => undefined, figuresKeptMs: 0 });
    const nowMs = (): number => Math.floor(clock.nowMicros() / 1_000);
    const registry = new Registry();
    const limits = new RequestLimits({ ...REQUEST_RULES_DEFAULT, ...requests });
    const logger = pino({ level: 'silent' });
    const services = {
      engine,
      keys,
      nowMs,
      toVenueMs: (wallMs: number) => wallMs,
      signedSinceMs: 0,
      directory: createDirectory(genesis),
      history: DOWN_HISTORY,
      marketData: feed,
      custodian: { depositAddress: () => null },
    };
    const app = await createGateway({
      rules: HTTP_RULES_DEFAULT,
      limits,
      metrics: createGatewayMetrics(registry),
      registry,
      logger,
      nowMs,
      services,
      areAnswersChecked: true,
      routes: MARKET_DATA_ROUTES,
      facts: { title: 'Mochila', version: '0.1.0' },
    });
    const server: Server = app.server;
    const ws = createWsServer({ server, services, limits, registry, logger, rules: { closeGraceMs: 1_000, sweepMs: 50, ...rules } });
    const origin = await listenOn(app, { host: '127.0.0.1', port: 0 });
    await venue.passSeconds(2);
    return new StreamGateway({ engine, venue, keys, feed, app, ws, registry, origin });
  }

  async stop(): Promise<void> {
    await this.ws.close();
    await this.#app.close();
    this.feed.close();
    this.keys.close();
    this.engine.close();
  }

  /** Where WebSockets are opened. */
  get wsUrl(): string {
    return this.origin.replace('http', 'ws');
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  /** The proof of a SUBSCRIBE frame, signed now. */
  proof(signer: Signer): [string, string, string, string] {
    const timestampMs = Math.floor(this.venue.clock.nowMicros() / 1_000);
    const headers = signRequest(signer, { instruction: INSTRUCTION_SUBSCRIBE, timestampMs, windowMs: WINDOW_MS });
    return [headers['X-API-Key'], headers['X-Signature'], headers['X-Timestamp'], headers['X-Window']];
  }
}
