/** The cash of a settlement or funding delta: between an account's USDC and `clearing`. */
import { BorrowLendSource, events } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { reserveEvents } from '../event-buffer.ts';
import { debtAtomsOf, findHolding, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingFree, holdingHeld } from '../ledger/holdings.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { receive, receiveModeOf } from '../ledger/receive.ts';
import { moveClearing } from '../ledger/world.ts';
import type { State } from '../state.ts';

const SETTLED_HEADER = events.accountSettled.code * 65_536 + 8;

/**
 * Credits or debits an account and lets `clearing` stand for the other side. A loss is met from free cash, lends, then a
 * borrow that is never refused (lending rules 3); a profit is the account's at once.
 *
 * @param atoms - USDC atoms, a credit positive, not 0.
 */
export function moveCash(state: State, account: number, atoms: number): void {
  if (atoms > 0) {
    receive(state, account, state.usdc, atoms, receiveModeOf(state, account), BorrowLendSource.AutoLend, 0);
    moveClearing(state, 0 - atoms);
    return;
  }
  const before = debtAtoms(state, account);
  const shortfall = pay(state, account, state.usdc, 0 - atoms, PayPolicy.Forced, BorrowLendSource.Reconciliation, 0);
  assert(shortfall === 0, 'a settlement borrow is never refused');
  moveClearing(state, 0 - atoms);
  state.settlement.borrowsAtoms += debtAtoms(state, account) - before;
}

/** Tells the settlement of an account: one accountSettled for each account of an epoch. */
export function announceSettled(state: State, account: number, deltaAtoms: number): void {
  if (!state.out.isOn) return;
  const row = findHolding(state, account, state.usdc);
  assert(row >= 0, 'an account whose USDC moved has a row of it');
  announceSettledRow(state, account, row, deltaAtoms, lentAtomsOf(state, row), debtAtomsOf(state, row));
}

/** Appends accountSettled without allocation. @param row - RowIx of the account's USDC, worth `lentAtoms` and `debtAtoms`. */
export function announceSettledRow(
  state: State,
  account: number,
  row: number,
  deltaAtoms: number,
  lentAtoms: number,
  debtAtoms: number,
): void {
  const { out, holdings } = state;
  if (!out.isOn) return;
  reserveEvents(out, 8);
  const { words } = out;
  const at = out.length;
  words[at] = SETTLED_HEADER;
  words[at + 1] = account;
  words[at + 2] = state.settlement.epoch;
  words[at + 3] = deltaAtoms;
  words[at + 4] = holdingFree(holdings, row);
  words[at + 5] = lentAtoms;
  words[at + 6] = debtAtoms;
  words[at + 7] = holdingHeld(holdings, row);
  out.length = at + 8;
  out.count += 1;
}

function debtAtoms(state: State, account: number): number {
  const row = findHolding(state, account, state.usdc);
  return row < 0 ? 0 : debtAtomsOf(state, row);
}
