/** From the signature of a SUBSCRIBE frame to the account whose streams it may start. */
import { judgePermission, type KeyDirectory, type KeyRecord } from '../auth/key-directory.ts';
import { verifySubscription } from '../auth/verify-subscription.ts';
import { ApiError } from '../errors/api-error.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import { STREAM_ERROR_CODES, type SubscribeFrame } from '../schemas/stream-frames.ts';
import type { Connection } from './connection.ts';
import type { StreamRefusal } from './stream-kind.ts';

/** What subscriptions are judged with. */
export type SubscriptionGuard = {
  readonly keys: KeyDirectory;
  readonly limits: RequestLimits;
  readonly nowMs: () => number;
};

/** Finds the key that signed a frame, or why it may not start private streams. A socket is of one account. */
export async function authenticateSubscription(
  connection: Connection,
  frame: SubscribeFrame,
  { keys, limits, nowMs }: SubscriptionGuard,
): Promise<KeyRecord | StreamRefusal> {
  if (frame.signature === undefined) return unauthorized('Private streams need `signature`: [key, signature, timestamp, window].');
  const { address } = connection;
  const flooded = limits.admitAddress(address, nowMs());
  if (flooded !== null) return { code: STREAM_ERROR_CODES.tooManyFrames, message: flooded.message };
  const request = verifySubscription(frame.signature, nowMs());
  if (request instanceof ApiError) {
    if (request.code === 'INVALID_SIGNATURE') limits.chargeBadSignature(address, nowMs());
    return { code: STREAM_ERROR_CODES.invalidSignature, message: request.message };
  }
  const record = keys.find(request.apiKey) ?? (await keys.register(request, address));
  if (record instanceof ApiError) return unauthorized(record.message);
  const forbidden = judgePermission(record, 'read');
  if (forbidden !== null) return unauthorized(forbidden.message);
  if (connection.owner !== null && connection.owner.account !== record.account) {
    return unauthorized('This socket carries the streams of another account: open one socket for each.');
  }
  return record;
}

function unauthorized(message: string): StreamRefusal {
  return { code: STREAM_ERROR_CODES.unauthorized, message };
}
