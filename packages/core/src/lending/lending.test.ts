import { BorrowLendSide, BorrowLendSource, decodeRecord, events, PoolState, recordCode, recordWords, rejects } from '@mochila/protocol';
import { INDEX_SCALED_MAX, refreshIndexLimbs } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import { clearEvents } from '../event-buffer.ts';
import { FEES_ACCOUNT } from '../ledger/accounts.ts';
import { auditLedger } from '../ledger/audit.ts';
import { debtAtomsOf, ensureHolding, lentAtomsOf } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import type { State } from '../state.ts';
import { inFrame, ledgerState, passSeconds, testAccount } from '../testing/ledger-state.ts';
import { borrowRoom, checkBorrow, checkLend, checkRedeemCash, redeemRoom } from './borrow-checks.ts';
import { depositsGuard } from './deposits-guard.ts';
import { lendersLose } from './lenders-lose.ts';
import type { Pool } from './pool.ts';
import { poolAnswers } from './pool-answer.ts';
import { reportInterestHour } from './report-interest.ts';
import { throttleBoundOf } from './throttle.ts';
import { ratesOf, utilizationOf } from './utilization.ts';

const USDC = 0;
const UNIT = 1_000_000;

function pooled(state: State): Pool {
  const { pool } = state.assets[USDC]!;
  if (pool === null) throw new Error('USDC has a pool');
  return pool;
}

function lend(state: State, atoms: number): number {
  const lender = testAccount(state);
  inFrame(state, () => creditFromWorld(state, lender, USDC, atoms, ReceiveMode.Lend, BorrowLendSource.AutoLend));
  return lender;
}

/** Someone borrows cash and keeps it free. */
function borrowCash(state: State, atoms: number): number {
  const borrower = testAccount(state, { autoLend: false });
  inFrame(state, () => {
    pay(state, borrower, USDC, atoms, PayPolicy.Forced, BorrowLendSource.Manual);
    receive(state, borrower, USDC, atoms, ReceiveMode.Free, BorrowLendSource.Manual);
  });
  return borrower;
}

/** 1,000 USDC lent (the dust account's one among them), some of it borrowed. */
function poolWith(borrowed: number): { state: State; lender: number; borrower: number } {
  const state = ledgerState();
  const lender = lend(state, 999 * UNIT);
  const borrower = borrowCash(state, borrowed * UNIT);
  clearEvents(state.out);
  return { state, lender, borrower };
}

function tell<T>(state: State, code: number, read: (at: number) => T): T[] {
  const found: T[] = [];
  for (let at = 0; at < state.out.length; at += recordWords(state.out.words, at)) {
    if (recordCode(state.out.words, at) === code) found.push(read(at));
  }
  return found;
}

describe('rates and utilisation', () => {
  it('follows the curve and leaves the venue its tenth', () => {
    const { state } = poolWith(800);
    expect(utilizationOf(pooled(state))).toBe(0.8);
    const { borrowRate, lendRate } = ratesOf(pooled(state));
    expect(borrowRate).toBe(0.08);
    expect(lendRate).toBeCloseTo(0.08 * 0.8 * 0.9, 15);
  });

  it('is unused when nothing is lent', () => {
    const state = ledgerState();
    pooled(state).lentAtoms = 0n;
    pooled(state).lentPending = 0;
    expect(utilizationOf(pooled(state))).toBe(0);
    expect(ratesOf(pooled(state))).toEqual({ borrowRate: 0.01, lendRate: 0 });
  });

  it('answers every pool with its figures', () => {
    const { state } = poolWith(800);
    expect(poolAnswers(state)).toHaveLength(5);
    expect(poolAnswers(state)[0]).toMatchObject({
      asset: 0,
      lentAtoms: 1_000 * UNIT,
      borrowedAtoms: 800 * UNIT,
      utilization: 0.8,
      throttleBound: 0.905,
    });
  });
});

describe('what may leave a pool', () => {
  it('lets a borrow or a redeem reach the bound and no further', () => {
    const { state, borrower } = poolWith(300);
    const pool = pooled(state);
    pool.averageBorrowed = 1e12;
    pool.listing = { ...pool.listing, throttleThreshold: 0.95 };
    expect(borrowRoom(state, borrower, USDC)).toBe(650 * UNIT);
    expect(checkBorrow(state, borrower, USDC, 650 * UNIT)).toBeNull();
    expect(checkBorrow(state, borrower, USDC, 650 * UNIT + 1)).toEqual({
      code: rejects.maxUtilization.code,
      value: 650 * UNIT + 1,
      limit: 650 * UNIT,
    });
    // 300 / 0.95 must stay.
    expect(redeemRoom(state, USDC)).toBe(1_000 * UNIT - Math.ceil((300 * UNIT) / 0.95));
    expect(checkRedeemCash(state, USDC, redeemRoom(state, USDC))).toBeNull();
    expect(checkRedeemCash(state, USDC, redeemRoom(state, USDC) + 1)?.code).toBe(rejects.maxUtilization.code);
  });

  it('throttles above 0.90 to a tenth of the distance a minute', () => {
    const { state, borrower } = poolWith(900);
    const pool = pooled(state);
    pool.averageBorrowed = 1e12;
    expect(throttleBoundOf(pool)).toBeCloseTo(0.905, 12);
    expect(borrowRoom(state, borrower, USDC)).toBe(5 * UNIT);
    borrowCash(state, 5 * UNIT);
    expect(borrowRoom(state, borrower, USDC)).toBe(0);
    passSeconds(state, 60);
    inFrame(state, () => undefined);
    expect(throttleBoundOf(pool)).toBeCloseTo(0.905 + 0.1 * 0.045, 6);
    expect(borrowRoom(state, borrower, USDC)).toBeGreaterThan(4.4 * UNIT);
    expect(borrowRoom(state, borrower, USDC)).toBeLessThan(4.6 * UNIT);
  });

  it('lets borrows grow a day to a third of what is lent, or a fifth beyond their average', () => {
    const { state, borrower } = poolWith(300);
    const room = Math.floor((1_000 * UNIT) / 3) - 300 * UNIT;
    expect(checkBorrow(state, borrower, USDC, room)).toBeNull();
    expect(checkBorrow(state, borrower, USDC, room + 1)).toEqual({ code: rejects.dailyBorrowGuard.code, value: room + 1, limit: room });
    passSeconds(state, 86_400);
    inFrame(state, () => undefined);
    expect(borrowRoom(state, borrower, USDC)).toBeGreaterThan(59 * UNIT);
  });

  it('answers the first rule broken, in order', () => {
    const { state, borrower } = poolWith(300);
    const entry = state.assets[USDC]!;
    const code = (atoms: number): number | undefined => checkBorrow(state, borrower, USDC, atoms)?.code;
    state.genesis.account.borrowLimitUsd = 300.5;
    expect(code(UNIT)).toBe(rejects.borrowLimit.code);
    expect(code(500 * UNIT)).toBe(rejects.dailyBorrowGuard.code);
    expect(code(700 * UNIT)).toBe(rejects.maxUtilization.code);
    entry.price.grade = 1;
    expect(code(700 * UNIT)).toBe(rejects.priceNotGood.code);
    pooled(state).poolState = PoolState.RepayOnly;
    expect(code(700 * UNIT)).toBe(rejects.poolRepayOnly.code);
    expect(checkLend(state, USDC, 1)?.code).toBe(rejects.poolRepayOnly.code);
    pooled(state).poolState = PoolState.Closed;
    expect(code(700 * UNIT)).toBe(rejects.poolClosed.code);
    expect(borrowRoom(state, borrower, USDC)).toBe(0);
    expect(checkLend(state, USDC, 1)?.code).toBe(rejects.poolClosed.code);
    entry.pool = null;
    expect(code(700 * UNIT)).toBe(rejects.notBorrowable.code);
    expect(checkLend(state, USDC, 1)?.code).toBe(rejects.notBorrowable.code);
  });

  it('caps growth by hand at openBorrowLendLimit', () => {
    const { state } = poolWith(0);
    pooled(state).listing = { ...pooled(state).listing, openBorrowLendLimit: '1001.5' };
    expect(checkLend(state, USDC, 1.5 * UNIT)).toBeNull();
    expect(checkLend(state, USDC, 1.5 * UNIT + 1)?.code).toBe(rejects.openBorrowLendLimit.code);
  });

  it('guards three quarters of the average deposits, free and lent', () => {
    const { state } = poolWith(300);
    expect(depositsGuard(state, USDC, 1_000 * UNIT)).toBe(true);
    passSeconds(state, 86_400);
    inFrame(state, () => undefined);
    // 1,000 lent and 300 borrowed cash lying free.
    const { lentAtoms } = pooled(state);
    const deposits = Number(lentAtoms) + 300 * UNIT;
    expect(state.assets[USDC]!.averageDeposits).toBe(1_300 * UNIT);
    expect(depositsGuard(state, USDC, deposits - 975 * UNIT)).toBe(true);
    expect(depositsGuard(state, USDC, deposits - 975 * UNIT + 1)).toBe(false);
  });
});

describe('interest', () => {
  it('is the same to the atom within one second, and accrues at the next', () => {
    const { state, borrower, lender } = poolWith(800);
    const row = ensureHolding(state, borrower, USDC);
    state.timeMicros += 999_999;
    inFrame(state, () => undefined);
    expect(debtAtomsOf(state, row)).toBe(800 * UNIT);
    state.timeMicros += 1;
    inFrame(state, () => undefined);
    // 800 USDC at 8 % a year: 2.03 atoms a second.
    expect(debtAtomsOf(state, row)).toBe(800 * UNIT + 3);
    expect(lentAtomsOf(state, ensureHolding(state, lender, USDC))).toBe(999 * UNIT + 2);
    expect(auditLedger(state)).toEqual([]);
  });

  it('gives the venue its tenth of small interest too, over time', () => {
    const { state } = poolWith(800);
    for (let second = 0; second < 1_000; second += 1) {
      passSeconds(state, 1);
      inFrame(state, () => undefined);
      clearEvents(state.out);
    }
    const interest = Number(pooled(state).borrowedAtoms) - 800 * UNIT;
    expect(interest).toBe(2_030);
    expect(lentAtomsOf(state, ensureHolding(state, FEES_ACCOUNT, USDC))).toBe(Math.floor(interest / 10));
    expect(pooled(state).lentAtoms - pooled(state).borrowedAtoms).toBe(BigInt(200 * UNIT));
  });

  it('ends at the highest index, and the engine goes on', () => {
    const { state, borrower } = poolWith(800);
    const pool = pooled(state);
    pool.borrowIndex = INDEX_SCALED_MAX - 1n;
    refreshIndexLimbs(pool.borrowLimbs, pool.borrowIndex);
    // So much is owed from now on.
    pool.borrowedAtoms = BigInt(debtAtomsOf(state, ensureHolding(state, borrower, USDC)));
    for (let year = 0; year < 2; year += 1) {
      passSeconds(state, 365 * 86_400);
      inFrame(state, () => undefined);
    }
    expect(pool.borrowIndex).toBe(INDEX_SCALED_MAX);
    expect(pool.borrowedAtoms).toBe(BigInt(debtAtomsOf(state, ensureHolding(state, borrower, USDC))));
  });

  it('is reported once an hour for each side, ended debts included', () => {
    const { state, borrower, lender } = poolWith(800);
    passSeconds(state, 1_800);
    inFrame(state, () => undefined);
    const row = ensureHolding(state, borrower, USDC);
    const halfHour = debtAtomsOf(state, row) - 800 * UNIT;
    inFrame(state, () => {
      pay(state, lender, USDC, debtAtomsOf(state, row), PayPolicy.Redeem, BorrowLendSource.Manual);
      receive(state, borrower, USDC, debtAtomsOf(state, row), ReceiveMode.Repay, BorrowLendSource.Manual);
    });
    passSeconds(state, 1_800);
    clearEvents(state.out);
    inFrame(state, () => reportInterestHour(state));
    const hourEndMicros = state.timeMicros;
    const paid = tell(state, events.interestPaid.code, (at) => decodeRecord(events.interestPaid, state.out.words, at));
    expect(paid).toHaveLength(2);
    expect(paid.find(({ account }) => account === borrower)).toMatchObject({
      side: BorrowLendSide.Borrow,
      amountAtoms: halfHour,
      hourEndMicros,
    });
    const earned = paid.find(({ account }) => account === lender)!;
    expect(earned).toMatchObject({ side: BorrowLendSide.Lend, asset: USDC });
    expect(Math.abs(earned.amountAtoms - halfHour * 0.9)).toBeLessThan(10);
    expect(state.holdings.interest[ensureHolding(state, lender, USDC)]).toBe(earned.amountAtoms);
    passSeconds(state, 3_600);
    clearEvents(state.out);
    inFrame(state, () => reportInterestHour(state));
    expect(tell(state, events.interestPaid.code, () => 1)).toHaveLength(0);
  });

  it('tells each pool once a minute', () => {
    const { state } = poolWith(800);
    // The venue's first second begins a minute as well.
    passSeconds(state, 1);
    inFrame(state, () => undefined);
    clearEvents(state.out);
    let told = 0;
    for (let second = 0; second < 120; second += 1) {
      passSeconds(state, 1);
      inFrame(state, () => undefined);
      told += tell(state, events.poolUpdated.code, () => 1).length;
      clearEvents(state.out);
    }
    expect(told).toBe(2 * 5);
  });
});

describe('bad debt', () => {
  it('lowers every lend in proportion, once, and ends the debt', () => {
    const { state, borrower, lender } = poolWith(800);
    const row = ensureHolding(state, borrower, USDC);
    inFrame(state, () => {
      lendersLose(state, USDC, 100 * UNIT);
      receive(state, borrower, USDC, 100 * UNIT, ReceiveMode.Repay, BorrowLendSource.Reconciliation);
    });
    expect(debtAtomsOf(state, row)).toBe(700 * UNIT);
    expect(lentAtomsOf(state, ensureHolding(state, lender, USDC))).toBe(999 * 0.9 * UNIT);
    expect(tell(state, events.lendersLost.code, (at) => decodeRecord(events.lendersLost, state.out.words, at))).toEqual([
      { asset: USDC, amountAtoms: 100 * UNIT },
    ]);
    expect(auditLedger(state)).toEqual([]);
  });
});
