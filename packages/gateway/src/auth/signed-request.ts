/** A request whose signature was found good, and what the engine is told about it. */
import { SIGNATURE_BYTES } from '@mochila/protocol';
import { type Hash96, hash96 } from './hash96.ts';

/** A request whose signature was found good. Whether its key is known and may do this is another question. */
export type SignedRequest = {
  /** Base64 of the public key, as sent. */
  readonly apiKey: string;
  readonly publicKey: Uint8Array;
  readonly instruction: string;
  readonly timestampMs: number;
  readonly windowMs: number;
  /** UTF-8 bytes of the string that was signed. */
  readonly canonical: Uint8Array;
  readonly signature: Uint8Array;
  /** Hash of the signed string, by which a write is accepted only once. */
  readonly hash: Hash96;
};

/**
 * Packs the proof of a request for the journal: 32 bytes of key, 64 of signature, then the signed string.
 *
 * @param request the request
 * @returns the envelope; anyone can check it with an ED25519 library
 */
export function envelopeOf(request: SignedRequest): Uint8Array {
  const { publicKey, signature, canonical } = request;
  // Every byte is written below.
  const envelope = Buffer.allocUnsafe(publicKey.length + SIGNATURE_BYTES + canonical.length);
  envelope.set(publicKey, 0);
  envelope.set(signature, publicKey.length);
  envelope.set(canonical, publicKey.length + SIGNATURE_BYTES);
  return envelope;
}

/**
 * Hashes what was asked, without time and window: the same request signed again has the same hash.
 *
 * @param request the request
 * @returns the hash that an idempotency key is tied to
 */
export function hashOfContent(request: SignedRequest): Hash96 {
  const stampLength = `timestamp=${request.timestampMs}&window=${request.windowMs}`.length;
  return hash96(request.canonical.subarray(0, request.canonical.length - stampLength));
}
