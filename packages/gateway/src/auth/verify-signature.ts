/** Finds out whether a signature belongs to one of the texts that clients in use sign. */
import { decodeBase64, decodeBase64Into, PUBLIC_KEY_BYTES, type PublicKeyFault, publicKeyFault, SIGNATURE_BYTES } from '@mochila/protocol';
import sodium from 'sodium-native';
import { ApiError } from '../errors/api-error.ts';
import { showValue } from '../errors/show-value.ts';
import { BoundedMap } from '../limits/bounded-map.ts';

const KEYS_REMEMBERED_MAX = 20_000;
const SHOWN_TEXT_MAX = 600;

/** Keys that were read and judged before: reading one takes longer than all else here but the signature itself. */
const knownKeys = new BoundedMap<string, Buffer>(KEYS_REMEMBERED_MAX);

const KEY_FAULTS: Readonly<Record<PublicKeyFault, string>> = {
  length: `it must be base64 of the ${PUBLIC_KEY_BYTES} bytes of an ED25519 public key`,
  notCanonical: 'its bytes are no canonical point of the curve; make a new key pair',
  smallOrder: 'anybody can sign for this key; make a new key pair',
};

/**
 * Reads a public key.
 *
 * @param apiKey base64
 * @param name where it stood, for the words of a refusal
 * @returns its 32 bytes, or UNAUTHORIZED with what is wrong with it
 */
export function readPublicKey(apiKey: string, name = 'X-API-Key'): Buffer | ApiError {
  const known = knownKeys.get(apiKey);
  if (known !== undefined) return known;
  const key = decodeBase64(apiKey);
  const fault = key === null ? 'length' : publicKeyFault(key);
  if (key === null || fault !== null) {
    return new ApiError('UNAUTHORIZED', `${name} is ${showValue(apiKey)}: ${KEY_FAULTS[fault ?? 'length']}`);
  }
  const bytes = asBuffer(key);
  knownKeys.set(apiKey, bytes);
  return bytes;
}

/**
 * Reads a signature.
 *
 * @param signature base64
 * @param name where it stood, for the words of a refusal
 * @returns its 64 bytes, or INVALID_SIGNATURE
 */
export function readSignature(signature: string, name = 'X-Signature'): Buffer | ApiError {
  const bytes = decodeBase64Into(signature, Buffer.allocUnsafe);
  if (bytes?.length === SIGNATURE_BYTES) return bytes;
  const rule = `it must be base64, with padding, of the ${SIGNATURE_BYTES} bytes of an ED25519 signature`;
  return new ApiError('INVALID_SIGNATURE', `Invalid signature: ${name} is ${showValue(signature)}: ${rule}`);
}

/**
 * Checks a signature against the texts that the request may have been signed as.
 *
 * @param publicKey 32 bytes
 * @param signature 64 bytes
 * @param usual the text that most clients sign
 * @param makeOther makes the other text that some clients sign; called only when the usual one was not signed
 * @returns the UTF-8 bytes of the text that was signed, or INVALID_SIGNATURE with the usual one
 */
export function findSignedText(publicKey: Buffer, signature: Buffer, usual: string, makeOther?: () => string): Uint8Array | ApiError {
  const message = Buffer.from(usual, 'utf8');
  if (sodium.crypto_sign_verify_detached(signature, message, publicKey)) return message;
  const other = makeOther?.() ?? usual;
  if (other !== usual) {
    const otherMessage = Buffer.from(other, 'utf8');
    if (sodium.crypto_sign_verify_detached(signature, otherMessage, publicKey)) return otherMessage;
  }
  const shown = usual.length <= SHOWN_TEXT_MAX ? usual : `${usual.slice(0, SHOWN_TEXT_MAX)}... (${usual.length} characters)`;
  return new ApiError('INVALID_SIGNATURE', `Invalid signature: the key must sign exactly this text: ${shown}`);
}

/** A view of the same bytes. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
