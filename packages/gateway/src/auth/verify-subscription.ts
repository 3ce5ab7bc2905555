/** Proves who asks for private streams. */
import { canonicalString, INSTRUCTION_SUBSCRIBE } from '@mochila/protocol';
import { ApiError } from '../errors/api-error.ts';
import { hash96 } from './hash96.ts';
import type { SignedRequest } from './signed-request.ts';
import { findSignedText, readPublicKey, readSignature } from './verify-signature.ts';
import { readSignatureTime } from './window.ts';

/** Key, signature, timestamp and window, as a SUBSCRIBE frame carries them. */
export type SubscriptionSignature = readonly [apiKey: string, signature: string, timestamp: string, window: string];

const NAMES = { timestamp: 'signature[2]', window: 'signature[3]' };

/**
 * Verifies the signature of a SUBSCRIBE frame.
 *
 * @param proof the four texts
 * @param nowMs the venue's clock in Unix milliseconds
 * @returns the proven request, or why not
 */
export function verifySubscription(proof: SubscriptionSignature, nowMs: number): SignedRequest | ApiError {
  const [apiKey, signatureText, timestamp, window] = proof;
  const publicKey = readPublicKey(apiKey, 'signature[0]');
  if (publicKey instanceof ApiError) return publicKey;
  const time = readSignatureTime(timestamp, window, nowMs, NAMES);
  if (time instanceof ApiError) return time;
  const signature = readSignature(signatureText, 'signature[1]');
  if (signature instanceof ApiError) return signature;
  const instruction = INSTRUCTION_SUBSCRIBE;
  const canonical = findSignedText(publicKey, signature, canonicalString({ instruction, parts: [[]], ...time }));
  if (canonical instanceof ApiError) return canonical;
  return { apiKey, publicKey, instruction, ...time, canonical, signature, hash: hash96(canonical) };
}
