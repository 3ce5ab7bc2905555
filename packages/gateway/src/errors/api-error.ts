/** The one shape in which the gateway refuses: a code for programs, a sentence for people. */
import { describeReject, type Reject, rejectInfo } from '@mochila/protocol';
import { API_ERROR_STATUS, type ApiErrorCode, isApiErrorCode } from './api-error-code.ts';

/** What stands in the body of every error answer. */
export type ApiErrorBody = { readonly code: ApiErrorCode; readonly message: string };

/** What an error may carry beside its words. */
export type ApiErrorOptions = {
  /** HTTP status, when it is not the usual one of the code. */
  readonly status?: number;
  /** Seconds after which trying again makes sense; becomes the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
};

/** A refusal on its way to a client. Handlers return or throw it; both reach the client alike. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly retryAfterSeconds: number | null;

  constructor(code: ApiErrorCode, message: string, options: ApiErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? API_ERROR_STATUS[code];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }

  /** The body of the answer. */
  toBody(): ApiErrorBody {
    return { code: this.code, message: this.message };
  }
}

/**
 * Turns a reject of the engine into an answer.
 *
 * @param reject code and numbers from the engine
 * @param message another sentence for it, when the caller knows units and names that the engine does not
 * @returns the error with the code of the interface
 */
export function apiErrorOfReject(reject: Reject, message: string = describeReject(reject)): ApiError {
  const { api } = rejectInfo(reject.code);
  if (!isApiErrorCode(api)) throw new RangeError(`reject ${reject.code} names ${api}, which is no code of the interface`);
  return new ApiError(api, message);
}
