/** From a claim to a caller: signature, key, permission. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Hash96 } from '../auth/hash96.ts';
import { readIdempotencyKey } from '../auth/idempotency-key.ts';
import { judgePermission, type KeyRecord, type PermissionWord } from '../auth/key-directory.ts';
import type { SignedRequest } from '../auth/signed-request.ts';
import { verifySignedRequest } from '../auth/verify-signed-request.ts';
import { ApiError } from '../errors/api-error.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import type { GatewayServices } from '../services.ts';
import type { Caller } from './route.ts';

/** A request that claims to be somebody's. */
export type Claim = {
  readonly access: { readonly instruction: string; readonly permission: PermissionWord };
  readonly headers: IncomingHttpHeaders;
  readonly rawQuery: string;
  readonly body: unknown;
  readonly address: string;
  readonly nowMs: number;
};

/**
 * Proves a claim.
 *
 * @param claim the request
 * @param services keys of the venue
 * @param limits charges the address for a signature that fails
 * @returns the caller, promised for a key that must be registered first, or UNAUTHORIZED, INVALID_CLIENT_REQUEST, INVALID_SIGNATURE, FORBIDDEN
 */
export function authenticate(
  claim: Claim,
  services: GatewayServices,
  limits: RequestLimits,
): Caller | ApiError | Promise<Caller | ApiError> {
  const { access, headers, rawQuery, body, address, nowMs } = claim;
  const idempotency = readIdempotencyKey(headers);
  if (idempotency instanceof ApiError) return idempotency;
  const request = verifySignedRequest({ instruction: access.instruction, headers, rawQuery, body }, nowMs);
  if (request instanceof ApiError) {
    if (request.code === 'INVALID_SIGNATURE') limits.chargeBadSignature(address, nowMs);
    return request;
  }
  if (request.timestampMs < services.signedSinceMs) return signedBeforeStart();
  const judge = (record: KeyRecord | ApiError): Caller | ApiError => {
    if (record instanceof ApiError) return record;
    return judgePermission(record, access.permission) ?? callerOf(record, request, idempotency);
  };
  const record = services.keys.find(request.apiKey);
  return record === undefined ? services.keys.register(request, address).then(judge) : judge(record);
}

function signedBeforeStart(): ApiError {
  return new ApiError('INVALID_CLIENT_REQUEST', 'Request has expired: it was signed before the venue started. Sign again.');
}

function callerOf(record: KeyRecord, request: SignedRequest, idempotency: Hash96): Caller {
  const { key, generation, user, account, permissions } = record;
  return { key, generation, user, account, permissions, apiKey: request.apiKey, request, idempotency };
}
