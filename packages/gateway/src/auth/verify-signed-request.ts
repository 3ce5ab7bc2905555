/** Proves that a request was signed by the holder of its key, now, and for just this. */
import type { IncomingHttpHeaders } from 'node:http';
import {
  canonicalOfFields,
  canonicalString,
  encodePairs,
  pairsOfFields,
  pairsOfQuery,
  rawPairsOfQuery,
  type SignedPair,
  type SignedPart,
} from '@mochila/protocol';
import { ApiError } from '../errors/api-error.ts';
import { hash96 } from './hash96.ts';
import type { SignedRequest } from './signed-request.ts';
import { findSignedText, readPublicKey, readSignature } from './verify-signature.ts';
import { readSignatureTime, type SignatureTime } from './window.ts';

/** What a signature covers. */
export type SignedRequestInput = {
  /** The word that the route wants to see signed. */
  readonly instruction: string;
  readonly headers: IncomingHttpHeaders;
  /** The text after `?`, without it. */
  readonly rawQuery: string;
  /** The parsed JSON body; undefined without one. */
  readonly body: unknown;
};

/**
 * Verifies the signature of a request over its decoded values, then over percent-encoded ones, since clients differ.
 *
 * @param input the request as it came in; unknown parameters are part of what is signed
 * @param nowMs the venue's clock in Unix milliseconds
 * @returns the proven request, or UNAUTHORIZED (no key), INVALID_CLIENT_REQUEST (time), INVALID_SIGNATURE
 */
export function verifySignedRequest(input: SignedRequestInput, nowMs: number): SignedRequest | ApiError {
  const headers = readHeaders(input.headers);
  if (headers instanceof ApiError) return headers;
  const publicKey = readPublicKey(headers.apiKey);
  if (publicKey instanceof ApiError) return publicKey;
  const time = readSignatureTime(headers.timestamp, headers.window, nowMs);
  if (time instanceof ApiError) return time;
  const signature = readSignature(headers.signature);
  if (signature instanceof ApiError) return signature;
  const canonical = findSignedText(publicKey, signature, textOf(input, time, 'decoded'), () => textOf(input, time, 'encoded'));
  if (canonical instanceof ApiError) return canonical;
  const { instruction } = input;
  return { apiKey: headers.apiKey, publicKey, instruction, ...time, canonical, signature, hash: hash96(canonical) };
}

/**
 * Tells whether a request claims to be signed.
 *
 * @param headers headers of the request
 */
export function isSigned(headers: IncomingHttpHeaders): boolean {
  return headers['x-api-key'] !== undefined || headers['x-signature'] !== undefined;
}

type SignatureHeaderTexts = { apiKey: string; timestamp: string; window: string | undefined; signature: string };

function readHeaders(headers: IncomingHttpHeaders): SignatureHeaderTexts | ApiError {
  const apiKey = headerText(headers, 'x-api-key');
  if (apiKey === undefined) return missingHeader('X-API-Key', 'base64 of your ED25519 public key');
  const signature = headerText(headers, 'x-signature');
  if (signature === undefined) return missingHeader('X-Signature', 'base64 of your ED25519 signature');
  const timestamp = headerText(headers, 'x-timestamp');
  if (timestamp === undefined) return missingHeader('X-Timestamp', 'the time of signing in Unix milliseconds');
  return { apiKey, signature, timestamp, window: headerText(headers, 'x-window') };
}

function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function missingHeader(name: string, content: string): ApiError {
  return new ApiError('UNAUTHORIZED', `Missing header ${name}: this request must be signed; the header carries ${content}. See /docs.`);
}

function textOf(input: SignedRequestInput, { timestampMs, windowMs }: SignatureTime, spelling: 'decoded' | 'encoded'): string {
  const { instruction, rawQuery, body } = input;
  const isDecoded = spelling === 'decoded';
  if (isDecoded && rawQuery === '' && isFields(body)) return canonicalOfFields({ instruction, fields: body, timestampMs, windowMs });
  const query = queryPairs(rawQuery, isDecoded);
  const parts = bodyPairs(body).map((pairs): SignedPart => [query, isDecoded ? pairs : encodePairs(pairs)]);
  return canonicalString({ instruction, parts, timestampMs, windowMs });
}

function queryPairs(rawQuery: string, isDecoded: boolean): SignedPair[] {
  if (rawQuery === '') return [];
  return isDecoded ? pairsOfQuery(rawQuery) : rawPairsOfQuery(rawQuery);
}

function bodyPairs(body: unknown): SignedPair[][] {
  if (Array.isArray(body)) return body.map(pairsOfItem);
  return [pairsOfItem(body)];
}

function pairsOfItem(item: unknown): SignedPair[] {
  return isFields(item) ? pairsOfFields(item) : [];
}

function isFields(item: unknown): item is { readonly [name: string]: unknown } {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}
