/** Keys and signatures: from a secret text, or from a key that the browser keeps to itself. */
import { createSigner, encodeBase64, getPublicKey, PUBLIC_KEY_BYTES, publicKeyFault, SEED_BYTES } from '@mochila/protocol';
import { UsageFault, wordsOf } from './faults.ts';

/** Signs for one account. The secret itself may be out of reach, as with a key of WebCrypto. */
export type RequestSigner = {
  /** Base64 of the public key; it names the account. */
  readonly apiKey: string;
  /** Signs the UTF-8 bytes of a text and gives the signature in base64. */
  readonly sign: (text: string) => string | Promise<string>;
};

/** A key pair as text. */
export type KeyPair = {
  /** Base64 of the 32-byte public key; safe to show. */
  readonly publicKey: string;
  /** Base64 of the 32-byte seed; whoever has it trades in your name. */
  readonly secret: string;
};

/** What this file needs of WebCrypto. */
type SubtleKeys = { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };
type CryptoKey = Parameters<typeof crypto.subtle.sign>[1];

/**
 * Makes a new ED25519 key pair from the random numbers of the system.
 *
 * @returns both keys in base64
 */
export function createKeyPair(): KeyPair {
  const seed = crypto.getRandomValues(new Uint8Array(SEED_BYTES));
  return { publicKey: encodeBase64(getPublicKey(seed)), secret: encodeBase64(seed) };
}

/**
 * Makes a signer from a secret.
 *
 * @param secret base64 of a 32-byte seed or of a 64-byte key
 * @throws UsageFault when the secret is malformed; the text itself is not repeated
 */
export function signerOfSecret(secret: string): RequestSigner {
  try {
    return createSigner(secret);
  } catch (error) {
    throw new UsageFault(wordsOf(error), { cause: error });
  }
}

/**
 * Makes a signer from an ED25519 key pair of WebCrypto, whose private half need not be extractable.
 *
 * @param keys from `crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])`
 * @throws UsageFault when the keys are of another kind
 */
export async function signerOfCryptoKeys(keys: SubtleKeys): Promise<RequestSigner> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  const fault = publicKeyFault(publicKey);
  if (fault !== null) {
    throw new UsageFault(`The public key must be ${PUBLIC_KEY_BYTES} bytes of ED25519 (${fault}): make it with the algorithm 'Ed25519'.`);
  }
  return {
    apiKey: encodeBase64(publicKey),
    sign: async (text) => {
      const signature = await crypto.subtle.sign('Ed25519', keys.privateKey, new TextEncoder().encode(text));
      return encodeBase64(new Uint8Array(signature));
    },
  };
}
