/** The fields that every command of a user begins with. */
import type { UserHeader } from '@mochila/protocol';
import { hashAtPosition, NO_HASH } from '../auth/hash96.ts';
import { hashOfContent } from '../auth/signed-request.ts';
import type { Caller } from './route.ts';

/**
 * Makes the header of a command. Stamp and window are told in the venue's time, by which the engine judges them again.
 *
 * @param caller who signed the request
 * @param toVenueMs venue time at a moment of the wall clock, both in Unix milliseconds
 * @param position position of the order in its batch; 0 for what is no batch
 * @returns who, with which key, and what makes the command unique
 */
export function userHeader(caller: Caller, toVenueMs: (wallMs: number) => number, position = 0): UserHeader {
  const { account, key, generation, request, idempotency } = caller;
  const isRepeatable = idempotency.hi !== 0 || idempotency.lo !== 0;
  const signed = hashAtPosition(request.hash, position);
  const repeated = isRepeatable ? hashAtPosition(idempotency, position) : NO_HASH;
  const body = isRepeatable ? hashAtPosition(hashOfContent(request), position) : NO_HASH;
  const signedAtMs = toVenueMs(request.timestampMs);
  return {
    account,
    key,
    keyGeneration: generation,
    signedAtMs,
    windowMs: toVenueMs(request.timestampMs + request.windowMs) - signedAtMs,
    signHi: signed.hi,
    signLo: signed.lo,
    idempotencyHi: repeated.hi,
    idempotencyLo: repeated.lo,
    bodyHi: body.hi,
    bodyLo: body.lo,
  };
}
