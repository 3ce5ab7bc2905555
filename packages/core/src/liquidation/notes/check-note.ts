/** What a debt note forbids: all but holding, depositing and withdrawing (liquidation rules 2). */
import { type Reject, rejects } from '@mochila/protocol';
import { accountNoteHead } from '../../ledger/accounts.ts';
import { reject } from '../../reject.ts';
import type { State } from '../../state.ts';

/** debtNoteStands with the number of the account's newest note, or null. */
export function checkNoNote(state: State, account: number): Reject | null {
  const row = accountNoteHead(state.accounts, account);
  return row < 0 ? null : reject(state, rejects.debtNoteStands, state.notes.id[row]!);
}

/** noteOfReceiver with the number of the receiving account's newest note, or null. */
export function checkReceiverHasNoNote(state: State, account: number): Reject | null {
  const row = accountNoteHead(state.accounts, account);
  return row < 0 ? null : reject(state, rejects.noteOfReceiver, state.notes.id[row]!);
}
