import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { decodeBase64, stringToSign, verifyBytes } from '@mochila/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { getBalances } from './actions/get-balances.ts';
import { markets } from './actions/markets.ts';
import { placeOrder } from './actions/place-order.ts';
import { transfer } from './actions/transfer.ts';
import { createClient } from './client.ts';
import { ApiFault, NetworkFault, UsageFault } from './faults.ts';
import { createKeyPair, signerOfCryptoKeys } from './signer.ts';

type Seen = { readonly route: string; readonly headers: IncomingMessage['headers']; readonly body: string };
type Answer = (response: ServerResponse, seen: Seen) => void;

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))));

/** A server that gives the answers one after the other, the last one again and again. */
async function serve(...answers: Answer[]): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const one = { route: `${request.method} ${request.url}`, headers: request.headers, body };
      seen.push(one);
      answers[Math.min(seen.length, answers.length) - 1]?.(response, one);
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, seen };
}

const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
const cut: Answer = (response) => response.destroy();
const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '1', quantity: '1' } as const;
const { secret } = createKeyPair();

describe('a request', () => {
  it('says what the venue refused', async () => {
    const { url } = await serve(json(400, { code: 'INVALID_PRICE', message: 'too far' }));
    const failed = placeOrder(createClient({ url, secret }), order);
    await expect(failed).rejects.toThrow(ApiFault);
    await expect(failed).rejects.toMatchObject({ code: 'INVALID_PRICE', message: 'too far', status: 400, route: 'POST /api/v1/order' });
  });

  it('is tried again when it only reads', async () => {
    const { url, seen } = await serve(cut, json(503, { code: 'MAINTENANCE', message: 'soon' }), json(200, []));
    expect(await markets(createClient({ url }))).toEqual([]);
    expect(seen).toHaveLength(3);
  });

  it('waits as long as the venue says, and gives up where that is too long', async () => {
    const { url, seen } = await serve(json(429, { code: 'TOO_MANY_REQUESTS', message: 'slowly' }, { 'retry-after': '60' }));
    await expect(markets(createClient({ url }))).rejects.toMatchObject({ retryAfterSeconds: 60 });
    expect(seen).toHaveLength(1);
  });

  it('that writes is sent once, and the caller is told that nobody knows', async () => {
    const { url, seen } = await serve(cut);
    const failed = placeOrder(createClient({ url, secret }), order);
    await expect(failed).rejects.toThrow(NetworkFault);
    await expect(failed).rejects.toThrow(/not known/);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.headers['x-idempotency-key']).toBeUndefined();
  });

  it('that moves money is tried again under one idempotency key, signed anew', async () => {
    const moved = { symbol: 'USDC', quantity: '1', fromSubaccountId: 0, toSubaccountId: 1, engineSequence: 5 };
    const { url, seen } = await serve(cut, json(200, moved));
    expect(await transfer(createClient({ url, secret }), { symbol: 'USDC', quantity: '1', toSubaccountId: 1 })).toEqual(moved);
    const keys = seen.map(({ headers }) => headers['x-idempotency-key']);
    expect(keys[0]).toBeTruthy();
    expect(keys[1]).toBe(keys[0]);
    expect(seen[1]?.headers['x-signature']).not.toBe(seen[0]?.headers['x-signature']);
  });

  it('that came too late sets the clock right and is sent again', async () => {
    const venueMs = 1_900_000_000_000;
    const expired = json(400, { code: 'INVALID_CLIENT_REQUEST', message: 'Request has expired: far behind' });
    const { url, seen } = await serve(expired, (response) => response.end(String(venueMs)), json(200, {}));
    const client = createClient({ url, secret, clock: () => 1_000_000_000_000 });
    await getBalances(client);
    expect(seen.map(({ route }) => route)).toEqual(['GET /api/v1/capital', 'GET /api/v1/time', 'GET /api/v1/capital']);
    expect(seen[2]?.headers['x-timestamp']).toBe(String(venueMs));
  });

  it('never signs one text twice, however fast it is sent', async () => {
    const { url, seen } = await serve(json(200, {}));
    const client = createClient({ url, secret, clock: () => 1_700_000_000_000 });
    await Promise.all([1, 2, 3].map(() => placeOrder(client, order)));
    expect(new Set(seen.map(({ headers }) => headers['x-signature'])).size).toBe(3);
  });

  it('keeps what the venue said of the budget', async () => {
    const { url } = await serve(json(200, [], { 'ratelimit-limit': '2000', 'ratelimit-remaining': '1999', 'ratelimit-reset': '1' }));
    const client = createClient({ url });
    await markets(client);
    expect(client.lastBudget()).toEqual({ limit: 2000, remaining: 1999, resetSeconds: 1 });
  });

  it('says so when something else than a venue answers', async () => {
    const { url } = await serve((response) => response.end('<html>hello</html>'));
    await expect(markets(createClient({ url, retries: 0 }))).rejects.toThrow(/<html>hello/);
  });

  it('needs a key where it must be signed', async () => {
    await expect(getBalances(createClient())).rejects.toThrow(UsageFault);
  });

  it('is signed by a key of WebCrypto that cannot be read', async () => {
    const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    if (!('privateKey' in pair)) throw new Error('no key pair');
    const signer = await signerOfCryptoKeys(pair);
    const { url, seen } = await serve(json(200, {}));
    await getBalances(createClient({ url, signer, clock: () => 1_700_000_000_000 }));
    const text = stringToSign({ instruction: 'balanceQuery', timestampMs: 1_700_000_000_000 });
    const signature = decodeBase64(String(seen[0]?.headers['x-signature'])) ?? new Uint8Array();
    expect(verifyBytes(signature, new TextEncoder().encode(text), decodeBase64(signer.apiKey) ?? new Uint8Array())).toBe(true);
  });
});

describe('a client', () => {
  it.each([
    [{ url: 'ftp://x' }, /http or https/],
    [{ windowMs: 60_001 }, /1 to 60000/],
    [{ secret, signer: { apiKey: '', sign: () => '' } }, /not both/],
  ])('refuses %o', (options, message) => {
    expect(() => createClient(options)).toThrow(message);
  });
});
