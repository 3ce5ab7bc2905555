/** Base64 of keys and signatures, without Node's Buffer so that browsers can use it too. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = '=';
const INVALID = 255;

const valueOfCharCode = new Uint8Array(128).fill(INVALID);
for (let index = 0; index < ALPHABET.length; index += 1) valueOfCharCode[ALPHABET.charCodeAt(index)] = index;

/**
 * Encodes bytes as padded standard base64 (RFC 4648 section 4).
 *
 * @param bytes any bytes
 * @returns the text; its length is a multiple of four
 * @example encodeBase64(new Uint8Array([1, 2, 3])) // 'AQID'
 */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 3) {
    const left = bytes.length - start;
    const group = (byteAt(bytes, start) << 16) | (byteAt(bytes, start + 1) << 8) | byteAt(bytes, start + 2);
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    text += left > 1 ? ALPHABET.charAt((group >> 6) & 63) : PADDING;
    text += left > 2 ? ALPHABET.charAt(group & 63) : PADDING;
  }
  return text;
}

/**
 * Decodes padded standard base64 and refuses every other spelling of the same bytes, so that one key has one text.
 *
 * @param text base64 text
 * @returns the bytes, or null for a foreign character, a wrong length, white space, missing padding or stray low bits
 * @example decodeBase64('AQID') // Uint8Array.of(1, 2, 3)
 */
export function decodeBase64(text: string): Uint8Array | null {
  return decodeBase64Into(text, allocateBytes);
}

/**
 * Decodes as {@link decodeBase64} does, into bytes that the caller allocates: small arrays with memory of their own are dear.
 *
 * @param text base64 text
 * @param allocate makes the array for so many bytes; all are written unless null is returned
 */
export function decodeBase64Into<Bytes extends Uint8Array>(text: string, allocate: (length: number) => Bytes): Bytes | null {
  if (text.length % 4 !== 0) return null;
  const paddingLength = text.endsWith('==') ? 2 : text.endsWith(PADDING) ? 1 : 0;
  const bytes = allocate((text.length / 4) * 3 - paddingLength);
  const last = text.length - paddingLength;
  let bits = 0;
  let bitCount = 0;
  let written = 0;
  for (let index = 0; index < last; index += 1) {
    const value = valueOfCharCode[text.charCodeAt(index)] ?? INVALID;
    if (value === INVALID) return null;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes[written] = (bits >> bitCount) & 0xff;
    written += 1;
  }
  const strayBits = bits & ((1 << bitCount) - 1);
  return strayBits === 0 ? bytes : null;
}

function allocateBytes(length: number): Uint8Array {
  return new Uint8Array(length);
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
