/** The custodian sent a withdrawal, or could not: then all of it comes back. */
import { BorrowLendSource, type CommandFields, type Reject, rejects, WithdrawalStatus } from '@mochila/protocol';
import { checkCredit } from '../custody/credits.ts';
import { emitWithdrawal, endWithdrawal, findWithdrawal } from '../custody/withdrawal-rows.ts';
import { FEES_ACCOUNT } from '../ledger/accounts.ts';
import { receiveModeOf } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/**
 * Confirms a Pending withdrawal, or returns one that is Pending or still Delayed.
 *
 * @returns unknownWithdrawal (finished, never asked for, or confirmed before it was released), holdingLimit,
 * holdingTableFull, or null.
 */
export function completeWithdrawal(state: State, fields: CommandFields<'completeWithdrawal'>): Reject | null {
  const { withdrawals } = state;
  const isConfirmed = fields.isConfirmed === 1;
  const row = findWithdrawal(withdrawals, fields.withdrawal);
  if (row < 0 || (isConfirmed && withdrawals.status[row] !== WithdrawalStatus.Pending))
    return reject(state, rejects.unknownWithdrawal, fields.withdrawal);
  const account = isConfirmed ? FEES_ACCOUNT : withdrawals.account[row]!;
  const atoms = isConfirmed ? withdrawals.feeAtoms[row]! : withdrawals.quantityAtoms[row]!;
  const asset = withdrawals.asset[row]!;
  const refused = checkCredit(state, account, asset, atoms);
  if (refused !== null) return refused;
  // Point of no return.
  emitWithdrawal(state, row, isConfirmed ? WithdrawalStatus.Confirmed : WithdrawalStatus.Failed, fields.transaction);
  creditFromWorld(state, account, asset, atoms, receiveModeOf(state, account), BorrowLendSource.Withdrawal);
  endWithdrawal(state, row);
  return null;
}
