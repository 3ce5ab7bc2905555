/** A gateway over a real engine in this process, and a client, for tests. */
import { connect } from 'node:net';
import { smallGenesis } from '@mochila/core';
import {
  commands,
  createSigner,
  decodeBase64,
  encodeBase64,
  Permission,
  type Signer,
  signRequest,
  type UnsignedRequest,
} from '@mochila/protocol';
import { createInlineLink, type InlineLink } from '@mochila/runtime';
import { createSimulatedClock } from '@mochila/testkit';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { Registry } from 'prom-client';
import { EngineKeyDirectory } from '../auth/engine-key-directory.ts';
import { createGateway, type GatewayParts, listenOn } from '../create-gateway.ts';
import { HTTP_RULES_DEFAULT, type HttpRules } from '../http/create-app.ts';
import { REQUEST_RULES_DEFAULT, RequestLimits, type RequestRules } from '../limits/request-limits.ts';
import { MarketDataFeed } from '../market-data/market-data-feed.ts';
import { createGatewayMetrics } from '../metrics.ts';
import { createDirectory } from '../venue/directory.ts';
import { DOWN_HISTORY } from './down-history.ts';
import { TEST_ROUTES } from './test-routes.ts';

/** The wall clock of the test gateway, which stands still. */
export const NOW = 1_750_793_021_519;

/** Clients: each has an account of its own but the reader, whose key may only read the trader's. */
export const trader = createSigner(encodeBase64(new Uint8Array(32).fill(1)));
export const reader = createSigner(encodeBase64(new Uint8Array(32).fill(2)));
export const flooder = createSigner(encodeBase64(new Uint8Array(32).fill(3)));
export const stranger = createSigner(encodeBase64(new Uint8Array(32).fill(4)));

/** An order of good shape. */
export const ORDER = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '141.25', quantity: '2.5' };

/** What a test may change. */
export type TestGatewayOptions = { readonly requests?: Partial<RequestRules>; readonly http?: Partial<HttpRules> };

/** An answer. */
export type TestAnswer = { readonly status: number; readonly json: unknown; readonly headers: Headers };

const WAIT_MS = 45_000;
const TALK_MS = 30_000;
const genesis = smallGenesis();

/** A gateway that listens on a free local port. */
export class TestGateway {
  readonly engine: InlineLink;
  readonly keys: EngineKeyDirectory;
  readonly origin: string;
  readonly #app: FastifyInstance;

  private constructor(engine: InlineLink, keys: EngineKeyDirectory, app: FastifyInstance, origin: string) {
    this.engine = engine;
    this.keys = keys;
    this.#app = app;
    this.origin = origin;
  }

  static async start(options: TestGatewayOptions = {}): Promise<TestGateway> {
    const engine = createInlineLink({ genesis, clock: createSimulatedClock(genesis.createdAtMicros) });
    const keys = await EngineKeyDirectory.open(engine, { isSandbox: true, isBoundedByAddress: false });
    const marketData = await MarketDataFeed.open({ engine, genesis, history: null, onHistoryFault: () => undefined });
    const app = await createGateway(partsOf({ engine, keys, marketData }, options));
    return new TestGateway(engine, keys, app, await listenOn(app, { host: '127.0.0.1', port: 0 }));
  }

  async stop(): Promise<void> {
    await this.#app.close();
    this.keys.close();
    this.engine.close();
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  /** Asks for a path; a text body is sent as it is. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.origin + path, { ...init, signal: AbortSignal.timeout(WAIT_MS) });
  }

  /** Sends a request and reads JSON. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<TestAnswer> {
    const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await this.fetch(path, { method, headers: { 'content-type': 'application/json', ...headers }, ...init });
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : JSON.parse(text), headers: response.headers };
  }

  /** Sends a signed request. */
  sendSigned(signer: Signer, method: string, path: string, request: Omit<UnsignedRequest, 'timestampMs'>): Promise<TestAnswer> {
    return this.send(method, path, request.body, { ...signRequest(signer, { ...request, timestampMs: NOW }) });
  }

  /** Sends a signed order. */
  place(signer: Signer, body: object = ORDER): Promise<TestAnswer> {
    return this.sendSigned(signer, 'POST', '/api/v1/order', { instruction: 'orderExecute', body });
  }

  /** Adds the reader's key to the account of the trader. */
  async addReader(): Promise<void> {
    await this.place(trader);
    const owner = this.keys.find(trader.apiKey);
    if (owner === undefined) throw new Error('the trader has no account');
    const fields = {
      ...commands.createKey.defaults,
      account: owner.account,
      key: owner.key,
      keyGeneration: owner.generation,
      signedAtMs: genesis.createdAtMicros / 1_000,
      windowMs: 60_000,
      signLo: 1,
      forAccount: owner.account,
      permissions: Permission.Read,
      publicKey: decodeBase64(reader.apiKey) ?? new Uint8Array(0),
    };
    const { reject } = await this.engine.submit({ name: 'createKey', fields }, new Uint8Array(0));
    if (reject !== null) throw new Error(`the reader's key was rejected with ${reject.code}`);
  }

  /** Writes raw bytes and reads until the server closes or has given so many answers, at most 30 s. */
  talk(bytes: string, answers = 1): Promise<string> {
    const { port } = this;
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      let answer = '';
      socket.setTimeout(TALK_MS, () => reject(new Error('the server neither answered nor closed')));
      socket.on('data', (chunk) => {
        answer += chunk.toString('utf8');
        if (answer.split('}').length > answers) socket.end();
      });
      socket.on('error', () => resolve(answer));
      socket.on('close', () => resolve(answer));
    });
  }
}

/** Headers of a signed order. */
export function signOrder(timestampMs = NOW, body: object = ORDER): Record<string, string> {
  return { ...signRequest(trader, { instruction: 'orderExecute', body, timestampMs }) };
}

function partsOf(parts: Pick<GatewayParts['services'], 'engine' | 'keys' | 'marketData'>, options: TestGatewayOptions): GatewayParts {
  const registry = new Registry();
  return {
    rules: { ...HTTP_RULES_DEFAULT, ...options.http },
    limits: new RequestLimits({ ...REQUEST_RULES_DEFAULT, ...options.requests }),
    metrics: createGatewayMetrics(registry),
    registry,
    logger: pino({ level: 'silent' }),
    nowMs: () => NOW,
    services: {
      ...parts,
      nowMs: () => NOW,
      toVenueMs: (wallMs) => wallMs,
      signedSinceMs: 0,
      directory: createDirectory(genesis),
      history: DOWN_HISTORY,
      custodian: { depositAddress: () => null },
    },
    areAnswersChecked: true,
    routes: TEST_ROUTES,
    facts: { title: 'Mochila', version: '0.1.0' },
  };
}
