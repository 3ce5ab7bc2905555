/** An operator puts a user in a fee tier: at once, and never below it until another word. Volume may lift it higher. */
import { type CommandFields, commands, events, type Reject, rejects } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { setTier } from '../identity/fee-tiers.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/** @returns unknownUser, feeTierRange, or null. */
export function setFeeTier(state: State, fields: CommandFields<'setFeeTier'>): Reject | null {
  const { user, feeTier, operator } = fields;
  const { users } = state.identity;
  const last = state.genesis.feeTiers.length - 1;
  if (!Number.isInteger(user) || user < 1 || user >= users.used) return reject(state, rejects.unknownUser, user);
  if (!Number.isInteger(feeTier) || feeTier < 0 || feeTier > last) return reject(state, rejects.feeTierRange, feeTier, last);
  // Point of no return.
  users.feeTierFloor[user] = feeTier;
  setTier(state, user, feeTier);
  emit(state.out, events.operatorActed, { commandCode: commands.setFeeTier.code, operator });
  return null;
}
