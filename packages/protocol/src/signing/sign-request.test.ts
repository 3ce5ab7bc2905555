import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { getPublicKey, signBytes, verifyBytes } from './curve.ts';
import { INSTRUCTIONS, instructionOf } from './instructions.ts';
import { publicKeyFault, seedOfSecret } from './keys.ts';
import { createSigner, signRequest, signSubscribe, stringToSign } from './sign-request.ts';

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const seedOne = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
const keyOne = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');

describe('curve', () => {
  it('gives the first two vectors of RFC 8032', () => {
    expect(getPublicKey(seedOne)).toEqual(keyOne);
    const signature = fromHex(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
    expect(signBytes(new Uint8Array(), seedOne)).toEqual(signature);
    expect(verifyBytes(signature, new Uint8Array(), keyOne)).toBe(true);
    expect(verifyBytes(signature, new Uint8Array([0]), keyOne)).toBe(false);

    const seedTwo = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    expect(signBytes(new Uint8Array([0x72]), seedTwo)).toEqual(
      fromHex(
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      ),
    );
  });
});

describe('seedOfSecret', () => {
  it('takes a 32-byte seed and a 64-byte key alike', () => {
    expect(seedOfSecret(encodeBase64(seedOne))).toEqual(seedOne);
    expect(seedOfSecret(encodeBase64(new Uint8Array([...seedOne, ...keyOne])))).toEqual(seedOne);
  });

  it.each([
    ['text that is not base64', 'hello world', /standard base64/],
    ['31 bytes', encodeBase64(new Uint8Array(31)), /not 31/],
    ['nothing', '', /not 0/],
    ['halves that do not belong together', encodeBase64(new Uint8Array([...seedOne, ...seedOne])), /not the public key/],
  ])('refuses %s', (_what, secret, message) => {
    expect(() => seedOfSecret(secret)).toThrow(message);
  });

  it('never repeats the secret in its error', () => {
    const secret = encodeBase64(new Uint8Array(31).fill(7));
    expect(() => seedOfSecret(secret)).not.toThrow(secret);
  });
});

describe('publicKeyFault', () => {
  const smallOrder = [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  ];
  it.each(smallOrder)('refuses the point of small order %s', (hex) => {
    expect(publicKeyFault(fromHex(hex))).toBe('smallOrder');
  });

  const notCanonical = [
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  ];
  it.each(notCanonical)('refuses the second spelling %s', (hex) => {
    expect(publicKeyFault(fromHex(hex))).toBe('notCanonical');
  });

  it('refuses other lengths and lets a good key pass', () => {
    expect(publicKeyFault(new Uint8Array(31))).toBe('length');
    expect(publicKeyFault(new Uint8Array(33))).toBe('length');
    expect(publicKeyFault(keyOne)).toBeNull();
  });
});

describe('signRequest', () => {
  it('signs the default window when none is given', () => {
    const signer = createSigner(encodeBase64(seedOne));
    const request = { instruction: 'orderCancel', body: { orderId: 28, symbol: 'BTC_USDT' }, timestampMs: 1614550000000 };
    expect(signRequest(signer, request)).toEqual({
      'X-API-Key': encodeBase64(keyOne),
      'X-Timestamp': '1614550000000',
      'X-Window': '5000',
      'X-Signature': encodeBase64(
        signBytes(
          new TextEncoder().encode('instruction=orderCancel&orderId=28&symbol=BTC_USDT&timestamp=1614550000000&window=5000'),
          seedOne,
        ),
      ),
    });
  });

  it('makes signatures that another implementation accepts, for any fields', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
    const signer = createSigner(Buffer.from(secret).toString('base64'));
    const publicKey = createPublicKey(privateKey);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null))), (body) => {
        const request = { instruction: 'orderExecute', body, timestampMs: 1614550000000, windowMs: 60000 };
        const signature = Buffer.from(signRequest(signer, request)['X-Signature'], 'base64');
        expect(verify(null, Buffer.from(stringToSign(request)), publicKey, signature)).toBe(true);
      }),
      { numRuns: 25, seed: 51_009 },
    );
  });

  it('signs a subscription over instruction, time and window alone', () => {
    const signer = createSigner(encodeBase64(seedOne));
    const [apiKey, signature, timestamp, window] = signSubscribe(signer, 1614550000000);
    expect([apiKey, timestamp, window]).toEqual([encodeBase64(keyOne), '1614550000000', '5000']);
    const text = new TextEncoder().encode('instruction=subscribe&timestamp=1614550000000&window=5000');
    expect(verifyBytes(decodeBase64(signature) ?? new Uint8Array(64), text, keyOne)).toBe(true);
  });
});

describe('instructions', () => {
  it('finds the word of a route and none for public ones', () => {
    expect(instructionOf('DELETE', '/api/v1/orders')).toBe('orderCancelAll');
    expect(instructionOf('GET', '/wapi/v1/history/fills')).toBe('fillHistoryQueryAll');
    expect(instructionOf('GET', '/api/v1/time')).toBeNull();
    expect(instructionOf('GET', 'toString')).toBeNull();
  });

  it('gives every word to one route, but for the two ways to send orders', () => {
    const words = Object.values(INSTRUCTIONS);
    const repeated = words.filter((word, index) => words.indexOf(word) !== index);
    expect(repeated).toEqual(['orderExecute']);
  });
});
