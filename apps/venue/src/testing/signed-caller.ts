/** Asks a venue over HTTP, signed where the route wants it. */
import { createSigner, encodeBase64, INSTRUCTION_SUBSCRIBE, instructionOf, type Signer, signRequest } from '@mochila/protocol';

/** What a request carries. */
export type Ask = { readonly query?: Readonly<Record<string, string | number | boolean>>; readonly body?: object };

/** An answer as it came; `json` is the text itself where it is not JSON, and null where there is none. */
export type Answer = { readonly status: number; readonly contentType: string; readonly json: unknown };

const WAIT_MS = 60_000;

/** One person with a key. */
export class SignedCaller {
  readonly signer: Signer;
  readonly #url: string;
  #lastMs = 0;

  /**
   * @param url where the venue listens
   * @param number picks the key, 1 to 255
   */
  constructor(url: string, number: number) {
    this.#url = url;
    this.signer = createSigner(encodeBase64(new Uint8Array(32).fill(number)));
  }

  /** Sends `route`, such as `GET /api/v1/capital`. */
  async ask(route: string, { query = {}, body }: Ask = {}): Promise<Answer> {
    const [method = '', path = ''] = route.split(' ');
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
    const text = parameters.toString();
    const response = await fetch(this.#url + path + (text === '' ? '' : `?${text}`), {
      method,
      headers: { ...this.#proof(method, path, query, body), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(WAIT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answerOf(response);
  }

  /** What a SUBSCRIBE frame of private streams carries. */
  subscription(): [key: string, signature: string, timestamp: string, window: string] {
    const signed = signRequest(this.signer, { instruction: INSTRUCTION_SUBSCRIBE, timestampMs: Date.now() });
    return [signed['X-API-Key'], signed['X-Signature'], signed['X-Timestamp'], signed['X-Window']];
  }

  #proof(method: string, path: string, query: Ask['query'] = {}, body?: object): Record<string, string> {
    const instruction = instructionOf(method, path);
    if (instruction === null) return {};
    // Two writes alike in one millisecond would be one and its replay.
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    return signRequest(this.signer, { instruction, query, ...(body === undefined ? {} : { body }), timestampMs: this.#lastMs });
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const contentType = response.headers.get('content-type') ?? '';
  const text = await response.text();
  if (text === '') return { status: response.status, contentType, json: null };
  return { status: response.status, contentType, json: contentType.includes('json') ? JSON.parse(text) : text };
}
