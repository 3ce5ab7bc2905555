/** Reading what the venue answered. */
import type { Client } from './client.ts';
import { ApiFault, NetworkFault } from './faults.ts';
import type { Page } from './types/page.ts';

/** What an answer is on the outside. */
export type AnswerKind = 'object' | 'list' | 'text' | 'empty';

const SHOWN_MAX = 200;

/**
 * Reads an answer.
 *
 * @param asked what was asked, and what is expected
 * @throws ApiFault when the venue refused, NetworkFault when the answer is not what a venue answers
 */
export async function readAnswer<Answer>(
  client: Client,
  asked: { readonly route: string; readonly kind: AnswerKind },
  response: Response,
): Promise<Answer> {
  const text = await response.text();
  noteBudget(client, response.headers);
  if (!response.ok) throw apiFaultOf(asked.route, response, text);
  const answer: Answer = parseAnswer(asked, text);
  return answer;
}

/** A page of rows with what the headers say about it. */
export function pageOf<Row>(rows: Row[], headers: Headers): Page<Row> {
  return { rows, total: numberOf(headers.get('X-Total')), nextCursor: headers.get('X-Next-Cursor') };
}

function parseAnswer({ route, kind }: { readonly route: string; readonly kind: AnswerKind }, text: string) {
  if (kind === 'text') return text;
  if (kind === 'empty') return undefined;
  const value = parseJson(text);
  const found = Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
  if (found === kind) return value;
  throw new NetworkFault(`${route} answered ${shorten(text)}, where JSON ${kind} is expected. Is there a proxy in between?`);
}

function parseJson(text: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    // What is no JSON is of no kind that any action expects.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function apiFaultOf(route: string, response: Response, text: string): ApiFault {
  const { status, statusText, headers } = response;
  const body: unknown = parseJson(text);
  const code = textField(body, 'code') ?? `HTTP_${status}`;
  const message =
    textField(body, 'message') ??
    `${route} was refused with ${status} ${statusText}: ${shorten(text)} This is no answer of a venue: look at the url, and at what stands in between.`;
  return new ApiFault({ code, message, status, route, retryAfterSeconds: numberOf(headers.get('Retry-After')) });
}

function textField(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const found = Object.entries(body).find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : null;
}

function noteBudget(client: Client, headers: Headers): void {
  const limit = numberOf(headers.get('RateLimit-Limit'));
  const remaining = numberOf(headers.get('RateLimit-Remaining'));
  const resetSeconds = numberOf(headers.get('RateLimit-Reset'));
  if (limit !== null && remaining !== null && resetSeconds !== null) client.noteBudget({ limit, remaining, resetSeconds });
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line === '' ? 'nothing' : line.length <= SHOWN_MAX ? line : `${line.slice(0, SHOWN_MAX)}...`;
}
