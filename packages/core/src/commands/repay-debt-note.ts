/** The owner repays a debt note to the fund, by choice alone (liquidation rules 2). */
import { BorrowLendSource, type CommandFields, FundMove, type Reject, rejects } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { checkAmount } from '../custody/credits.ts';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { availableAtomsOf, findHolding } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { receive, receiveModeOf } from '../ledger/receive.ts';
import { tellFundMove } from '../liquidation/fund/tell-fund-move.ts';
import { findNote, repayNote } from '../liquidation/notes/write-note.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';

/** Answers [leftAtoms]. Pays from what is there, lends included, never by borrowing. @returns unknownNote, badAmount, noteOverpaid, insufficientBalance, or null. */
export function repayDebtNote(state: State, { account, note, quantityAtoms }: CommandFields<'repayDebtNote'>): Reject | null {
  const { notes } = state;
  const row = findNote(state, account, note);
  if (row < 0) return reject(state, rejects.unknownNote, note);
  const refused = checkAmount(state, quantityAtoms);
  if (refused !== null) return refused;
  const leftAtoms = notes.leftAtoms[row]!;
  if (quantityAtoms > leftAtoms) return reject(state, rejects.noteOverpaid, quantityAtoms, leftAtoms);
  const asset = notes.asset[row]!;
  const holding = findHolding(state, account, asset);
  const available = holding < 0 ? 0 : availableAtomsOf(state, holding);
  if (available < quantityAtoms) return reject(state, rejects.insufficientBalance, available, quantityAtoms);
  // Point of no return.
  const source = BorrowLendSource.Manual;
  const shortfall = pay(state, account, asset, quantityAtoms, PayPolicy.Redeem, source);
  assert(shortfall === 0, 'a repayment was there to be paid');
  receive(state, FUND_ACCOUNT, asset, quantityAtoms, receiveModeOf(state, FUND_ACCOUNT), BorrowLendSource.AutoLend);
  repayNote(state, row, quantityAtoms);
  tellFundMove(state, FundMove.NoteRepaid, account, asset, quantityAtoms);
  setResult(state.scratch, leftAtoms - quantityAtoms);
  return null;
}
