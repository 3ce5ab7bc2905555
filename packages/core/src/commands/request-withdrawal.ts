/** Asks for a withdrawal: its amount leaves the account now, and the venue after the delay. It comes back if it fails. */
import { BorrowLendSource, type CommandFields, type Reject, rejects, Tristate } from '@mochila/protocol';
import { MICROS_PER_HOUR } from '@mochila/units';
import { checkAmount } from '../custody/credits.ts';
import { checkDoorOpen, checkValueLeaving, noteValueLeft } from '../custody/leaving.ts';
import { releaseAtOnce, takeUnguarded } from '../custody/release-withdrawals.ts';
import { applyDueDelay, delayHoursOf } from '../custody/withdrawal-delay.ts';
import { checkPartsLeaving, isCovered, partsOf } from '../custody/withdrawal-parts.ts';
import { emitWithdrawal, isReferenceUsed, openWithdrawal } from '../custody/withdrawal-rows.ts';
import { ADDRESS_BYTES_MAX, BLOCKCHAIN_BYTES_MAX, CLIENT_REFERENCE_BYTES_MAX } from '../custody/withdrawals.ts';
import { accountUser } from '../ledger/accounts.ts';
import { PayPolicy } from '../ledger/pay.ts';
import { debitToWorld } from '../ledger/world.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';
import { isTableFull } from '../table.ts';

type Fields = CommandFields<'requestWithdrawal'>;
const NO_BYTES = new Uint8Array(0);

/**
 * Answers [withdrawal, status, releaseAtMicros]. `autoLendRedeem` and `autoBorrow` are Tristate: left out, lends are redeemed
 * and nothing is borrowed.
 *
 * @returns unknownAsset, badAmount, withdrawalFeeTooSmall, textTooLong, clientReferenceUsed, withdrawalTableFull, epochOpen,
 * userLiquidating, insufficientBalance, borrowRequiresLendRedeem, a reject of the pool, leavingMargin, profitPace, or null.
 */
export function requestWithdrawal(state: State, fields: Fields): Reject | null {
  const { account, asset, quantityAtoms } = fields;
  const refused = checkShape(state, fields) ?? checkRoom(state, fields) ?? checkDoorOpen(state, account);
  if (refused !== null) return refused;
  const mayRedeem = fields.autoLendRedeem !== Tristate.No;
  const mayBorrow = fields.autoBorrow === Tristate.Yes;
  const parts = partsOf(state, account, asset, quantityAtoms, mayRedeem, mayBorrow);
  if (!isCovered(parts)) return reject(state, rejects.insufficientBalance, quantityAtoms - parts.shortAtoms, quantityAtoms);
  const stopped = checkPartsLeaving(state, account, asset, parts) ?? checkValueLeaving(state, account, asset, quantityAtoms);
  if (stopped !== null) return stopped;
  // Point of no return.
  const policy = (mayRedeem ? PayPolicy.Redeem : PayPolicy.Free) | (parts.borrowAtoms > 0 ? PayPolicy.Borrow : PayPolicy.Free);
  debitToWorld(state, account, asset, quantityAtoms, policy, BorrowLendSource.Withdrawal);
  noteValueLeft(state, account, asset, quantityAtoms);
  openAndTell(state, fields);
  return null;
}

function checkShape(state: State, fields: Fields): Reject | null {
  if (state.assets[fields.asset] === undefined) return reject(state, rejects.unknownAsset, fields.asset);
  const refused = checkAmount(state, fields.quantityAtoms);
  if (refused !== null) return refused;
  const { feeAtoms } = fields;
  if (!(Number.isSafeInteger(feeAtoms) && feeAtoms >= 0 && feeAtoms < fields.quantityAtoms)) {
    return reject(state, rejects.withdrawalFeeTooSmall, fields.quantityAtoms, feeAtoms);
  }
  return (
    checkText(state, fields.address, 1, ADDRESS_BYTES_MAX) ??
    checkText(state, fields.blockchain, 1, BLOCKCHAIN_BYTES_MAX) ??
    checkText(state, fields.clientReference, 0, CLIENT_REFERENCE_BYTES_MAX)
  );
}

function checkText(state: State, text: Uint8Array, min: number, max: number): Reject | null {
  return text.length >= min && text.length <= max ? null : reject(state, rejects.textTooLong, text.length, max);
}

function checkRoom(state: State, fields: Fields): Reject | null {
  const { withdrawals } = state;
  const { clientReference } = fields;
  if (clientReference.length > 0 && isReferenceUsed(withdrawals, fields.account, clientReference))
    return reject(state, rejects.clientReferenceUsed);
  return isTableFull(withdrawals) ? reject(state, rejects.withdrawalTableFull, withdrawals.capacity, withdrawals.capacity) : null;
}

function openAndTell(state: State, fields: Fields): void {
  const { account, asset, quantityAtoms, feeAtoms, address, blockchain, clientReference } = fields;
  const { withdrawals } = state;
  applyDueDelay(state, account);
  const releaseAtMicros = state.timeMicros + delayHoursOf(state, account) * MICROS_PER_HOUR;
  const isGuarded = !takeUnguarded(state, accountUser(state.accounts, account), valueUsd(state, asset, quantityAtoms));
  const row = openWithdrawal(state, {
    account,
    asset,
    quantityAtoms,
    feeAtoms,
    isGuarded,
    releaseAtMicros,
    address,
    blockchain,
    clientReference,
  });
  releaseAtOnce(state, row);
  const status = withdrawals.status[row]!;
  emitWithdrawal(state, row, status, NO_BYTES);
  setResult(state.scratch, withdrawals.id[row]!, status, releaseAtMicros);
}

function valueUsd(state: State, asset: number, atoms: number): number {
  const { unitAtoms, price } = state.assets[asset]!;
  return (atoms / unitAtoms) * Math.max(price.mark, price.index);
}
