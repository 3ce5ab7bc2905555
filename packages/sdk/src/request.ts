/** From an action to its answer: signs, sends, reads, and tries again what is safe to repeat. */
import {
  canonicalString,
  INSTRUCTION_SUBSCRIBE,
  INSTRUCTIONS,
  pairsOfParameters,
  queryOfPairs,
  type SignedRoute,
  stringToSign,
} from '@mochila/protocol';
import { type AnswerKind, pageOf, readAnswer } from './answer.ts';
import type { Client } from './client.ts';
import { NetworkFault, UsageFault, wordsOf } from './faults.ts';
import { delayBeforeRetry, isExpired, sleep } from './retry.ts';
import type { Page } from './types/page.ts';

/** How a write is sent. */
export type WriteOptions = {
  /**
   * Makes the write repeatable: sent with an idempotency key of its own and tried again when the connection fails, it is
   * still carried out once. An account may have 1,000 such keys in 24 hours, so orders and cancels leave it off unless told.
   */
  readonly retry?: boolean;
  /** Your own idempotency key, 1 to 64 visible ASCII characters; implies `retry`. */
  readonly idempotencyKey?: string;
};

/** A request before it is signed. */
export type ActionRequest = {
  readonly method: string;
  readonly path: string;
  /** Word to sign with; null for what is public. */
  readonly instruction: string | null;
  readonly query?: object;
  readonly body?: object;
  readonly idempotencyKey?: string;
  /** Whether a second try cannot do harm. */
  readonly isRepeatable: boolean;
  readonly kind: AnswerKind;
};

/** Reads what is public. */
export function readPublic<Answer>(client: Client, path: string, kind: AnswerKind, query: object = {}): Promise<Answer> {
  return send(client, { method: 'GET', path, instruction: null, query, isRepeatable: true, kind }, (answer: Answer) => answer);
}

/** Reads what belongs to the account. */
export function readSigned<Answer>(client: Client, route: SignedRoute, kind: AnswerKind, query: object = {}): Promise<Answer> {
  return send(client, { ...partsOf(route), query, isRepeatable: true, kind }, (answer: Answer) => answer);
}

/** Reads one page of a list of history. */
export function readPage<Row>(client: Client, route: SignedRoute, query: object = {}): Promise<Page<Row>> {
  return send(client, { ...partsOf(route), query, isRepeatable: true, kind: 'list' }, (rows: Row[], headers) => pageOf(rows, headers));
}

/** Reads one page of a list that is public. */
export function readPublicPage<Row>(client: Client, path: string, query: object = {}): Promise<Page<Row>> {
  const request: ActionRequest = { method: 'GET', path, instruction: null, query, isRepeatable: true, kind: 'list' };
  return send(client, request, (rows: Row[], headers) => pageOf(rows, headers));
}

/** Changes something. Without `retry` it is sent once. */
export function write<Answer>(
  client: Client,
  route: SignedRoute,
  kind: AnswerKind,
  body: object,
  { retry = false, idempotencyKey }: WriteOptions = {},
): Promise<Answer> {
  const key = idempotencyKey ?? (retry ? crypto.randomUUID() : undefined);
  const keyed = key === undefined ? {} : { idempotencyKey: key };
  return send(client, { ...partsOf(route), body, kind, isRepeatable: key !== undefined, ...keyed }, (answer: Answer) => answer);
}

/** The signature that a SUBSCRIBE frame carries. */
export async function signSubscription(client: Client): Promise<readonly [string, string, string, string]> {
  const signer = requireSigner(client, 'Private streams');
  const { windowMs } = client;
  const timestampMs = client.stamps.nowMs();
  const text = canonicalString({ instruction: INSTRUCTION_SUBSCRIBE, parts: [[]], timestampMs, windowMs });
  return [signer.apiKey, await signer.sign(text), String(timestampMs), String(windowMs)];
}

/** Asks the venue for its clock and sets the client's right. */
export async function learnClock(client: Client): Promise<void> {
  const request: ActionRequest = { method: 'GET', path: '/api/v1/time', instruction: null, isRepeatable: true, kind: 'text' };
  const askedMs = client.stamps.localMs();
  const { answer } = await sendOnce<string>(client, request);
  const venueMs = Number(answer);
  if (!Number.isFinite(venueMs))
    throw new NetworkFault(`GET /api/v1/time answered "${answer}", which is no time. Is ${client.url} a venue?`);
  client.stamps.learn(venueMs, askedMs, client.stamps.localMs());
}

async function send<Answer, Result>(
  client: Client,
  request: ActionRequest,
  shape: (answer: Answer, headers: Headers) => Result,
): Promise<Result> {
  let isClockLearned = false;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { answer, headers } = await sendOnce<Answer>(client, request);
      return shape(answer, headers);
    } catch (error) {
      // A request that came too late was not even looked at, so this is safe for every write.
      if (isExpired(error) && !isClockLearned) {
        isClockLearned = true;
        await learnClock(client);
        continue;
      }
      const delayMs = request.isRepeatable ? delayBeforeRetry(error, attempt, client.retries) : null;
      if (delayMs === null) throw error;
      await sleep(delayMs);
    }
  }
}

async function sendOnce<Answer>(client: Client, request: ActionRequest): Promise<{ answer: Answer; headers: Headers }> {
  const { method, path, query = {}, body, kind } = request;
  const url = `${client.url}${targetOf(path, query)}`;
  const headers = await headersOf(client, request);
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  try {
    const response = await client.fetch(url, { ...init, signal: AbortSignal.timeout(client.timeoutMs) });
    return { answer: await readAnswer<Answer>(client, { route: `${method} ${path}`, kind }, response), headers: response.headers };
  } catch (error) {
    throw isTransport(error) ? networkFault(client, request, error) : error;
  }
}

/** Path and query. A parameter such as `{id}` stands in the path, and is signed like the others. */
function targetOf(path: string, query: object): string {
  const values = new Map<string, unknown>(Object.entries(query));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = encodeURIComponent(String(values.get(name)));
    values.delete(name);
    return value;
  });
  const search = queryOfPairs(pairsOfParameters(Object.fromEntries(values)));
  return search === '' ? filled : `${filled}?${search}`;
}

async function headersOf(client: Client, request: ActionRequest): Promise<Record<string, string>> {
  const { instruction, query = {}, body, idempotencyKey } = request;
  const headers: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
  if (idempotencyKey !== undefined) headers['X-Idempotency-Key'] = idempotencyKey;
  if (instruction === null) return headers;
  const signer = requireSigner(client, `${request.method} ${request.path}`);
  const unsigned = { instruction, query, ...(body === undefined ? {} : { body }), windowMs: client.windowMs };
  const timestampMs = client.stamps.stampOf(stringToSign({ ...unsigned, timestampMs: 0 }));
  headers['X-API-Key'] = signer.apiKey;
  headers['X-Timestamp'] = String(timestampMs);
  headers['X-Window'] = String(client.windowMs);
  headers['X-Signature'] = await signer.sign(stringToSign({ ...unsigned, timestampMs }));
  return headers;
}

function requireSigner(client: Client, what: string) {
  if (client.signer !== null) return client.signer;
  throw new UsageFault(`${what} must be signed: make the client with a secret, as createClient({ secret }), or with a signer.`);
}

function partsOf(route: SignedRoute) {
  const [method = '', path = ''] = route.split(' ');
  return { method, path, instruction: INSTRUCTIONS[route] };
}

function isTransport(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && ['TimeoutError', 'AbortError', 'SocketError'].includes(error.name));
}

function networkFault(client: Client, request: ActionRequest, cause: unknown): NetworkFault {
  const what = `${request.method} ${request.path} at ${client.url}`;
  const isTimeout = cause instanceof Error && cause.name === 'TimeoutError';
  const happened = isTimeout ? `got no answer within ${client.timeoutMs} ms` : `failed: ${wordsOf(cause)}`;
  const isUnknown = request.method !== 'GET' && request.idempotencyKey === undefined;
  const help = isUnknown
    ? 'Whether it was carried out is not known: look before you send it again.'
    : 'Is the venue running there? `npm start` starts one.';
  return new NetworkFault(`${what} ${happened}. ${help}`, { cause });
}
