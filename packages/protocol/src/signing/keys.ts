/** ED25519 keys: the shapes in which they arrive and the public keys that are refused. */

import { decodeBase64 } from './base64.ts';
import { getPublicKey } from './curve.ts';

/** Bytes of a public key. */
export const PUBLIC_KEY_BYTES = 32;
/** Bytes of a secret seed. */
export const SEED_BYTES = 32;
/** Bytes of a secret in the longer form: the seed followed by the public key. */
export const SECRET_KEY_BYTES = 64;
/** Bytes of a signature. */
export const SIGNATURE_BYTES = 64;

const FIELD_PRIME_TOP_BYTE = 0x7f;

/**
 * The y coordinates of the eight points of small order, little endian with the sign bit cleared: 0, 1, -1 and the two of order eight.
 * Signatures under such a key can be forged. Source: RFC 8032 and Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs" (2020).
 */
const SMALL_ORDER_Y: readonly string[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
];

/** Why a public key is refused. */
export type PublicKeyFault = 'length' | 'notCanonical' | 'smallOrder';

/**
 * Judges the bytes of a public key; whether they name a point of the curve is left to the signature check.
 *
 * @param key bytes of a public key
 * @returns null for a usable key, otherwise the fault
 * @example publicKeyFault(new Uint8Array(32)) // 'smallOrder'
 */
export function publicKeyFault(key: Uint8Array): PublicKeyFault | null {
  if (key.length !== PUBLIC_KEY_BYTES) return 'length';
  if (!isCanonicalY(key)) return 'notCanonical';
  return SMALL_ORDER_Y.includes(hexOfY(key)) ? 'smallOrder' : null;
}

/**
 * Reads a secret in either of the two spellings in use: base64 of the 32-byte seed, or of the 64 bytes seed and public key.
 *
 * @param secret base64 text
 * @returns the 32-byte seed
 * @throws Error when the text is neither, or when the public half does not belong to the seed; the text itself is not repeated
 */
export function seedOfSecret(secret: string): Uint8Array {
  const bytes = decodeBase64(secret);
  if (bytes === null) throw new Error('The secret must be standard base64 with padding. Copy it again, without spaces or line breaks.');
  if (bytes.length === SEED_BYTES) return bytes;
  if (bytes.length !== SECRET_KEY_BYTES) {
    throw new Error(
      `The secret must decode to ${SEED_BYTES} bytes (a seed) or ${SECRET_KEY_BYTES} (seed and public key), not ${bytes.length}.`,
    );
  }
  const seed = bytes.slice(0, SEED_BYTES);
  if (!equalBytes(getPublicKey(seed), bytes.subarray(SEED_BYTES))) {
    throw new Error('The second half of the 64-byte secret is not the public key of its first half. Use the 32-byte seed alone.');
  }
  return seed;
}

function isCanonicalY(key: Uint8Array): boolean {
  if (((key[31] ?? 0) & 0x7f) !== FIELD_PRIME_TOP_BYTE) return true;
  for (let index = 30; index >= 1; index -= 1) if (key[index] !== 0xff) return true;
  return (key[0] ?? 0) < 0xed;
}

function hexOfY(key: Uint8Array): string {
  let hex = '';
  for (let index = 0; index < 31; index += 1) hex += (key[index] ?? 0).toString(16).padStart(2, '0');
  return hex + ((key[31] ?? 0) & 0x7f).toString(16).padStart(2, '0');
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
