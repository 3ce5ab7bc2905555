import { generateKeyPairSync, sign } from 'node:crypto';
import {
  createSigner,
  encodeBase64,
  pairsOfParameters,
  queryOfPairs,
  type Signer,
  signRequest,
  signSubscribe,
  verifyBytes,
} from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { hash96, hashAtPosition, NO_HASH } from './hash96.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { envelopeOf, hashOfContent, type SignedRequest } from './signed-request.ts';
import { isSigned, verifySignedRequest } from './verify-signed-request.ts';
import { verifySubscription } from './verify-subscription.ts';
import { CLOCK_AHEAD_MS_MAX } from './window.ts';

const NOW = 1_750_793_021_519;
const signer = createSigner(encodeBase64(new Uint8Array(32).fill(7)));
const order = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '141.25', quantity: '2.5', postOnly: true, clientId: 7 };

type Headers = Record<string, string>;
const headersOf = (signed: object): Headers =>
  Object.fromEntries(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), String(value)]));
const signBody = (body: object, by: Signer = signer): Headers =>
  headersOf(signRequest(by, { instruction: 'orderExecute', body, timestampMs: NOW }));

/** Signs a text of one's own making, as clients with another idea of the text do. */
const signText = (text: string, window = 5000): Headers =>
  headersOf({
    'X-API-Key': signer.apiKey,
    'X-Timestamp': NOW,
    'X-Window': window,
    'X-Signature': signer.sign(`${text}&timestamp=${NOW}&window=${window}`),
  });

function verify(
  headers: Headers,
  body: unknown = order,
  rawQuery = '',
  nowMs = NOW,
  instruction = 'orderExecute',
): SignedRequest | ApiError {
  return verifySignedRequest({ instruction, headers, rawQuery, body }, nowMs);
}
const answer = (result: SignedRequest | ApiError): string =>
  result instanceof ApiError ? `${result.status} ${result.code} ${result.message}` : 'accepted';
const proven = (result: SignedRequest | ApiError): SignedRequest => {
  if (result instanceof ApiError) throw result;
  return result;
};

describe('what clients sign', () => {
  it.each<[string, Headers, unknown, string]>([
    ['a body', signBody(order), order, ''],
    ['the default window without its header', (({ 'x-window': _, ...rest }) => rest)(signBody(order)), order, ''],
    ['broker headers beside it', { ...signBody(order), 'x-broker-id': '1400', 'x-broker-key': 'k' }, order, ''],
    ['fields in another order', signBody(order), Object.fromEntries(Object.entries(order).reverse()), ''],
    ['nulls that are not signed', signBody(order), { ...order, triggerPrice: null }, ''],
    ['nothing but the word', signText('instruction=orderExecute'), null, ''],
    ['a query', signText('instruction=orderExecute&limit=10&symbol=SOL_USDC'), null, 'symbol=SOL_USDC&limit=10'],
    ['unknown parameters of a query', signText('instruction=orderExecute&foo=1&symbol=SOL_USDC'), null, 'symbol=SOL_USDC&foo=1'],
    ['decoded values of a query', signText('instruction=orderExecute&q=50% a'), null, 'q=50%25+a'],
    ['encoded values of a query', signText('instruction=orderExecute&q=50%25%20a'), null, 'q=50%25%20a'],
    ['encoded values in lower case', signText('instruction=orderExecute&q=a%2fb'), null, 'q=a%2fb'],
    ['encoded values of a body', signText('instruction=orderExecute&triggerQuantity=100%25'), { triggerQuantity: '100%' }, ''],
    ['query first, then body', signText('instruction=orderExecute&z=1&a=2'), { a: '2' }, 'z=1'],
    ['a repeated parameter', signText('instruction=orderExecute&m=SPOT&m=PERP'), null, 'm=SPOT&m=PERP'],
    ['a batch', signText('instruction=orderExecute&a=1&b=2&instruction=orderExecute&a=3'), [{ b: '2', a: '1' }, { a: '3' }], ''],
    [
      'a batch with encoded values',
      signText('instruction=orderExecute&a=1%25&instruction=orderExecute&a=3'),
      [{ a: '1%' }, { a: '3' }],
      '',
    ],
    ['a number in a body', signText('instruction=orderExecute&orderId=28'), { orderId: 28 }, ''],
    ['a window of a minute', signText('instruction=orderExecute', 60_000), null, ''],
  ])('is accepted: %s', (_what, headers, body, rawQuery) => {
    expect(answer(verify(headers, body, rawQuery))).toBe('accepted');
  });

  it('is accepted whatever the client of this project signs, and changes with every value', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null));
    const fields = fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 6 });
    fc.assert(
      fc.property(fields, fields, (query, body) => {
        const headers = headersOf(signRequest(signer, { instruction: 'x', query, body, timestampMs: NOW }));
        const rawQuery = queryOfPairs(pairsOfParameters(query));
        expect(answer(verify(headers, body, rawQuery, NOW, 'x'))).toBe('accepted');
        expect(answer(verify(headers, { ...body, more: '1' }, rawQuery, NOW, 'x'))).toContain('INVALID_SIGNATURE');
      }),
      { numRuns: 60, seed: 60_001 },
    );
  });

  it('is what other ED25519 libraries sign', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const text = `instruction=orderExecute&a=1&timestamp=${NOW}&window=5000`;
    const headers = headersOf({
      'X-API-Key': publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64'),
      'X-Timestamp': NOW,
      'X-Signature': sign(null, Buffer.from(text), privateKey).toString('base64'),
    });
    expect(answer(verify(headers, { a: 1 }))).toBe('accepted');
  });
});

describe('what is refused', () => {
  const good = signBody(order);
  const without = (name: string): Headers => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  const smallOrderKey = encodeBase64(new Uint8Array(32).fill(0));
  const base64Of63 = encodeBase64(new Uint8Array(63));

  it.each<[string, Headers, string]>([
    ['no key', without('x-api-key'), '401 UNAUTHORIZED Missing header X-API-Key'],
    ['no signature', without('x-signature'), '401 UNAUTHORIZED Missing header X-Signature'],
    ['no timestamp', without('x-timestamp'), '401 UNAUTHORIZED Missing header X-Timestamp'],
    [
      'a key that is no base64',
      { ...good, 'x-api-key': 'hello' },
      '401 UNAUTHORIZED X-API-Key is the string "hello": it must be base64 of the 32 bytes',
    ],
    ['two keys', { ...good, 'x-api-key': `${signer.apiKey}, ${signer.apiKey}` }, '401 UNAUTHORIZED X-API-Key is'],
    ['a key for which anybody can sign', { ...good, 'x-api-key': smallOrderKey }, 'anybody can sign for this key'],
    [
      'a timestamp with letters',
      { ...good, 'x-timestamp': '12ab' },
      '400 INVALID_CLIENT_REQUEST X-Timestamp is the string "12ab": it must be Unix milliseconds',
    ],
    ['a timestamp with a leading zero', { ...good, 'x-timestamp': `0${NOW}` }, 'it must be Unix milliseconds'],
    ['a negative timestamp', { ...good, 'x-timestamp': '-1' }, 'it must be Unix milliseconds'],
    ['a timestamp with an exponent', { ...good, 'x-timestamp': '1e12' }, 'it must be Unix milliseconds'],
    ['a timestamp in seconds', { ...good, 'x-timestamp': '1750793021' }, '400 INVALID_CLIENT_REQUEST Request has expired'],
    ['a timestamp in microseconds', { ...good, 'x-timestamp': `${NOW}000` }, 'it must be Unix milliseconds'],
    [
      'a window of zero',
      { ...good, 'x-window': '0' },
      '400 INVALID_CLIENT_REQUEST X-Window is the string "0": it must be milliseconds from 1 to 60000',
    ],
    ['a window beyond the most', { ...good, 'x-window': '60001' }, 'X-Window is the string "60001"'],
    ['a huge window', { ...good, 'x-window': '999999999999' }, 'X-Window is the string'],
    [
      'another window than the signed one',
      { ...good, 'x-window': '5001' },
      '400 INVALID_SIGNATURE Invalid signature: the key must sign exactly this text: instruction=orderExecute&clientId=7&',
    ],
    [
      'a signature that is no base64',
      { ...good, 'x-signature': '***' },
      '400 INVALID_SIGNATURE Invalid signature: X-Signature is the string "***"',
    ],
    ['a signature that is too short', { ...good, 'x-signature': base64Of63 }, 'of the 64 bytes'],
    ['a signature of nothing', { ...good, 'x-signature': encodeBase64(new Uint8Array(64)) }, '400 INVALID_SIGNATURE'],
    ['the signature of another key', signBody(order, createSigner(encodeBase64(new Uint8Array(32).fill(8)))), 'accepted'],
    [
      'the key of another signature',
      { ...good, 'x-api-key': createSigner(encodeBase64(new Uint8Array(32).fill(8))).apiKey },
      '400 INVALID_SIGNATURE',
    ],
  ])('%s', (_what, headers, expected) => {
    expect(answer(verify(headers))).toContain(expected);
  });

  it('the same signature with a scalar beyond the group order', () => {
    const bytes = Buffer.from(good['x-signature'] ?? '', 'base64');
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const scalar = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
    const twisted = Buffer.concat([bytes.subarray(0, 32), Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse()]);
    expect(answer(verify({ ...good, 'x-signature': twisted.toString('base64') }))).toContain('INVALID_SIGNATURE');
  });

  it.each<[string, unknown, string, string]>([
    ['a changed value', { ...order, quantity: '25' }, '', 'orderExecute'],
    ['an added field', { ...order, reduceOnly: true }, '', 'orderExecute'],
    ['a removed field', { ...order, clientId: undefined }, '', 'orderExecute'],
    ['an added query', order, 'a=1', 'orderExecute'],
    ['another action', order, '', 'orderCancel'],
    ['a batch of the order and another', [order, order], '', 'orderExecute'],
    ['no body', null, '', 'orderExecute'],
  ])('%s', (_what, body, rawQuery, instruction) => {
    expect(answer(verify(good, body, rawQuery, NOW, instruction))).toContain('INVALID_SIGNATURE');
  });

  it('a signature older than its window or from the future, to the millisecond', () => {
    expect(answer(verify(good, order, '', NOW + 5_000))).toBe('accepted');
    expect(answer(verify(good, order, '', NOW + 5_001))).toContain(
      '400 INVALID_CLIENT_REQUEST Request has expired: its timestamp is 5001 ms behind',
    );
    expect(answer(verify(good, order, '', NOW - CLOCK_AHEAD_MS_MAX))).toBe('accepted');
    expect(answer(verify(good, order, '', NOW - CLOCK_AHEAD_MS_MAX - 1))).toContain(
      'Request has expired: its timestamp is 1001 ms ahead of',
    );
  });

  it('with a short error whatever was sent', () => {
    const result = verify({ ...good, 'x-signature': 'A'.repeat(8_000) }, { a: 'x'.repeat(90_000) });
    expect(answer(result).length).toBeLessThan(1_000);
    expect(answer(verify(good, { a: 'x'.repeat(90_000) })).length).toBeLessThan(1_000);
  });
});

describe('what the engine is told', () => {
  it('is the text, an envelope that anyone can check, and hashes', () => {
    const request = proven(verify(signBody(order)));
    expect(Buffer.from(request.canonical).toString()).toBe(
      `instruction=orderExecute&clientId=7&orderType=Limit&postOnly=true&price=141.25&quantity=2.5&side=Bid&symbol=SOL_USDC_PERP&timestamp=${NOW}&window=5000`,
    );
    const envelope = envelopeOf(request);
    expect(verifyBytes(envelope.slice(32, 96), envelope.slice(96), envelope.slice(0, 32))).toBe(true);
    expect(request.hash).toEqual(hash96(request.canonical));
  });

  it('is one content hash for a request signed twice, another for another request', () => {
    const later = headersOf(signRequest(signer, { instruction: 'orderExecute', body: order, timestampMs: NOW + 1, windowMs: 60_000 }));
    const [first, second] = [proven(verify(signBody(order))), proven(verify(later))];
    expect(hashOfContent(first)).toEqual(hashOfContent(second));
    expect(first.hash).not.toEqual(second.hash);
    const other = proven(verify(signBody({ ...order, price: '142' }), { ...order, price: '142' }));
    expect(hashOfContent(other)).not.toEqual(hashOfContent(first));
  });

  it('is in 48-bit halves, with a hash of its own for each order of a batch', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(49), (bytes, position) => {
        const whole = hash96(bytes);
        expect(Math.max(whole.hi, whole.lo)).toBeLessThan(2 ** 48);
        expect(hashAtPosition(whole, position)).toEqual({ hi: whole.hi, lo: Number((BigInt(whole.lo) + BigInt(position)) % 2n ** 48n) });
      }),
      { seed: 60_002 },
    );
    expect(hash96('abc')).toEqual({ hi: 0xba7816bf8f01, lo: 0xcfea414140de });
  });
});

describe('X-Idempotency-Key', () => {
  it('is hashed when it is there', () => {
    expect(readIdempotencyKey({})).toEqual(NO_HASH);
    expect(readIdempotencyKey({ 'x-idempotency-key': 'payout-17' })).toEqual(hash96('payout-17'));
  });

  it.each(['', 'a b', 'é', 'x'.repeat(65), 'line\nbreak'])('is refused as %j', (key) => {
    expect(readIdempotencyKey({ 'x-idempotency-key': key })).toBeInstanceOf(ApiError);
  });
});

describe('a subscription', () => {
  it('is proven by the four texts of its frame', () => {
    expect(proven(verifySubscription(signSubscribe(signer, NOW), NOW)).apiKey).toBe(signer.apiKey);
  });

  it('is refused with the signature of another action, a stale one, or a broken one', () => {
    const [key, signature] = signSubscribe(signer, NOW);
    const other = signer.sign(`instruction=orderExecute&timestamp=${NOW}&window=5000`);
    const refused = (proof: readonly [string, string, string, string], nowMs = NOW) => {
      const result = verifySubscription(proof, nowMs);
      return result instanceof ApiError ? result.code : 'accepted';
    };
    expect(refused([key, other, String(NOW), '5000'])).toBe('INVALID_SIGNATURE');
    expect(refused([key, signature, String(NOW), '5000'], NOW + 5_001)).toBe('INVALID_CLIENT_REQUEST');
    expect(refused([key, 'x', String(NOW), '5000'])).toBe('INVALID_SIGNATURE');
    expect(refused(['x', signature, String(NOW), '5000'])).toBe('UNAUTHORIZED');
    expect(refused([key, signature, 'now', '5000'])).toBe('INVALID_CLIENT_REQUEST');
    // There are no headers in a frame: what was wrong is named by its place.
    expect(String(verifySubscription(['x', signature, String(NOW), '5000'], NOW))).toContain('signature[0] is the string "x"');
    expect(String(verifySubscription([key, 'x', String(NOW), '5000'], NOW))).toContain('signature[1] is the string "x"');
    expect(String(verifySubscription([key, signature, 'now', '5000'], NOW))).toContain('signature[2] is the string "now"');
    expect(String(verifySubscription([key, signature, String(NOW), '0'], NOW))).toContain('signature[3] is the string "0"');
  });
});

describe('isSigned', () => {
  it('looks at the headers', () => {
    expect(isSigned({})).toBe(false);
    expect(isSigned(signBody(order))).toBe(true);
  });
});
