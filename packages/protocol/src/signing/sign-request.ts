/** What a client does to sign: headers of a request, and the signature tuple of a subscription. */
import { encodeBase64 } from './base64.ts';
import { canonicalString, pairsOfFields, pairsOfParameters, SIGNING_WINDOW_MS_DEFAULT, type SignedPart } from './canonical.ts';
import { getPublicKey, signBytes } from './curve.ts';
import { INSTRUCTION_SUBSCRIBE } from './instructions.ts';
import { seedOfSecret } from './keys.ts';

/** A key pair ready to sign. */
export type Signer = {
  /** Base64 of the public key; it names the account. */
  readonly apiKey: string;
  /** Signs the UTF-8 bytes of a text and gives the signature in base64. */
  readonly sign: (text: string) => string;
};

/** A request before it is signed. */
export type UnsignedRequest = {
  readonly instruction: string;
  /** Query parameters; null and undefined values are left out. */
  readonly query?: object;
  /** JSON body: an object, or an array of objects for a batch. */
  readonly body?: object | readonly object[];
  readonly timestampMs: number;
  readonly windowMs?: number;
};

/** The headers that make a request a signed one. */
export type SignatureHeaders = {
  readonly 'X-API-Key': string;
  readonly 'X-Timestamp': string;
  readonly 'X-Window': string;
  readonly 'X-Signature': string;
};

/** The `signature` field of a SUBSCRIBE frame: key, signature, timestamp, window. */
export type SubscribeSignature = readonly [apiKey: string, signature: string, timestampMs: string, windowMs: string];

/**
 * Makes a signer from a secret.
 *
 * @param secret base64 of a 32-byte seed or of a 64-byte key
 * @returns the signer
 * @throws Error when the secret is malformed
 */
export function createSigner(secret: string): Signer {
  const seed = seedOfSecret(secret);
  const encoder = new TextEncoder();
  return {
    apiKey: encodeBase64(getPublicKey(seed)),
    sign: (text) => encodeBase64(signBytes(encoder.encode(text), seed)),
  };
}

/**
 * Builds the string that a request is signed by: query first, then body.
 *
 * @param request the request, times in milliseconds
 * @returns the canonical string
 * @example
 * stringToSign({ instruction: 'orderCancel', body: { symbol: 'BTC_USDT', orderId: '28' }, timestampMs: 1614550000000 })
 * // 'instruction=orderCancel&orderId=28&symbol=BTC_USDT&timestamp=1614550000000&window=5000'
 */
export function stringToSign(request: UnsignedRequest): string {
  const { instruction, timestampMs, windowMs = SIGNING_WINDOW_MS_DEFAULT } = request;
  return canonicalString({ instruction, parts: partsOf(request), timestampMs, windowMs });
}

/**
 * Signs a request.
 *
 * @param signer the key pair
 * @param request the request, times in milliseconds
 * @returns the headers to send with it
 */
export function signRequest(signer: Signer, request: UnsignedRequest): SignatureHeaders {
  return {
    'X-API-Key': signer.apiKey,
    'X-Timestamp': String(request.timestampMs),
    'X-Window': String(request.windowMs ?? SIGNING_WINDOW_MS_DEFAULT),
    'X-Signature': signer.sign(stringToSign(request)),
  };
}

/**
 * Signs a subscription to private streams.
 *
 * @param signer the key pair
 * @param timestampMs client time in Unix milliseconds
 * @param windowMs time the signature stays good, in milliseconds
 * @returns the `signature` field of the SUBSCRIBE frame
 */
export function signSubscribe(signer: Signer, timestampMs: number, windowMs: number = SIGNING_WINDOW_MS_DEFAULT): SubscribeSignature {
  const text = canonicalString({ instruction: INSTRUCTION_SUBSCRIBE, parts: [[]], timestampMs, windowMs });
  return [signer.apiKey, signer.sign(text), String(timestampMs), String(windowMs)];
}

function partsOf(request: UnsignedRequest): readonly SignedPart[] {
  const { query = {}, body = {} } = request;
  const queryPairs = pairsOfParameters(query);
  if (isBatch(body)) return body.map((item) => [queryPairs, pairsOfFields(item)]);
  return [[queryPairs, pairsOfFields(body)]];
}

function isBatch(body: object | readonly object[]): body is readonly object[] {
  return Array.isArray(body);
}
