/** Money from outside into an account: what deposits, faucet grants and returned withdrawals have in common. */
import { BorrowLendSource, type EventFields, events, type Reject, rejects } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { findHolding, hasRoomForHoldings, holdingMax, roomForCredit } from '../ledger/holding-rows.ts';
import { receiveModeOf } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import { HOLDING_ATOMS_MAX } from '../limits.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/** @returns holdingLimit, holdingTableFull, or null when the account can take `atoms` of the asset. */
export function checkCredit(state: State, account: number, asset: number, atoms: number): Reject | null {
  if (roomForCredit(state, account, asset) < atoms) return reject(state, rejects.holdingLimit, atoms, holdingMax(state, asset));
  if (findHolding(state, account, asset) >= 0 || hasRoomForHoldings(state, 1)) return null;
  return reject(state, rejects.holdingTableFull, state.holdings.capacity, state.holdings.capacity);
}

/** @returns badAmount unless `atoms` is a whole number from 1 to the most an account may hold. */
export function checkAmount(state: State, atoms: number): Reject | null {
  return Number.isSafeInteger(atoms) && atoms >= 1 ? null : reject(state, rejects.badAmount, atoms, HOLDING_ATOMS_MAX);
}

/** Credits a deposit (or a grant of the faucet) under the next deposit number. @returns the number. */
export function takeDeposit(state: State, deposit: Omit<EventFields<'depositCredited'>, 'deposit'>): number {
  state.counters.deposits += 1;
  const number = state.counters.deposits;
  creditFromWorld(
    state,
    deposit.account,
    deposit.asset,
    deposit.amountAtoms,
    receiveModeOf(state, deposit.account),
    BorrowLendSource.AutoLend,
  );
  emit(state.out, events.depositCredited, { ...deposit, deposit: number });
  return number;
}
