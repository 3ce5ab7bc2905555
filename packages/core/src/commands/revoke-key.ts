/** Revokes a key of the user; only a key with all permissions may, and one such key always stays. */
import { type CommandFields, PERMISSION_ALL, type Reject, rejects } from '@mochila/protocol';
import { keyIsRevoked, keyPermissions, keyUser } from '../identity/keys.ts';
import { fullKeysOf, isFullKey, removeKey } from '../identity/people.ts';
import { accountUser } from '../ledger/accounts.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/** @returns keyPermission, unknownUserKey (another user's key is as unknown as none), lastKey, or null. */
export function revokeKey(state: State, fields: CommandFields<'revokeKey'>): Reject | null {
  const { keys } = state.identity;
  const { key, revokedKey } = fields;
  const user = accountUser(state.accounts, fields.account);
  const has = keyPermissions(keys, key);
  if (has !== PERMISSION_ALL) return reject(state, rejects.keyPermission, has, PERMISSION_ALL);
  if (!isLiveKeyOf(state, user, revokedKey)) return reject(state, rejects.unknownUserKey, revokedKey);
  if (isFullKey(state, revokedKey) && fullKeysOf(state, user) === 1) return reject(state, rejects.lastKey);
  // Point of no return.
  removeKey(state, revokedKey);
  return null;
}

function isLiveKeyOf(state: State, user: number, key: number): boolean {
  const { keys } = state.identity;
  if (!Number.isInteger(key) || key < 0 || key >= keys.used) return false;
  return keyUser(keys, key) === user && keyIsRevoked(keys, key) === 0;
}
