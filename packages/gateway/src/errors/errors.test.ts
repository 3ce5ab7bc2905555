import { rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { ApiError, apiErrorOfReject } from './api-error.ts';
import { isApiErrorCode } from './api-error-code.ts';
import { showValue } from './show-value.ts';

describe('ApiError', () => {
  it('has the status of its code unless told otherwise', () => {
    expect(new ApiError('RESOURCE_NOT_FOUND', 'Order Not Found').status).toBe(404);
    expect(new ApiError('INVALID_CLIENT_REQUEST', 'too large', { status: 413 }).status).toBe(413);
  });

  it('shows a client code and message, nothing else', () => {
    const error = new ApiError('SERVER_ERROR', 'Something failed', { cause: new Error('secret') });
    expect(JSON.stringify(error.toBody())).toBe('{"code":"SERVER_ERROR","message":"Something failed"}');
  });
});

describe('apiErrorOfReject', () => {
  it.each(Object.entries(rejects))('knows the code of %s', (_name, reject) => {
    expect(isApiErrorCode(reject.api)).toBe(true);
    expect(apiErrorOfReject({ code: reject.code, value: 1, limit: 2 }).message).not.toContain('{');
  });

  it('keeps the words that clients match on', () => {
    expect(apiErrorOfReject({ code: rejects.orderNotFound.code, value: 0, limit: 0 }).toBody()).toEqual({
      code: 'RESOURCE_NOT_FOUND',
      message: 'Order Not Found',
    });
    expect(apiErrorOfReject({ code: rejects.expiredSignature.code, value: 5, limit: 0 }).message).toContain('Request has expired');
  });
});

describe('showValue', () => {
  it.each([
    ['text', 'the string "text"'],
    ['say "hi"\n', 'the string "say \\"hi\\"\\n"'],
    [1.5, 'the number 1.5'],
    [Number.POSITIVE_INFINITY, 'a number too large to represent'],
    [true, 'true'],
    [null, 'null'],
    [[1, 2], 'a list of 2'],
    [{}, 'an object'],
    [undefined, 'nothing'],
  ])('shows %j as %s', (value, shown) => {
    expect(showValue(value)).toBe(shown);
  });

  it('cuts long text and says how long it was', () => {
    expect(showValue('x'.repeat(100_000))).toBe(`the string "${'x'.repeat(60)}... (100000 characters)"`);
  });
});
