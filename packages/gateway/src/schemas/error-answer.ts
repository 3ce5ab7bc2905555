/** The body of every error answer. */
import { z } from 'zod';
import { API_ERROR_STATUS, type ApiErrorCode, isApiErrorCode } from '../errors/api-error-code.ts';
import { define } from './define.ts';

const codes: readonly ApiErrorCode[] = Object.keys(API_ERROR_STATUS).filter(isApiErrorCode);

/** A code for programs and a sentence for people. */
export const ApiErrorResponse = define(
  'ApiErrorResponse',
  'A code for programs and a sentence for people.',
  z.strictObject({
    code: z.enum(codes).meta({ id: 'ApiErrorCode', description: 'Kind of the error.', examples: ['INVALID_CLIENT_REQUEST'] }),
    message: z.string().meta({
      description: 'What was wrong, with which value, and what to do.',
      examples: ['Invalid body: quantity is the string "-1": it must be above zero'],
    }),
  }),
);
/** A code for programs and a sentence for people. */
export type ApiErrorResponse = z.infer<typeof ApiErrorResponse>;
