/** Debt notes are written by stage 4 and ended by their owner. */
import { events } from '@mochila/protocol';
import { assert, assertSafe } from '@mochila/units';
import { emit } from '../../event-buffer.ts';
import { accountNoteHead, setAccountNoteHead } from '../../ledger/accounts.ts';
import type { State } from '../../state.ts';
import { isTableFull, returnRow, takeRow } from '../../table.ts';

/**
 * Writes down what the fund paid for an account: a new note, or more on the one it has in that asset. A full table writes
 * nothing: the claim is waived, nobody else is touched.
 *
 * @returns number of the note, 0 when there was no room.
 */
export function writeNote(state: State, account: number, asset: number, atoms: number): number {
  const { notes, accounts } = state;
  assert(atoms > 0, 'a note is of something');
  let row = findNoteOf(state, account, asset);
  if (row < 0) {
    if (isTableFull(notes)) return 0;
    row = takeRow(notes);
    notes.written += 1;
    notes.id[row] = notes.written;
    notes.account[row] = account;
    notes.asset[row] = asset;
    notes.leftAtoms[row] = 0;
    notes.writtenAtMicros[row] = state.timeMicros;
    notes.next[row] = accountNoteHead(accounts, account);
    setAccountNoteHead(accounts, account, row);
  }
  notes.leftAtoms[row] = assertSafe(notes.leftAtoms[row]! + atoms);
  announceNote(state, row, atoms);
  return notes.id[row]!;
}

/** Takes a repayment off a note; one that is repaid whole ends. */
export function repayNote(state: State, row: number, atoms: number): void {
  const { notes } = state;
  assert(atoms <= notes.leftAtoms[row]!, 'no more is repaid than is left');
  notes.leftAtoms[row] = notes.leftAtoms[row]! - atoms;
  announceNote(state, row, 0 - atoms);
  if (notes.leftAtoms[row] === 0) endNote(state, row);
}

/** Row of a live note by its public number, or -1. Linear in the account's notes. */
export function findNote(state: State, account: number, id: number): number {
  const { notes } = state;
  let row = accountNoteHead(state.accounts, account);
  while (row >= 0 && notes.id[row] !== id) row = notes.next[row]!;
  return row;
}

function findNoteOf(state: State, account: number, asset: number): number {
  const { notes } = state;
  let row = accountNoteHead(state.accounts, account);
  while (row >= 0 && notes.asset[row] !== asset) row = notes.next[row]!;
  return row;
}

function endNote(state: State, row: number): void {
  const { notes, accounts } = state;
  const account = notes.account[row]!;
  if (accountNoteHead(accounts, account) === row) setAccountNoteHead(accounts, account, notes.next[row]!);
  else {
    let before = accountNoteHead(accounts, account);
    while (notes.next[before] !== row) before = notes.next[before]!;
    notes.next[before] = notes.next[row]!;
  }
  notes.account[row] = -1;
  notes.next[row] = -1;
  returnRow(notes, row);
}

function announceNote(state: State, row: number, changeAtoms: number): void {
  const { notes } = state;
  emit(state.out, events.debtNoteChanged, {
    note: notes.id[row]!,
    account: notes.account[row]!,
    asset: notes.asset[row]!,
    changeAtoms,
    leftAtoms: notes.leftAtoms[row]!,
    writtenAtMicros: notes.writtenAtMicros[row]!,
  });
}
