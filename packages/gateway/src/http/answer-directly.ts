/** The short way of a request that was read whole: limits, signature, schema and handler without the framework's lifecycle. */
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../errors/api-error.ts';
import { answerRequest } from '../rest/answer-request.ts';
import { checkAnswer, type RouterParts } from '../rest/register-routes.ts';
import type { Route } from '../rest/route.ts';
import { noteError } from './create-app.ts';
import { apiErrorOfFault } from './http-errors.ts';
import { parseJson } from './parse-json.ts';

/** A request on its way. */
export type Exchange = {
  readonly route: Route;
  readonly address: string;
  readonly requestHeaders: IncomingHttpHeaders;
  readonly startedAt: number;
  /** Headers of the answer beside those that every answer has, names and values in turn. */
  readonly headers: string[];
  /** Sends the answer, whose JSON `text` is. Called once. */
  readonly send: (exchange: Exchange, status: number, text: string) => void;
};

/** Counts a request against its address. @returns whether it may go on; otherwise it was answered */
export function admit(exchange: Exchange, parts: RouterParts): boolean {
  const refused = parts.limits.admitAddress(exchange.address, parts.nowMs());
  if (refused !== null) sendError(exchange, refused, parts);
  return refused === null;
}

/** Answers a request that was admitted. @param text its body */
export function answerText(exchange: Exchange, text: string, parts: RouterParts): void {
  const parsed = parseJson(text);
  if (parsed instanceof ApiError) {
    sendError(exchange, parsed, parts);
    return;
  }
  const { route, address, headers, requestHeaders } = exchange;
  const setHeader = (name: string, value: string): void => void headers.push(name, value);
  const incoming = { headers: requestHeaders, rawQuery: '', body: parsed.value, address, setHeader };
  const fail = (fault: unknown): void => sendError(exchange, apiErrorOfFault(fault, parts.rules.bodyBytesMax), parts);
  const finish = (value: unknown): void => {
    try {
      sendAnswer(exchange, value, parts);
    } catch (fault) {
      fail(fault);
    }
  };
  try {
    const answer = answerRequest(route, incoming, parts.services, parts.limits);
    if (answer instanceof Promise) answer.then(finish, fail);
    else finish(answer);
  } catch (fault) {
    fail(fault);
  }
}

function sendAnswer(exchange: Exchange, answer: unknown, parts: RouterParts): void {
  if (answer instanceof ApiError) {
    sendError(exchange, answer, parts);
    return;
  }
  if (parts.areAnswersChecked) checkAnswer(exchange.route, answer);
  send(exchange, 200, JSON.stringify(answer), parts);
}

function sendError(exchange: Exchange, error: ApiError, parts: RouterParts): void {
  noteError(error, exchange.route.path, parts);
  if (error.retryAfterSeconds !== null) exchange.headers.push('Retry-After', String(error.retryAfterSeconds));
  send(exchange, error.status, JSON.stringify(error.toBody()), parts);
}

function send(exchange: Exchange, status: number, text: string, parts: RouterParts): void {
  const { route, startedAt } = exchange;
  exchange.send(exchange, status, text);
  const ms = performance.now() - startedAt;
  parts.metrics.requests.count(route.method, route.path, status, ms);
  parts.logger.debug({ method: route.method, route: route.path, status, ms }, 'request');
}
