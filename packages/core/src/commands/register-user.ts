/** Creates a user with a first account and an all-permission key; in a sandbox with the faucet's grants. */
import { type CommandFields, commands, events, PERMISSION_ALL, type Reject, rejects } from '@mochila/protocol';
import { MICROS_PER_DAY } from '@mochila/units';
import { giveFromFaucet, grantAtoms } from '../custody/faucet.ts';
import { emit } from '../event-buffer.ts';
import { findKeyRow, isKeysFull, keyGeneration, keyIsRevoked, PUBLIC_KEY_BYTES } from '../identity/keys.ts';
import { addKey, openAccount, openUser } from '../identity/people.ts';
import { countRegistration, registrationsOf } from '../identity/registrations.ts';
import { hasRoomForHoldings } from '../ledger/holding-rows.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';
import { isTableFull } from '../table.ts';

/**
 * Answers [user, account, key, generation].
 *
 * @returns badPublicKey, sandboxOnly, keyExists, unknownKey (revoked: dead for ever), registrationBound, accountTableFull,
 * keyTableFull, holdingTableFull, or null.
 */
export function registerUser(state: State, fields: CommandFields<'registerUser'>): Reject | null {
  const refused = checkKey(state, fields) ?? checkAddress(state, fields) ?? checkRoom(state, fields);
  if (refused !== null) return refused;
  // Point of no return.
  const isSandbox = fields.isSandbox === 1;
  if (isBounded(fields)) countRegistration(state.identity.registrations, dayNow(state), fields.addressHi, fields.addressLo);
  const user = openUser(state);
  const account = openAccount(state, user, isSandbox);
  const key = addKey(state, account, PERMISSION_ALL, fields.publicKey);
  if (isSandbox) giveGrants(state, account);
  else emit(state.out, events.operatorActed, { commandCode: commands.registerUser.code, operator: fields.operator });
  setResult(state.scratch, user, account, key, keyGeneration(state.identity.keys, key));
  return null;
}

function checkKey(state: State, fields: CommandFields<'registerUser'>): Reject | null {
  const { keys } = state.identity;
  const { publicKey } = fields;
  if (publicKey.length !== PUBLIC_KEY_BYTES) return reject(state, rejects.badPublicKey, publicKey.length);
  if (fields.isSandbox === 1 && !state.genesis.sandbox) return reject(state, rejects.sandboxOnly);
  const known = findKeyRow(keys, publicKey);
  if (known < 0) return null;
  return keyIsRevoked(keys, known) === 1 ? reject(state, rejects.unknownKey) : reject(state, rejects.keyExists);
}

function isBounded(fields: CommandFields<'registerUser'>): boolean {
  return fields.addressHi !== 0 || fields.addressLo !== 0;
}

function dayNow(state: State): number {
  return Math.floor(state.timeMicros / MICROS_PER_DAY);
}

function checkAddress(state: State, fields: CommandFields<'registerUser'>): Reject | null {
  if (!isBounded(fields)) return null;
  const limit = state.genesis.registrationsPerAddressAndDay;
  const count = registrationsOf(state.identity.registrations, dayNow(state), fields.addressHi, fields.addressLo);
  return count < limit ? null : reject(state, rejects.registrationBound, count, limit);
}

function checkRoom(state: State, fields: CommandFields<'registerUser'>): Reject | null {
  const { accounts, identity, holdings } = state;
  if (isTableFull(accounts)) return reject(state, rejects.accountTableFull, accounts.capacity, accounts.capacity);
  if (isTableFull(identity.users)) return reject(state, rejects.accountTableFull, identity.users.capacity, identity.users.capacity);
  if (isKeysFull(identity.keys)) return reject(state, rejects.keyTableFull, identity.keys.capacity, identity.keys.capacity);
  const grants = fields.isSandbox === 1 ? state.assets.filter((asset) => grantAtoms(asset) > 0).length : 0;
  return hasRoomForHoldings(state, grants) ? null : reject(state, rejects.holdingTableFull, holdings.capacity, holdings.capacity);
}

function giveGrants(state: State, account: number): void {
  for (const asset of state.assets) {
    const atoms = grantAtoms(asset);
    if (atoms > 0) giveFromFaucet(state, account, asset.ix, atoms);
  }
}
