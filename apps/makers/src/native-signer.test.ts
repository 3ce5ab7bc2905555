import { createSigner } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { nativeSigner } from './native-signer.ts';
import { secretOf } from './random.ts';

describe('the native signer', () => {
  it('has the key and the signatures of the one in JavaScript', () => {
    const secret = secretOf('any', 'maker');
    const [native, plain] = [nativeSigner(secret), createSigner(secret)];
    expect(native.apiKey).toBe(plain.apiKey);
    expect(native.sign('instruction=orderExecute')).toBe(plain.sign('instruction=orderExecute'));
  });
});
