/** Asks a venue over HTTP, signed where the route wants it. */
import { createSigner, encodeBase64, INSTRUCTION_SUBSCRIBE, instructionOf, type Signer, signRequest } from '@mochila/protocol';
import { z } from 'zod';
import { eventually, PATIENCE_MS } from './venue-run.ts';

/** What a request carries. */
export type Ask = { readonly query?: Readonly<Record<string, string | number | boolean>>; readonly body?: object };

/** An answer as it came; `json` is the text itself where it is not JSON, and null where there is none. */
export type Answer = { readonly status: number; readonly contentType: string; readonly json: unknown };

const WAIT_MS = 60_000;
/** The longest there is: a machine that stands still for seconds makes no request too late. */
const WINDOW_MS = 60_000;
const Marks = z.array(z.object({ markPrice: z.string() }));

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

  /** Waits for the mark of a perpetual, which it has a second or two after its venue began. @returns whole USD near it */
  async roundMark(symbol: string): Promise<number> {
    const [row] = await eventually(
      PATIENCE_MS,
      async () => Marks.parse((await this.ask('GET /api/v1/markPrices', { query: { symbol } })).json),
      (rows) => rows.length > 0,
    );
    return Math.round(Number(row?.markPrice));
  }

  /** What a SUBSCRIBE frame of private streams carries. */
  subscription(): [key: string, signature: string, timestamp: string, window: string] {
    const signed = signRequest(this.signer, { instruction: INSTRUCTION_SUBSCRIBE, timestampMs: Date.now(), windowMs: WINDOW_MS });
    return [signed['X-API-Key'], signed['X-Signature'], signed['X-Timestamp'], signed['X-Window']];
  }

  #proof(method: string, path: string, query: Ask['query'] = {}, body?: object): Record<string, string> {
    const instruction = instructionOf(method, path);
    if (instruction === null) return {};
    // Two writes alike in one millisecond would be one and its replay.
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    return signRequest(this.signer, {
      instruction,
      query,
      ...(body === undefined ? {} : { body }),
      timestampMs: this.#lastMs,
      windowMs: WINDOW_MS,
    });
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const contentType = response.headers.get('content-type') ?? '';
  const text = await response.text();
  if (text === '') return { status: response.status, contentType, json: null };
  return { status: response.status, contentType, json: contentType.includes('json') ? JSON.parse(text) : text };
}
