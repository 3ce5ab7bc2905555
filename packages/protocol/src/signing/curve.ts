/** ED25519 by @noble, set up for synchronous use. The only file that touches the library. */
import { getPublicKey as curveGetPublicKey, sign as curveSign, verify as curveVerify, hashes } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';

hashes.sha512 = sha512;

/**
 * Derives the public key of a seed.
 *
 * @param seed 32 secret bytes
 * @returns 32 bytes
 */
export function getPublicKey(seed: Uint8Array): Uint8Array {
  return curveGetPublicKey(seed);
}

/**
 * Signs bytes with a seed (RFC 8032, deterministic).
 *
 * @param message any bytes
 * @param seed 32 secret bytes
 * @returns 64 bytes
 */
export function signBytes(message: Uint8Array, seed: Uint8Array): Uint8Array {
  return curveSign(message, seed);
}

/**
 * Tells whether a signature belongs to a message and a key, by the strict rules of RFC 8032.
 *
 * @param signature 64 bytes
 * @param message any bytes
 * @param publicKey 32 bytes
 * @returns false also for malformed keys and signatures
 */
export function verifyBytes(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  return curveVerify(signature, message, publicKey, { zip215: false });
}
