/** From a claim to a caller: signature, key, permission. */
import type { IncomingHttpHeaders } from 'node:http';
import { readIdempotencyKey } from '../auth/idempotency-key.ts';
import { judgePermission, type PermissionWord } from '../auth/key-directory.ts';
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
 * @returns the caller, or UNAUTHORIZED, INVALID_CLIENT_REQUEST, INVALID_SIGNATURE, FORBIDDEN
 */
export async function authenticate(claim: Claim, services: GatewayServices, limits: RequestLimits): Promise<Caller | ApiError> {
  const { access, headers, rawQuery, body, address, nowMs } = claim;
  const idempotency = readIdempotencyKey(headers);
  if (idempotency instanceof ApiError) return idempotency;
  const request = verifySignedRequest({ instruction: access.instruction, headers, rawQuery, body }, nowMs);
  if (request instanceof ApiError) {
    if (request.code === 'INVALID_SIGNATURE') limits.chargeBadSignature(address, nowMs);
    return request;
  }
  const record = services.keys.find(request.apiKey) ?? (await services.keys.register(request, address));
  if (record instanceof ApiError) return record;
  const forbidden = judgePermission(record, access.permission);
  return forbidden ?? { ...record, apiKey: request.apiKey, request, idempotency };
}
