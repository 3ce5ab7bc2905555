import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';

describe('base64', () => {
  it('gives the RFC 4648 vectors', () => {
    const vectors: readonly [string, string][] = [
      ['', ''],
      ['f', 'Zg=='],
      ['fo', 'Zm8='],
      ['foo', 'Zm9v'],
      ['foob', 'Zm9vYg=='],
      ['fooba', 'Zm9vYmE='],
      ['foobar', 'Zm9vYmFy'],
    ];
    for (const [text, encoded] of vectors) {
      expect(encodeBase64(new TextEncoder().encode(text))).toBe(encoded);
      expect(decodeBase64(encoded)).toEqual(new TextEncoder().encode(text));
    }
  });

  it('agrees with the built-in encoder and comes back for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(text)).toEqual(bytes);
      }),
      { seed: 51_004 },
    );
  });

  it.each([
    ['missing padding', 'Zg'],
    ['half the padding', 'Zg='],
    ['padding alone', '===='],
    ['padding in the middle', 'Zg==Zg=='],
    ['three pad characters', 'Z==='],
    ['a space', 'Zm9 '],
    ['a line break', 'Zm9\n'],
    ['url-safe letters', '-_-_'],
    ['stray low bits', 'Zh=='],
    ['stray low bits after two bytes', 'Zm9='],
    ['a letter beyond ASCII', 'Zm9é'],
  ])('refuses %s', (_what, text) => {
    expect(decodeBase64(text)).toBeNull();
  });

  it('accepts one spelling only: whatever decodes, encodes to the same text', () => {
    const letters = fc.constantFrom(...'ABZabz019+/=-_ ');
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 12 }), (text) => {
        const bytes = decodeBase64(text);
        if (bytes !== null) expect(encodeBase64(bytes)).toBe(text);
      }),
      { seed: 51_005 },
    );
  });
});
