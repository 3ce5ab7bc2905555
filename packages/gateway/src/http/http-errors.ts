/** From the faults of the HTTP layer to the one shape of errors. */
import { HistoryUnavailable, LinkFault } from '@mochila/ports';
import { ApiError } from '../errors/api-error.ts';
import { showValue } from '../errors/show-value.ts';

const HISTORY_RETRY_SECONDS = 5;

/** The longest id in a path, in characters. */
export const PATH_ID_LENGTH_MAX = 100;

/**
 * Words an error that reached the HTTP layer.
 *
 * @param error whatever was thrown
 * @param bodyBytesMax the largest body in bytes
 * @returns what the client is told; faults of our own are told without details
 */
export function apiErrorOfFault(error: unknown, bodyBytesMax: number): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof LinkFault) {
    return new ApiError('MAINTENANCE', 'The venue does not answer now: it is starting, stopping or overloaded. Try again.', {
      cause: error,
    });
  }
  if (error instanceof HistoryUnavailable) {
    return new ApiError('MAINTENANCE', 'History is not available now; trading goes on without it. Try again in a while.', {
      cause: error,
      retryAfterSeconds: HISTORY_RETRY_SECONDS,
    });
  }
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiError('INVALID_CLIENT_REQUEST', `Invalid body: it is larger than ${bodyBytesMax} bytes; split the request`, {
        status: 413,
      });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new ApiError('INVALID_CLIENT_REQUEST', 'Invalid body: its length is not the one that Content-Length announces');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiError('INVALID_CLIENT_REQUEST', 'Invalid Content-Type: send application/json', { status: 415 });
    case 'FST_ERR_BAD_URL':
      return new ApiError('INVALID_CLIENT_REQUEST', 'Invalid path: it has a broken percent-encoding');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new ApiError('INVALID_CLIENT_REQUEST', `Invalid path: an id in it has more than ${PATH_ID_LENGTH_MAX} characters`, {
        status: 414,
      });
    case 'ECONNRESET':
      return new ApiError('INVALID_CLIENT_REQUEST', 'The connection broke before the whole request arrived');
    default:
      return new ApiError('SERVER_ERROR', 'The venue failed to answer; the request may or may not have been carried out', { cause: error });
  }
}

/**
 * Words the refusal of an unknown path.
 *
 * @param method method of the request
 * @param path path of the request
 * @param methodsThere methods that the path does have
 */
export function notFound(method: string, path: string, methodsThere: readonly string[]): ApiError {
  const shown = showValue(path).replace('the string ', '');
  const help = methodsThere.length > 0 ? `this path takes ${methodsThere.join(', ')}` : 'see /docs for all routes';
  return new ApiError('RESOURCE_NOT_FOUND', `Not Found: ${method} ${shown}; ${help}`);
}

/** What a request without a host is answered: HTTP/1.1 asks for one. */
export function noHost(): ApiError {
  return new ApiError('INVALID_CLIENT_REQUEST', 'The header Host is missing: HTTP/1.1 needs it, such as "Host: 127.0.0.1:7400"');
}

/** What an ordinary request is answered where WebSockets are opened. */
export function upgradeNeeded(): ApiError {
  return new ApiError(
    'INVALID_CLIENT_REQUEST',
    'Streams are WebSockets: connect to ws://<host>/ws with a WebSocket client; see /docs/streams',
    {
      status: 426,
    },
  );
}

/** For {@link rawRefusal}: an `Expect` that is not `100-continue`. */
export const UNKNOWN_EXPECTATION = 'EXPECTATION';

/**
 * Words what Node's HTTP parser refused, as a whole answer to write to the socket.
 *
 * @param code code of the parser's error
 */
export function rawRefusal(code: string | undefined): string {
  const [status, reason, message] = rawRefusalOf(code);
  const body = JSON.stringify(new ApiError('INVALID_CLIENT_REQUEST', message).toBody());
  return `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
}

function rawRefusalOf(code: string | undefined): readonly [status: number, reason: string, message: string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'Request Header Fields Too Large', 'The headers are too large'];
    case UNKNOWN_EXPECTATION:
      return [417, 'Expectation Failed', 'The only Expect that is known is 100-continue: leave the header off'];
    case 'CONNECT':
      return [405, 'Method Not Allowed', 'This is no proxy: CONNECT is not offered; ask this server itself, see /docs'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'Request Timeout', 'The request took too long to arrive'];
    default:
      return [400, 'Bad Request', 'The request is not valid HTTP/1.1'];
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
