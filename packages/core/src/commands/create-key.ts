/** Adds a key for one of the user's accounts; only a key with all permissions may. */
import { type CommandFields, PERMISSION_ALL, type Reject, rejects } from '@mochila/protocol';
import { findKeyRow, isKeysFull, keyGeneration, keyPermissions, PUBLIC_KEY_BYTES } from '../identity/keys.ts';
import { addKey } from '../identity/people.ts';
import { accountUser } from '../ledger/accounts.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';

/**
 * Answers [key, generation].
 *
 * @returns badPublicKey, badPermissions, keyPermission, unknownAccount, notYourAccount, keyExists, keyTableFull, or null.
 */
export function createKey(state: State, fields: CommandFields<'createKey'>): Reject | null {
  const { keys } = state.identity;
  const refused = checkShape(state, fields) ?? checkOwner(state, fields) ?? checkRoom(state, fields);
  if (refused !== null) return refused;
  // Point of no return.
  const key = addKey(state, fields.forAccount, fields.permissions, fields.publicKey);
  setResult(state.scratch, key, keyGeneration(keys, key));
  return null;
}

function checkShape(state: State, fields: CommandFields<'createKey'>): Reject | null {
  const { permissions, publicKey } = fields;
  if (publicKey.length !== PUBLIC_KEY_BYTES) return reject(state, rejects.badPublicKey, publicKey.length);
  if (Number.isInteger(permissions) && permissions >= 1 && permissions <= PERMISSION_ALL) return null;
  return reject(state, rejects.badPermissions, permissions, PERMISSION_ALL);
}

function checkOwner(state: State, fields: CommandFields<'createKey'>): Reject | null {
  const { accounts, identity } = state;
  const { account, forAccount, key } = fields;
  const has = keyPermissions(identity.keys, key);
  if (has !== PERMISSION_ALL) return reject(state, rejects.keyPermission, has, PERMISSION_ALL);
  if (!Number.isInteger(forAccount) || forAccount < 0 || forAccount >= accounts.used)
    return reject(state, rejects.unknownAccount, forAccount);
  return accountUser(accounts, forAccount) === accountUser(accounts, account) ? null : reject(state, rejects.notYourAccount, forAccount);
}

function checkRoom(state: State, fields: CommandFields<'createKey'>): Reject | null {
  const { users, keys } = state.identity;
  const { keysPerUser } = state.genesis.limits;
  if (findKeyRow(keys, fields.publicKey) >= 0) return reject(state, rejects.keyExists);
  if (users.keyCount[accountUser(state.accounts, fields.account)]! >= keysPerUser)
    return reject(state, rejects.keyTableFull, keysPerUser, keysPerUser);
  return isKeysFull(keys) ? reject(state, rejects.keyTableFull, keys.capacity, keys.capacity) : null;
}
