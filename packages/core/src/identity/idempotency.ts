/**
 * Idempotency keys: the first answer to each, kept 24 hours. Rows stand in a ring by arrival.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | account | Int32 | AccountIx | |
 * | keyHi, keyLo | Float64 | 96-bit hash of the client's key | |
 * | bodyHi, bodyLo | Float64 | 96-bit hash of the body | |
 * | seq, timeMicros | Float64 | command that was answered | |
 * | rejectCode, rejectValue, rejectLimit | Float64 | the reject; code 0 none | carried out |
 * | resultLength | Int32 | numbers of the result | none |
 * | result | Float64 x 40 | the numbers | |
 * | hash | Int32 | of account and key, for the index | |
 */
import { createHashIndex, type HashIndex } from './hash-index.ts';
import { createRing, type Ring } from './ring.ts';

/** Numbers a stored answer has room for: an order view and a few more. */
export const STORED_RESULT_WORDS = 40;

/** The ring of answers, with its index. */
export interface Idempotency extends Ring {
  readonly index: HashIndex;
  readonly account: Int32Array;
  readonly keyHi: Float64Array;
  readonly keyLo: Float64Array;
  readonly bodyHi: Float64Array;
  readonly bodyLo: Float64Array;
  readonly seq: Float64Array;
  readonly timeMicros: Float64Array;
  readonly rejectCode: Float64Array;
  readonly rejectValue: Float64Array;
  readonly rejectLimit: Float64Array;
  readonly resultLength: Int32Array;
  readonly result: Float64Array;
  readonly hash: Int32Array;
}

/** No answers. @param capacity - most answers alive at a time. */
export function createIdempotency(capacity: number): Idempotency {
  return {
    ...createRing(capacity),
    index: createHashIndex(capacity),
    account: new Int32Array(capacity),
    keyHi: new Float64Array(capacity),
    keyLo: new Float64Array(capacity),
    bodyHi: new Float64Array(capacity),
    bodyLo: new Float64Array(capacity),
    seq: new Float64Array(capacity),
    timeMicros: new Float64Array(capacity),
    rejectCode: new Float64Array(capacity),
    rejectValue: new Float64Array(capacity),
    rejectLimit: new Float64Array(capacity),
    resultLength: new Int32Array(capacity),
    result: new Float64Array(capacity * STORED_RESULT_WORDS),
    hash: new Int32Array(capacity),
  };
}
