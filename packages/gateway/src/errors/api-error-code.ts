/** The error codes of the public interface and the HTTP status each one travels with. Clients match on the words; none is ever re-used. */

/** HTTP status of each error code. */
export const API_ERROR_STATUS = {
  ACCOUNT_DEACTIVATED: 403,
  ACCOUNT_LIQUIDATING: 400,
  BORROW_LIMIT: 400,
  BORROW_REQUIRES_LEND_REDEEM: 400,
  FORBIDDEN: 403,
  INSUFFICIENT_FUNDS: 400,
  INSUFFICIENT_MARGIN: 400,
  INSUFFICIENT_SUPPLY: 400,
  INVALID_ASSET: 400,
  INVALID_CLIENT_REQUEST: 400,
  INVALID_MARKET: 400,
  INVALID_ORDER: 400,
  INVALID_POSITION_ID: 400,
  INVALID_PRICE: 400,
  INVALID_QUANTITY: 400,
  INVALID_RANGE: 400,
  INVALID_SIGNATURE: 400,
  INVALID_SOURCE: 400,
  INVALID_SYMBOL: 400,
  INVALID_TWO_FACTOR_CODE: 400,
  LEND_LIMIT: 400,
  LEND_REQUIRES_BORROW_REPAY: 400,
  MAINTENANCE: 503,
  MAX_LEVERAGE_REACHED: 400,
  ORDER_LIMIT: 400,
  POSITION_LIMIT: 400,
  PRECONDITION_FAILED: 400,
  RESOURCE_NOT_FOUND: 404,
  SERVER_ERROR: 500,
  TIMEOUT: 504,
  TOO_EARLY: 400,
  TOO_MANY_REQUESTS: 429,
  TRADING_PAUSED: 400,
  UNAUTHORIZED: 401,
} as const satisfies Readonly<Record<string, number>>;

/** A code of the public interface. */
export type ApiErrorCode = keyof typeof API_ERROR_STATUS;

/**
 * Tells whether a word is an error code.
 *
 * @param word any text
 * @example isApiErrorCode('INVALID_ORDER') // true
 */
export function isApiErrorCode(word: string): word is ApiErrorCode {
  return Object.hasOwn(API_ERROR_STATUS, word);
}
