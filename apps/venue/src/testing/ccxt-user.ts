/** People who trade over ccxt as it comes from npm, pointed at a venue by base URLs alone. */
import { createSigner, encodeBase64 } from '@mochila/protocol';
import ccxt from 'ccxt';

const WAIT_MS = 60_000;
const POLL_MS = 50;
/** As long as the interface allows: a machine that stands still for seconds makes no request too late. */
const WINDOW_MS = 60_000;

/** The exchange of ccxt whose interface the venue speaks, streams included. It sends what ccxt sends, and can wait for the venue. */
export class CcxtUser extends ccxt.pro.backpack {
  readonly #pings = new Map<unknown, () => void>();
  #lastPing = 0;

  override handleMessage(...[client, message]: Parameters<InstanceType<typeof ccxt.pro.backpack>['handleMessage']>): void {
    this.#pings.get(message.id)?.();
    super.handleMessage(client, message);
  }

  /**
   * Ends when the venue has done all that was sent before, and all that it said until then has arrived: subscriptions are not
   * acknowledged to ccxt, and frames of one socket are answered in their order.
   */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all(
      Object.values(this.clients).map(async (client) => {
        await within(client.connected, 'the socket');
        this.#lastPing += 1;
        const id = this.#lastPing;
        const answered = new Promise<void>((resolve) => this.#pings.set(id, resolve));
        await client.send({ method: 'PING', id });
        await within(answered, 'the answer to a PING');
        this.#pings.delete(id);
      }),
    );
  }
}

/**
 * Makes a user with a key of its own; the first signed request makes the account.
 *
 * @param url where the venue listens
 * @param number picks the key, 1 to 255
 */
export async function openCcxtUser(url: string, number: number): Promise<CcxtUser> {
  const secret = encodeBase64(new Uint8Array(32).fill(number));
  const ws = url.replace('http', 'ws');
  const user = new CcxtUser({
    apiKey: createSigner(secret).apiKey,
    secret,
    enableRateLimit: false,
    timeout: WAIT_MS,
    options: { recvWindow: WINDOW_MS },
    urls: { api: { public: url, private: url, ws: { public: ws, private: ws } } },
  });
  // Without this ccxt hands a TLS agent to plain WebSockets.
  await user.loadHttpProxyAgent();
  await user.loadMarkets();
  return user;
}

/** Asks until the answer is there, at most a minute unless said: history is written behind. */
export async function askUntil<Answer>(ask: () => Promise<Answer>, holds: (answer: Answer) => boolean, waitMs = WAIT_MS): Promise<Answer> {
  const untilMs = performance.now() + waitMs;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (performance.now() > untilMs) throw new Error(`waited ${waitMs} ms in vain; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Fails rather than wait longer than a minute. */
export async function within<Answer>(promise: Promise<Answer>, what: string): Promise<Answer> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`waited ${WAIT_MS} ms for ${what}`)), WAIT_MS);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A whole number of dollars near the mark of the SOL perpetual, so that values come out round. */
export async function roundPrice(user: CcxtUser): Promise<number> {
  const { markPrice } = await askUntil(
    () => user.fetchFundingRate('SOL/USDC:USDC'),
    (rate) => rate.markPrice !== undefined,
  );
  return Math.round(Number(markPrice));
}

/** The id of an order, which ccxt types as perhaps missing. */
export function idOf(order: { readonly id?: string | undefined }): string {
  if (order.id === undefined) throw new Error(`an order without id: ${JSON.stringify(order)}`);
  return order.id;
}
