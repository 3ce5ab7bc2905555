/**
 * Who may do this, and is it said for the first time? The engine asks before every user command, in this order:
 * account, key, permission, then an answer already given to the idempotency key, window, replay, room.
 *
 * A retry of the identical request is safe: with an idempotency key it gets the first answer, even after its window
 * closed and although its signature was seen. Reads do not come here.
 */
import { type Reject, rejects, type UserHeader } from '@mochila/protocol';
import { accountUser } from '../ledger/accounts.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';
import { checkIdempotencyRoom, findIdempotent, isSameBody } from './idempotent-answers.ts';
import { keyAccount, keyGeneration, keyIsRevoked, keyPermissions, keyTag } from './keys.ts';
import { expireReplay, rememberSeen, wasSeen } from './replay.ts';
import { isRingFull } from './ring.ts';

/** Longest window the engine remembers signatures for, in ms; gateways allow less. */
export const WINDOW_MS_MAX = 3_600_000;

/**
 * Judges the header of a user command and, when it may go on, remembers its signature.
 *
 * @param permissionNeeded - Permission bits.
 * @returns unknownAccount, unknownKey, keyPermission, idempotencyMismatch, expiredSignature, futureSignature,
 * replayedSignature, replayTableFull, idempotencyTableFull, or null. Null also means "answer again" when
 * {@link findIdempotent} finds a row: the engine asks that first after this.
 */
export function authorise(state: State, header: UserHeader, permissionNeeded: number): Reject | null {
  const refused = checkKey(state, header, permissionNeeded);
  if (refused !== null) return refused;
  const stored = findIdempotent(state, header);
  if (stored >= 0) return isSameBody(state, stored, header) ? null : reject(state, rejects.idempotencyMismatch);
  return checkWindow(state, header) ?? checkReplay(state, header) ?? checkIdempotencyRoom(state, header) ?? remember(state, header);
}

function checkKey(state: State, header: UserHeader, permissionNeeded: number): Reject | null {
  const { accounts, identity } = state;
  const { keys } = identity;
  const { account, key } = header;
  if (!isRow(account, accounts.used) || accountUser(accounts, account) === 0) return reject(state, rejects.unknownAccount, account);
  if (!isRow(key, keys.used) || keyGeneration(keys, key) !== header.keyGeneration || keyIsRevoked(keys, key) === 1)
    return reject(state, rejects.unknownKey, key);
  if (keyAccount(keys, key) !== account) return reject(state, rejects.notYourAccount, account);
  const has = keyPermissions(keys, key);
  return (has & permissionNeeded) === permissionNeeded ? null : reject(state, rejects.keyPermission, has, permissionNeeded);
}

function isRow(row: number, used: number): boolean {
  return Number.isInteger(row) && row >= 0 && row < used;
}

function checkWindow(state: State, header: UserHeader): Reject | null {
  const nowMs = Math.floor(state.timeMicros / 1000);
  const windowMs = Math.min(header.windowMs, WINDOW_MS_MAX);
  const closesAtMs = header.signedAtMs + windowMs;
  if (!(closesAtMs >= nowMs)) return reject(state, rejects.expiredSignature, nowMs - closesAtMs);
  const aheadMs = header.signedAtMs - nowMs;
  return aheadMs > windowMs ? reject(state, rejects.futureSignature, aheadMs, windowMs) : null;
}

function checkReplay(state: State, header: UserHeader): Reject | null {
  const { replay, keys } = state.identity;
  if (wasSeen(replay, keyTag(keys, header.key), header.signHi, header.signLo)) return reject(state, rejects.replayedSignature);
  expireReplay(replay, Math.floor(state.timeMicros / 1000));
  return isRingFull(replay) ? reject(state, rejects.replayTableFull, replay.capacity, replay.capacity) : null;
}

function remember(state: State, header: UserHeader): null {
  const { replay, keys } = state.identity;
  const closesAtMs = header.signedAtMs + Math.min(header.windowMs, WINDOW_MS_MAX);
  rememberSeen(replay, keyTag(keys, header.key), header.signHi, header.signLo, closesAtMs);
  return null;
}
