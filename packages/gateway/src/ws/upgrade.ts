/** Who may open a WebSocket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError } from '../errors/api-error.ts';
import { endSocket } from '../http/end-socket.ts';
import { addressKey } from '../limits/address-key.ts';

const PATHS: ReadonlySet<string> = new Set(['/', '/ws']);

/** Key of the address that a request came from. */
export function addressOf(request: IncomingMessage, isBehindProxy: boolean): string {
  const forwarded = isBehindProxy ? request.headers['x-forwarded-for'] : undefined;
  const [first] = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  return addressKey(first === undefined || first.trim() === '' ? (request.socket.remoteAddress ?? 'unknown') : first.trim());
}

/** Whether streams are at the path of a request. */
export function judgePath(request: IncomingMessage): ApiError | null {
  const [path = ''] = (request.url ?? '').split('?');
  if (PATHS.has(path)) return null;
  return new ApiError('RESOURCE_NOT_FOUND', 'Not Found: WebSockets are opened at / or /ws');
}

/** Answers an upgrade with an error, and closes. */
export function refuseUpgrade(raw: Duplex, error: ApiError): void {
  const body = JSON.stringify(error.toBody());
  const head = [
    `HTTP/1.1 ${error.status} ${error.code}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(error.retryAfterSeconds === null ? [] : [`Retry-After: ${error.retryAfterSeconds}`]),
    'Connection: close',
  ];
  endSocket(raw, `${head.join('\r\n')}\r\n\r\n${body}`);
}
