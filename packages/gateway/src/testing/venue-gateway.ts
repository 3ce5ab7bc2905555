/** A gateway over a real engine whose clock and prices a test moves, and clients that sign, for tests of routes. */
import { smallGenesis } from '@mochila/core';
import { createSigner, encodeBase64, type Genesis, instructionOf, type Signer, signRequest } from '@mochila/protocol';
import { createInlineLink, type InlineLink } from '@mochila/runtime';
import { createSimulatedClock, type SimulatedClock, TestVenue } from '@mochila/testkit';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { Registry } from 'prom-client';
import { EngineKeyDirectory } from '../auth/engine-key-directory.ts';
import { createGateway, listenOn } from '../create-gateway.ts';
import { HTTP_RULES_DEFAULT } from '../http/create-app.ts';
import { REQUEST_RULES_DEFAULT, RequestLimits } from '../limits/request-limits.ts';
import { MarketDataFeed } from '../market-data/market-data-feed.ts';
import { createGatewayMetrics } from '../metrics.ts';
import type { Route } from '../rest/route.ts';
import type { GatewayServices, HistoryReader } from '../services.ts';
import { createDirectory } from '../venue/directory.ts';
import { followListings } from '../venue/follow-listings.ts';
import { TestHistory } from './test-history.ts';

/** What a request may carry. */
export type Ask = {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
  readonly headers?: Record<string, string>;
};

/** An answer. */
export type VenueAnswer = { readonly status: number; readonly json: unknown; readonly headers: Headers };

/** What a test may change. */
export type VenueGatewayOptions = {
  readonly routes: readonly Route[];
  readonly genesis?: Genesis;
  /** A store in memory when absent; it is written by `catchUp`. */
  readonly history?: HistoryReader;
  readonly areAnswersChecked?: boolean;
  /** Venue seconds in one second of the wall clock; 1 when absent. */
  readonly speed?: number;
  /** Wall clock from which signatures count, of that at the start; all count when absent. */
  readonly signedSinceMs?: (startMs: number) => number;
};

const WAIT_MS = 45_000;
const REQUEST_MICROS = 1_000;

/** A running venue with one gateway. */
export class VenueGateway {
  readonly engine: InlineLink;
  readonly venue: TestVenue;
  readonly clock: SimulatedClock;
  readonly origin: string;
  /** Wall clock in Unix milliseconds. */
  readonly nowMs: () => number;
  readonly marketData: MarketDataFeed;
  readonly #keys: EngineKeyDirectory;
  readonly #app: FastifyInstance;
  readonly #history: TestHistory;
  readonly #speed: number;

  private constructor(parts: {
    engine: InlineLink;
    venue: TestVenue;
    keys: EngineKeyDirectory;
    marketData: MarketDataFeed;
    history: TestHistory;
    app: FastifyInstance;
    origin: string;
    nowMs: () => number;
    speed: number;
  }) {
    this.engine = parts.engine;
    this.venue = parts.venue;
    this.clock = parts.venue.clock;
    this.marketData = parts.marketData;
    this.#history = parts.history;
    this.#keys = parts.keys;
    this.#app = parts.app;
    this.origin = parts.origin;
    this.nowMs = parts.nowMs;
    this.#speed = parts.speed;
  }

  /** Starts the small sandbox venue with its first prices. */
  static async start(options: VenueGatewayOptions): Promise<VenueGateway> {
    const genesis = options.genesis ?? tradableGenesis();
    const clock = createSimulatedClock(genesis.createdAtMicros);
    const engine = createInlineLink({ genesis, clock });
    const venue = new TestVenue(engine, clock, genesis);
    const keys = await EngineKeyDirectory.open(engine, { isSandbox: true, isBoundedByAddress: false });
    const { speed = 1 } = options;
    const startMs = genesis.createdAtMicros / 1_000;
    const nowMs = (): number => Math.floor(startMs + (clock.nowMicros() / 1_000 - startMs) / speed);
    const testHistory = await TestHistory.open(engine, genesis);
    const history = options.history ?? testHistory.store;
    const marketData = await MarketDataFeed.open({
      engine,
      genesis,
      history: options.history ?? null,
      onHistoryFault: () => undefined,
      figuresKeptMs: 0,
    });
    const directory = createDirectory(genesis);
    await followListings(engine, directory);
    const services = {
      engine,
      keys,
      nowMs,
      toVenueMs: (wallMs: number) => startMs + (wallMs - startMs) * speed,
      signedSinceMs: options.signedSinceMs?.(startMs) ?? 0,
      directory,
      history,
      marketData,
      custodian,
    };
    const app = await createGateway(partsOf(services, options));
    const origin = await listenOn(app, { host: '127.0.0.1', port: 0 });
    await venue.passSeconds(2);
    return new VenueGateway({ engine, venue, keys, marketData, history: testHistory, app, origin, nowMs, speed });
  }

  async stop(): Promise<void> {
    await this.#app.close();
    this.marketData.close();
    this.#keys.close();
    this.engine.close();
    await this.#history.store.close();
  }

  /** Writes all that happened into history. */
  catchUp(): Promise<void> {
    return this.#history.catchUp();
  }

  /** AccountIx of a client that has made a request. */
  accountOf(signer: Signer): number {
    const account = this.#keys.find(signer.apiKey)?.account;
    if (account === undefined) throw new Error('this key has no account yet');
    return account;
  }

  /** Signs and sends; a millisecond of the venue passes, so that no two requests are the same. */
  ask(signer: Signer, route: string, { query = {}, body, headers = {} }: Ask = {}): Promise<VenueAnswer> {
    const [method = '', path = ''] = route.split(' ');
    const instruction = instructionOf(method, path);
    if (instruction === null) throw new Error(`${route} is not signed`);
    this.clock.advance(REQUEST_MICROS * this.#speed);
    const timestampMs = this.nowMs();
    const signed = signRequest(signer, { instruction, query, ...(body === undefined ? {} : { body }), timestampMs });
    return this.send(method, targetOf(path, query), body, { ...signed, ...headers });
  }

  /** Sends as it is; a text body is not written as JSON. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<VenueAnswer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const init = body === undefined ? {} : { body: text };
    const response = await fetch(this.origin + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(WAIT_MS),
      ...init,
    });
    const answer = await response.text();
    return { status: response.status, json: answer === '' ? null : JSON.parse(answer), headers: response.headers };
  }
}

/** A client of its own for each number; its first request makes its account. */
export function client(number: number): Signer {
  return createSigner(encodeBase64(new Uint8Array(32).fill(number)));
}

/** The small venue, its assets on chains that the interface has a name for. */
export function tradableGenesis(changes: Partial<Genesis> = {}): Genesis {
  const genesis = smallGenesis(changes);
  const assets = genesis.assets.map((asset) => ({ ...asset, tokens: asset.tokens.map((token) => ({ ...token, blockchain: 'Solana' })) }));
  return { ...genesis, assets };
}

const custodian: GatewayServices['custodian'] = {
  depositAddress: ({ account, blockchain }) => (blockchain === 'Solana' ? `deposits-of-${account}` : null),
};

function partsOf(services: GatewayServices, { routes, areAnswersChecked = true }: VenueGatewayOptions) {
  const registry = new Registry();
  return {
    rules: HTTP_RULES_DEFAULT,
    limits: new RequestLimits(REQUEST_RULES_DEFAULT),
    metrics: createGatewayMetrics(registry),
    registry,
    logger: pino({ level: 'silent' }),
    nowMs: services.nowMs,
    services,
    areAnswersChecked,
    routes,
    facts: { title: 'Mochila', version: '0.1.0' },
  };
}

/** Path and query; a parameter such as `{id}` stands in the path. */
function targetOf(path: string, query: Readonly<Record<string, unknown>>): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(query[name])));
  return filled + queryText(Object.entries(query).filter(([name]) => !path.includes(`{${name}}`)));
}

function queryText(entries: readonly (readonly [string, unknown])[]): string {
  const pairs = entries.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
