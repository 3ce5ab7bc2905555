/** The header by which a write can be repeated without being done twice. */
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../errors/api-error.ts';
import { showValue } from '../errors/show-value.ts';
import { type Hash96, hash96, NO_HASH } from './hash96.ts';

const VISIBLE = /^[\x21-\x7e]{1,64}$/;

/**
 * Reads `X-Idempotency-Key`.
 *
 * @param headers headers of the request
 * @returns the hash of the key, {@link NO_HASH} without one, or INVALID_CLIENT_REQUEST
 */
export function readIdempotencyKey(headers: IncomingHttpHeaders): Hash96 | ApiError {
  const value = headers['x-idempotency-key'];
  if (value === undefined) return NO_HASH;
  if (typeof value === 'string' && VISIBLE.test(value)) return hash96(value);
  return new ApiError('INVALID_CLIENT_REQUEST', `X-Idempotency-Key is ${showValue(value)}: it must be 1 to 64 visible ASCII characters`);
}
