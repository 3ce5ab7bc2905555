/** Interest for people: one interestPaid per account, asset and side an hour (lending rules 1). Money does not move here. */
import { BorrowLendSide, events } from '@mochila/protocol';
import { MICROS_PER_HOUR } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import { FIRST_CUSTOMER_ACCOUNT } from '../ledger/accounts.ts';
import { debtAtomsOf, hasDebt, hasLend, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAccount, holdingAsset } from '../ledger/holdings.ts';
import type { State } from '../state.ts';
import { ratesOf } from './utilization.ts';

interface Rates {
  borrowRate: number;
  lendRate: number;
}

/**
 * Reports the hour that ends with the running one's start and begins the next. What a holding earned or owed is its worth
 * now less its worth without the hour's interest, and what lends and debts that ended within the hour had gathered. An hour
 * in which lenders lost more than they earned reports nothing for them: the loss has an event of its own. Linear in holdings.
 */
export function reportInterestHour(state: State): void {
  const hourEndMicros = Math.floor(state.timeMicros / MICROS_PER_HOUR) * MICROS_PER_HOUR;
  const rates = state.assets.map(({ pool }) => (pool === null ? { borrowRate: 0, lendRate: 0 } : ratesOf(pool)));
  for (let row = 0; row < state.holdings.used; row += 1)
    reportHolding(state, row, rates[holdingAsset(state.holdings, row)]!, hourEndMicros);
  state.counters.interestHour = hourEndMicros / MICROS_PER_HOUR;
}

function reportHolding(state: State, row: number, rates: Rates, hourEndMicros: number): void {
  const { holdings } = state;
  const lent = openInterest(state, row, hasLend(state, row), lentAtomsOf(state, row));
  const owed = openInterest(state, row, hasDebt(state, row), debtAtomsOf(state, row));
  holdings.interest[row] = holdings.interest[row]! + lent + owed;
  announce(state, row, BorrowLendSide.Lend, holdings.hourLent[row]! + lent, rates.lendRate, hourEndMicros);
  announce(state, row, BorrowLendSide.Borrow, holdings.hourOwed[row]! + owed, rates.borrowRate, hourEndMicros);
  holdings.hourLent[row] = 0;
  holdings.hourOwed[row] = 0;
}

/** Interest of the running hour of an open lend or debt; its worth now is where the next hour counts from. */
function openInterest(state: State, row: number, isOpen: boolean, worth: number): number {
  if (!isOpen) return 0;
  const interest = worth - state.holdings.base[row]!;
  state.holdings.base[row] = worth;
  return interest;
}

function announce(state: State, row: number, side: BorrowLendSide, amountAtoms: number, rate: number, hourEndMicros: number): void {
  const { holdings } = state;
  const account = holdingAccount(holdings, row);
  if (amountAtoms <= 0 || account < FIRST_CUSTOMER_ACCOUNT) return;
  emit(state.out, events.interestPaid, { account, asset: holdingAsset(holdings, row), side, amountAtoms, rate, hourEndMicros });
}
