/** What every action is given: where the venue is, who signs, and the means of this platform. */
import { UsageFault } from './faults.ts';
import { type RequestSigner, signerOfSecret } from './signer.ts';
import { Stamps } from './stamps.ts';
import { globalSocket, type OpenSocket } from './streams/socket.ts';

/** Where a venue of this machine listens. */
export const LOCAL_URL = 'http://127.0.0.1:7400';

/** How a client is made. Nothing is required: without a key it reads what is public on this machine's venue. */
export type ClientOptions = {
  /** Where the venue is; {@link LOCAL_URL} when absent. */
  readonly url?: string | undefined;
  /** Base64 of the 32-byte seed, or of the 64-byte key. */
  readonly secret?: string | undefined;
  /** Signs in place of a secret, for keys that cannot be read. */
  readonly signer?: RequestSigner | undefined;
  /** Milliseconds that a signature stays good, 1 to 60000; 5000 when absent. */
  readonly windowMs?: number | undefined;
  /** Milliseconds that an answer may take; 10000 when absent. */
  readonly timeoutMs?: number | undefined;
  /** How often what is safe to repeat is tried again; 3 when absent. */
  readonly retries?: number | undefined;
  /** Another `fetch` than the one of the platform. */
  readonly fetch?: typeof fetch | undefined;
  /** Opens WebSockets where the platform has none, as Node 20: `(url) => new WebSocket(url)` of the package `ws`. */
  readonly webSocket?: OpenSocket | undefined;
  /** Another clock than the one of the platform, in Unix milliseconds. */
  readonly clock?: (() => number) | undefined;
};

/** How much the venue lets an account still ask, as its last answer said. */
export type Budget = { readonly limit: number; readonly remaining: number; readonly resetSeconds: number };

/** A client of one venue. It holds no connection; actions take it as their first argument. */
export type Client = {
  /** Base URL without a slash at its end. */
  readonly url: string;
  readonly signer: RequestSigner | null;
  readonly windowMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly fetch: typeof fetch;
  readonly webSocket: OpenSocket;
  readonly stamps: Stamps;
  /** The budget after the last answer; null before the first. */
  readonly lastBudget: () => Budget | null;
  /** Keeps what an answer said of the budget. */
  readonly noteBudget: (budget: Budget) => void;
};

const WINDOW_MS_MAX = 60_000;

/**
 * Makes a client.
 *
 * @param options see {@link ClientOptions}
 * @throws UsageFault when an option cannot be used or the secret is malformed
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:7400', secret: process.env.MOCHILA_KEY });
 * const order = await placeOrder(client, { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '100', quantity: '1' });
 */
export function createClient(options: ClientOptions = {}): Client {
  const { windowMs = 5_000, timeoutMs = 10_000, retries = 3, clock = Date.now } = options;
  requireWithin('windowMs', windowMs, 1, WINDOW_MS_MAX);
  requireWithin('timeoutMs', timeoutMs, 1, 600_000);
  requireWithin('retries', retries, 0, 100);
  let budget: Budget | null = null;
  return {
    url: readUrl(options.url ?? LOCAL_URL),
    signer: signerOf(options),
    windowMs,
    timeoutMs,
    retries,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    webSocket: options.webSocket ?? globalSocket,
    stamps: new Stamps(clock),
    lastBudget: () => budget,
    noteBudget: (next) => {
      budget = next;
    },
  };
}

function signerOf({ signer, secret }: ClientOptions): RequestSigner | null {
  if (signer !== undefined && secret !== undefined)
    throw new UsageFault('Give a secret or a signer, not both: one client signs for one account.');
  if (signer !== undefined) return signer;
  return secret === undefined ? null : signerOfSecret(secret);
}

function readUrl(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageFault(`The url is "${text}": it must be an http or https address such as ${LOCAL_URL}.`);
  }
  return text.replace(/\/+$/, '');
}

function requireWithin(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new UsageFault(`${name} is ${value}: it must be a whole number from ${least} to ${most}.`);
}
