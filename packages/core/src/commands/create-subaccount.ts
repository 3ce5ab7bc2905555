/** Opens a further account of the same user. */
import { type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { openAccount } from '../identity/people.ts';
import { accountUser } from '../ledger/accounts.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';
import { isTableFull } from '../table.ts';

/** Answers [account]. @returns subaccountLimit, accountTableFull, or null. */
export function createSubaccount(state: State, fields: CommandFields<'createSubaccount'>): Reject | null {
  const { users } = state.identity;
  const user = accountUser(state.accounts, fields.account);
  if (users.accountCount[user]! >= users.accountsPerUser)
    return reject(state, rejects.subaccountLimit, users.accountsPerUser, users.accountsPerUser);
  if (isTableFull(state.accounts)) return reject(state, rejects.accountTableFull, state.accounts.capacity, state.accounts.capacity);
  // Point of no return.
  setResult(state.scratch, openAccount(state, user, state.genesis.sandbox));
  return null;
}
