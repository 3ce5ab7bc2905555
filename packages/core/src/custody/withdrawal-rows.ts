/** Rows of open withdrawals: opening, finding, telling and ending them. */
import { type EventFields, events, WithdrawalStatus } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import { insertHash, mixHash, nextSlot, removeHash, rowInSlot, startOfHash } from '../identity/hash-index.ts';
import type { State } from '../state.ts';
import { returnRow, takeRow } from '../table.ts';
import { ADDRESS_BYTES_MAX, BLOCKCHAIN_BYTES_MAX, CLIENT_REFERENCE_BYTES_MAX, type Withdrawals } from './withdrawals.ts';

/** What a new withdrawal is opened with. */
export interface NewWithdrawal {
  account: number;
  asset: number;
  quantityAtoms: number;
  feeAtoms: number;
  isGuarded: boolean;
  releaseAtMicros: number;
  address: Uint8Array;
  blockchain: Uint8Array;
  clientReference: Uint8Array;
}

/** Row of an open withdrawal by its public id; -1 when it is unknown or finished. O(1). */
export function findWithdrawal(withdrawals: Withdrawals, id: number): number {
  let slot = startOfHash(withdrawals.index, mixHash(0, id));
  for (;;) {
    const row = rowInSlot(withdrawals.index, slot);
    if (row < 0 || withdrawals.id[row] === id) return row;
    slot = nextSlot(withdrawals.index, slot);
  }
}

/** Opens a withdrawal, Delayed. The caller asked for room and checked the texts. @returns the row. */
export function openWithdrawal(state: State, opened: NewWithdrawal): number {
  const { withdrawals, counters } = state;
  const row = takeRow(withdrawals);
  counters.withdrawals += 1;
  withdrawals.id[row] = counters.withdrawals;
  withdrawals.account[row] = opened.account;
  withdrawals.asset[row] = opened.asset;
  withdrawals.status[row] = WithdrawalStatus.Delayed;
  withdrawals.quantityAtoms[row] = opened.quantityAtoms;
  withdrawals.feeAtoms[row] = opened.feeAtoms;
  withdrawals.isGuarded[row] = opened.isGuarded ? 1 : 0;
  withdrawals.requestedAtMicros[row] = state.timeMicros;
  withdrawals.releaseAtMicros[row] = opened.releaseAtMicros;
  writeText(withdrawals.address, withdrawals.addressLength, ADDRESS_BYTES_MAX, row, opened.address);
  writeText(withdrawals.blockchain, withdrawals.blockchainLength, BLOCKCHAIN_BYTES_MAX, row, opened.blockchain);
  writeText(withdrawals.clientReference, withdrawals.clientReferenceLength, CLIENT_REFERENCE_BYTES_MAX, row, opened.clientReference);
  withdrawals.hash[row] = mixHash(0, counters.withdrawals);
  insertHash(withdrawals.index, withdrawals.hash[row]!, row);
  withdrawals.delayed += 1;
  return row;
}

function writeText(column: Uint8Array, lengths: Int32Array, stride: number, row: number, text: Uint8Array): void {
  assert(text.length <= stride, 'a text fits its column');
  column.fill(0, row * stride, (row + 1) * stride);
  column.set(text, row * stride);
  lengths[row] = text.length;
}

function readText(column: Uint8Array, lengths: Int32Array, stride: number, row: number): Uint8Array {
  return column.slice(row * stride, row * stride + lengths[row]!);
}

/** True when an open withdrawal of the account carries this client reference. Linear in open withdrawals. */
export function isReferenceUsed(withdrawals: Withdrawals, account: number, reference: Uint8Array): boolean {
  for (let row = 0; row < withdrawals.used; row += 1) {
    if (!isOpen(withdrawals, row) || withdrawals.account[row] !== account) continue;
    const own = readText(withdrawals.clientReference, withdrawals.clientReferenceLength, CLIENT_REFERENCE_BYTES_MAX, row);
    if (own.length === reference.length && own.every((byte, at) => byte === reference[at])) return true;
  }
  return false;
}

/** True when a row holds a withdrawal that is not finished. */
export function isOpen(withdrawals: Withdrawals, row: number): boolean {
  return withdrawals.id[row] !== 0;
}

/** Hands a delayed withdrawal to the custodian: it becomes Pending. */
export function releaseRow(state: State, row: number): void {
  const { withdrawals } = state;
  assert(withdrawals.status[row] === WithdrawalStatus.Delayed, 'a withdrawal is released once');
  withdrawals.status[row] = WithdrawalStatus.Pending;
  withdrawals.delayed -= 1;
}

/** Ends a withdrawal and frees its row. */
export function endWithdrawal(state: State, row: number): void {
  const { withdrawals } = state;
  if (withdrawals.status[row] === WithdrawalStatus.Delayed) withdrawals.delayed -= 1;
  removeHash(withdrawals.index, withdrawals.hash, row);
  withdrawals.id[row] = 0;
  returnRow(withdrawals, row);
}

/** Tells a withdrawal as it is now, or as it ended. */
export function emitWithdrawal(state: State, row: number, status: number, transaction: Uint8Array): void {
  const { withdrawals } = state;
  const fields: EventFields<'withdrawalChanged'> = {
    withdrawal: withdrawals.id[row]!,
    account: withdrawals.account[row]!,
    asset: withdrawals.asset[row]!,
    quantityAtoms: withdrawals.quantityAtoms[row]!,
    feeAtoms: withdrawals.feeAtoms[row]!,
    status,
    releaseAtMicros: withdrawals.releaseAtMicros[row]!,
    requestedAtMicros: withdrawals.requestedAtMicros[row]!,
    address: readText(withdrawals.address, withdrawals.addressLength, ADDRESS_BYTES_MAX, row),
    blockchain: readText(withdrawals.blockchain, withdrawals.blockchainLength, BLOCKCHAIN_BYTES_MAX, row),
    clientReference: readText(withdrawals.clientReference, withdrawals.clientReferenceLength, CLIENT_REFERENCE_BYTES_MAX, row),
    transaction,
  };
  emit(state.out, events.withdrawalChanged, fields);
}
