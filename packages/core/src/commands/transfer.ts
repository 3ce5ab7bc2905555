/** Moves an asset between two accounts of one user. */
import { BorrowLendSource, type CommandFields, events, type Reject, rejects } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { checkAmount, checkCredit } from '../custody/credits.ts';
import { checkDoorOpen, checkValueLeaving, noteValueLeft } from '../custody/leaving.ts';
import { emit } from '../event-buffer.ts';
import { accountUser } from '../ledger/accounts.ts';
import { availableAtomsOf, findHolding } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { receive, receiveModeOf } from '../ledger/receive.ts';
import { checkNoNote, checkReceiverHasNoNote } from '../liquidation/notes/check-note.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/**
 * Pays from free cash, then from what is lent, never by borrowing; what the receiver lends stays in the pool, so utilisation
 * refuses nothing. For the sender it is money that leaves (accounts rules 5).
 *
 * @returns sameAccount, unknownAccount, notYourAccount, unknownAsset, badAmount, debtNoteStands, noteOfReceiver, epochOpen, userLiquidating, insufficientBalance,
 * holdingLimit, holdingTableFull, leavingMargin, profitPace, or null.
 */
export function transfer(state: State, command: CommandFields<'transfer'>): Reject | null {
  const { account, toAccount, asset, quantityAtoms } = command;
  if (account === toAccount) return reject(state, rejects.sameAccount);
  if (!Number.isInteger(toAccount) || toAccount < 0 || toAccount >= state.accounts.used)
    return reject(state, rejects.unknownAccount, toAccount);
  if (accountUser(state.accounts, toAccount) !== accountUser(state.accounts, account))
    return reject(state, rejects.notYourAccount, toAccount);
  if (state.assets[asset] === undefined) return reject(state, rejects.unknownAsset, asset);
  const refused =
    checkAmount(state, quantityAtoms) ??
    checkNoNote(state, account) ??
    checkReceiverHasNoNote(state, toAccount) ??
    checkDoorOpen(state, account);
  if (refused !== null) return refused;
  const row = findHolding(state, account, asset);
  const available = row < 0 ? 0 : availableAtomsOf(state, row);
  if (available < quantityAtoms) return reject(state, rejects.insufficientBalance, available, quantityAtoms);
  const blocked = checkCredit(state, toAccount, asset, quantityAtoms) ?? checkValueLeaving(state, account, asset, quantityAtoms);
  if (blocked !== null) return blocked;
  // Point of no return.
  const shortfall = pay(state, account, asset, quantityAtoms, PayPolicy.Redeem, BorrowLendSource.Withdrawal);
  assert(shortfall === 0, 'a transfer was there to be paid');
  receive(state, toAccount, asset, quantityAtoms, receiveModeOf(state, toAccount), BorrowLendSource.AutoLend);
  noteValueLeft(state, account, asset, quantityAtoms);
  emit(state.out, events.transferred, { fromAccount: account, toAccount, asset, quantityAtoms });
  return null;
}
