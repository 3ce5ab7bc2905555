/** Finding, giving again and remembering the first answer to an idempotency key. */
import { type Reject, rejects, type UserHeader } from '@mochila/protocol';
import { assert, MICROS_PER_DAY } from '@mochila/units';
import { accountIdempotencyKeys, setAccountIdempotencyKeys } from '../ledger/accounts.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';
import { insertHash, mixHash, nextSlot, removeHash, rowInSlot, startOfHash } from './hash-index.ts';
import { type Idempotency, STORED_RESULT_WORDS } from './idempotency.ts';
import { isRingFull, ringDropOldest, ringPush } from './ring.ts';

/** The answer stored under an idempotency key. */
export interface StoredAnswer {
  /** Command that was answered, and its time. */
  seq: number;
  timeMicros: number;
  /** null when it was carried out. */
  reject: Reject | null;
  result: number[];
}

/** True when the request carries an idempotency key. */
export function hasIdempotencyKey(header: UserHeader): boolean {
  return header.idempotencyHi !== 0 || header.idempotencyLo !== 0;
}

/**
 * Row of the answer to the header's idempotency key, whatever its body; -1 without a key or when none is alive. Expired
 * rows are dropped on the way. O(1) expected.
 */
export function findIdempotent(state: State, header: UserHeader): number {
  if (!hasIdempotencyKey(header)) return -1;
  const table = state.identity.idempotency;
  expireIdempotency(state);
  const hash = idempotencyHash(header.account, header.idempotencyHi, header.idempotencyLo);
  let slot = startOfHash(table.index, hash);
  for (;;) {
    const row = rowInSlot(table.index, slot);
    if (row < 0) return -1;
    if (isSameIdempotency(table, row, header)) return row;
    slot = nextSlot(table.index, slot);
  }
}

function isSameIdempotency(table: Idempotency, row: number, header: UserHeader): boolean {
  return table.keyLo[row] === header.idempotencyLo && table.keyHi[row] === header.idempotencyHi && table.account[row] === header.account;
}

/** True when the stored answer is to the same body as the header's. */
export function isSameBody(state: State, row: number, header: UserHeader): boolean {
  const table = state.identity.idempotency;
  return table.bodyHi[row] === header.bodyHi && table.bodyLo[row] === header.bodyLo;
}

/** The stored answer, to be given again. */
export function storedAnswer(state: State, row: number): StoredAnswer {
  const table = state.identity.idempotency;
  const code = table.rejectCode[row]!;
  const from = row * STORED_RESULT_WORDS;
  return {
    seq: table.seq[row]!,
    timeMicros: table.timeMicros[row]!,
    reject: code === 0 ? null : { code, value: table.rejectValue[row]!, limit: table.rejectLimit[row]! },
    result: Array.from(table.result.subarray(from, from + table.resultLength[row]!)),
  };
}

/** @returns idempotencyTableFull when a new key finds no room, null when it does or there is none. */
export function checkIdempotencyRoom(state: State, header: UserHeader): Reject | null {
  if (!hasIdempotencyKey(header)) return null;
  const { limits } = state.genesis;
  expireIdempotency(state);
  if (accountIdempotencyKeys(state.accounts, header.account) >= limits.idempotencyKeysPerAccount) {
    return reject(state, rejects.idempotencyTableFull, limits.idempotencyKeysPerAccount, limits.idempotencyKeysPerAccount);
  }
  return isRingFull(state.identity.idempotency)
    ? reject(state, rejects.idempotencyTableFull, limits.idempotencyKeys, limits.idempotencyKeys)
    : null;
}

/**
 * Remembers the answer the running command has just got, whether it was carried out or refused. Does nothing without a
 * key. The caller has passed {@link checkIdempotencyRoom} and found no answer of old.
 *
 * @param answer - the reject, or null with the numbers in `state.scratch.result`.
 */
export function rememberAnswer(state: State, header: UserHeader, answer: Reject | null): void {
  if (!hasIdempotencyKey(header)) return;
  const table = state.identity.idempotency;
  const { scratch } = state;
  const row = ringPush(table);
  table.account[row] = header.account;
  table.keyHi[row] = header.idempotencyHi;
  table.keyLo[row] = header.idempotencyLo;
  table.bodyHi[row] = header.bodyHi;
  table.bodyLo[row] = header.bodyLo;
  table.seq[row] = state.seq;
  table.timeMicros[row] = state.timeMicros;
  table.rejectCode[row] = answer === null ? 0 : answer.code;
  table.rejectValue[row] = answer === null ? 0 : answer.value;
  table.rejectLimit[row] = answer === null ? 0 : answer.limit;
  const length = answer === null ? scratch.resultLength : 0;
  assert(length <= STORED_RESULT_WORDS, 'a stored answer has room for every result');
  table.resultLength[row] = length;
  table.result.set(scratch.result.subarray(0, length), row * STORED_RESULT_WORDS);
  table.hash[row] = idempotencyHash(header.account, header.idempotencyHi, header.idempotencyLo);
  insertHash(table.index, table.hash[row]!, row);
  setAccountIdempotencyKeys(state.accounts, header.account, accountIdempotencyKeys(state.accounts, header.account) + 1);
}

function expireIdempotency(state: State): void {
  const table = state.identity.idempotency;
  while (table.live > 0 && table.timeMicros[table.oldest]! + MICROS_PER_DAY <= state.timeMicros) {
    const account = table.account[table.oldest]!;
    setAccountIdempotencyKeys(state.accounts, account, accountIdempotencyKeys(state.accounts, account) - 1);
    removeHash(table.index, table.hash, table.oldest);
    ringDropOldest(table);
  }
}

function idempotencyHash(account: number, keyHi: number, keyLo: number): number {
  return mixHash(mixHash(mixHash(0, keyLo), keyHi), account);
}
