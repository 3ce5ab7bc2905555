/** Opening users, accounts and keys: the writes behind several commands, after their checks, with their events. */
import { events, PERMISSION_ALL } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { openAccountRow } from '../create-state.ts';
import { delayHoursOf } from '../custody/withdrawal-delay.ts';
import { emit } from '../event-buffer.ts';
import { accountAutoLend, accountAutoRepayBorrows, accountLeverageLimit, accountUser } from '../ledger/accounts.ts';
import type { State } from '../state.ts';
import { takeRow } from '../table.ts';
import {
  findKeyRow,
  keyAccount,
  keyGeneration,
  keyIsRevoked,
  keyPermissions,
  keyUser,
  publicKeyOf,
  revokeKeyRow,
  setKeyAccount,
  setKeyPermissions,
  setKeyUser,
  takeKeyRow,
} from './keys.ts';

/** KeyIx of a live key, or -1 when it is unknown or revoked. O(1). */
export function findKey(state: State, publicKey: Uint8Array): number {
  const row = findKeyRow(state.identity.keys, publicKey);
  return row >= 0 && keyIsRevoked(state.identity.keys, row) === 0 ? row : -1;
}

/** Opens a user without accounts or keys. @returns UserIx. */
export function openUser(state: State): number {
  const { users } = state.identity;
  const user = takeRow(users);
  users.keyHead[user] = -1;
  users.registeredAtMicros[user] = state.timeMicros;
  return user;
}

/** Opens an account of a user, the next in number. @returns AccountIx. */
export function openAccount(state: State, user: number, isSandbox: boolean): number {
  const { users } = state.identity;
  const subIndex = users.accountCount[user]!;
  assert(subIndex < users.accountsPerUser, 'a user has room for another account');
  const account = openAccountRow(state, user, subIndex);
  users.accounts[user * users.accountsPerUser + subIndex] = account;
  users.accountCount[user] = subIndex + 1;
  emit(state.out, events.accountCreated, { user, account, subIndex, isSandbox: isSandbox ? 1 : 0 });
  return account;
}

/** Adds a key for an account of its user. @returns KeyIx. */
export function addKey(state: State, account: number, permissions: number, publicKey: Uint8Array): number {
  const { users, keys } = state.identity;
  const user = accountUser(state.accounts, account);
  const key = takeKeyRow(keys, publicKey);
  setKeyUser(keys, key, user);
  setKeyAccount(keys, key, account);
  setKeyPermissions(keys, key, permissions);
  keys.createdAtMicros[key] = state.timeMicros;
  keys.nextOfUser[key] = users.keyHead[user]!;
  users.keyHead[user] = key;
  users.keyCount[user] = users.keyCount[user]! + 1;
  emit(state.out, events.keyCreated, {
    key,
    generation: keyGeneration(keys, key),
    user,
    account,
    permissions,
    publicKey: publicKeyOf(keys, key),
  });
  return key;
}

/** Revokes a live key: dead from this command on. */
export function removeKey(state: State, key: number): void {
  const { users, keys } = state.identity;
  const user = keyUser(keys, key);
  unlinkKey(state, user, key);
  users.keyCount[user] = users.keyCount[user]! - 1;
  revokeKeyRow(keys, key);
  emit(state.out, events.keyRevoked, { key, generation: keyGeneration(keys, key), user, account: keyAccount(keys, key) });
}

function unlinkKey(state: State, user: number, key: number): void {
  const { users, keys } = state.identity;
  if (users.keyHead[user] === key) {
    users.keyHead[user] = keys.nextOfUser[key]!;
    return;
  }
  let before = users.keyHead[user]!;
  while (before >= 0 && keys.nextOfUser[before] !== key) before = keys.nextOfUser[before]!;
  assert(before >= 0, 'a live key is in the list of its user');
  keys.nextOfUser[before] = keys.nextOfUser[key]!;
}

/** Live keys of a user with all permissions, on any of the accounts: at least one always stays. */
export function fullKeysOf(state: State, user: number): number {
  const { users, keys } = state.identity;
  let count = 0;
  for (let key = users.keyHead[user]!; key >= 0; key = keys.nextOfUser[key]!) if (isFullKey(state, key)) count += 1;
  return count;
}

/** True when a key may do everything, making further keys included. */
export function isFullKey(state: State, key: number): boolean {
  return keyPermissions(state.identity.keys, key) === PERMISSION_ALL;
}

/** Tells an account's settings as they are now. */
export function emitAccountUpdated(state: State, account: number): void {
  const { accounts } = state;
  emit(state.out, events.accountUpdated, {
    account,
    autoLend: accountAutoLend(accounts, account),
    autoRepayBorrows: accountAutoRepayBorrows(accounts, account),
    autoBorrowSettlements: accounts.autoBorrowSettlements[account]!,
    leverageLimit: accountLeverageLimit(accounts, account),
    withdrawalDelayHours: delayHoursOf(state, account),
  });
}
