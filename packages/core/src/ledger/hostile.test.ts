import { BorrowLendSource } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { clearEvents } from '../event-buffer.ts';
import { utilizationOf } from '../lending/utilization.ts';
import type { State } from '../state.ts';
import { inFrame, ledgerState, passSeconds, testAccount } from '../testing/ledger-state.ts';
import { DUST_ACCOUNT, setAccountAutoLend } from './accounts.ts';
import { auditLedger } from './audit.ts';
import { releaseForcedLends } from './forced-lends.ts';
import { debtAtomsOf, ensureHolding, lentAtomsOf, netAtomsOf } from './holding-rows.ts';
import { holdingFree } from './holdings.ts';
import { PayPolicy, pay } from './pay.ts';
import { ReceiveMode, receive, receiveModeOf } from './receive.ts';
import { creditFromWorld, debitToWorld, moveClearing } from './world.ts';

const USDC = 0;
const UNIT = 1_000_000;

function fundAccount(state: State, account: number, atoms: number, mode: number = receiveModeOf(state, account)): void {
  inFrame(state, () => creditFromWorld(state, account, USDC, atoms, mode, BorrowLendSource.AutoLend));
}

/** The loser pays what it must, the winner is credited, in one frame. */
function settle(state: State, loser: number, winner: number, atoms: number): void {
  inFrame(state, () => {
    expect(pay(state, loser, USDC, atoms, PayPolicy.Forced, BorrowLendSource.Reconciliation)).toBe(0);
    receive(state, winner, USDC, atoms, receiveModeOf(state, winner), BorrowLendSource.AutoLend);
  });
  clearEvents(state.out);
}

function balances(state: State, account: number): { free: number; lent: number; debt: number } {
  const row = ensureHolding(state, account, USDC);
  return { free: holdingFree(state.holdings, row), lent: lentAtomsOf(state, row), debt: debtAtomsOf(state, row) };
}

function usdcPool(state: State) {
  const { pool } = state.assets[USDC]!;
  if (pool === null) throw new Error('USDC has a pool');
  return pool;
}

/** A pool whose utilisation is `lent - spare` over `lent`, made by a loser who borrows what a winner lends. */
function stretchedPool(spareAtoms: number, totalAtoms: number): { state: State; borrower: number; lender: number } {
  const state = ledgerState();
  const borrower = testAccount(state);
  const lender = testAccount(state);
  const keep = spareAtoms - balances(state, DUST_ACCOUNT).lent;
  if (keep > 0) fundAccount(state, lender, keep);
  if (keep < 0) inFrame(state, () => debitToWorld(state, DUST_ACCOUNT, USDC, -keep, PayPolicy.Redeem, BorrowLendSource.Withdrawal));
  settle(state, borrower, lender, totalAtoms - spareAtoms);
  return { state, borrower, lender };
}

describe('rounding is nobody’s income', () => {
  it('gives back exactly what was lent through a hundred thousand tiny lends and redeems', () => {
    const { state } = stretchedPool(50 * UNIT, 1_000 * UNIT);
    const thief = testAccount(state);
    fundAccount(state, thief, 1_000, ReceiveMode.Free);
    passSeconds(state, 98_765);
    const row = ensureHolding(state, thief, USDC);
    inFrame(state, () => {
      for (let turn = 0; turn < 50_000; turn += 1) {
        const atoms = 1 + (turn % 7);
        // Free cash becomes lent and free again: pay to oneself, lent once and free once.
        pay(state, thief, USDC, atoms, PayPolicy.Redeem, BorrowLendSource.Manual);
        receive(state, thief, USDC, atoms, turn % 2 === 0 ? ReceiveMode.Lend : ReceiveMode.Free, BorrowLendSource.Manual);
      }
      expect(netAtomsOf(state, row)).toBe(1_000);
    });
    expect(netAtomsOf(state, row)).toBe(1_000);
    expect(auditLedger(state)).toEqual([]);
  });

  it('earns no more by touching a lend a thousand times a second, and at most an atom less', () => {
    const { state } = stretchedPool(50 * UNIT, 1_000 * UNIT);
    const busy = testAccount(state);
    const idle = testAccount(state);
    for (const account of [busy, idle]) fundAccount(state, account, 90_000_001);
    for (let second = 0; second < 50; second += 1) {
      passSeconds(state, 1_000);
      inFrame(state, () => {
        for (let turn = 0; turn < 500; turn += 1) {
          pay(state, busy, USDC, 1 + (turn % 90), PayPolicy.Redeem, BorrowLendSource.Manual);
          receive(state, busy, USDC, 1 + (turn % 90), ReceiveMode.Lend, BorrowLendSource.Manual);
        }
      });
      clearEvents(state.out);
      const less = balances(state, idle).lent - balances(state, busy).lent;
      expect(less).toBeGreaterThanOrEqual(0);
      expect(less).toBeLessThanOrEqual(1);
    }
    expect(balances(state, idle).lent).toBeGreaterThan(90_000_001);
    expect(auditLedger(state)).toEqual([]);
  });

  it('owes no less by touching a debt a thousand times a second, and at most an atom more', () => {
    const { state, lender } = stretchedPool(500 * UNIT, 1_000 * UNIT);
    const busy = testAccount(state);
    const idle = testAccount(state);
    for (const account of [busy, idle]) settle(state, account, lender, 7_654_321);
    for (let second = 0; second < 50; second += 1) {
      passSeconds(state, 1_000);
      inFrame(state, () => {
        for (let turn = 0; turn < 500; turn += 1) {
          pay(state, busy, USDC, 1 + (turn % 90), PayPolicy.Forced, BorrowLendSource.Manual);
          receive(state, busy, USDC, 1 + (turn % 90), ReceiveMode.Repay, BorrowLendSource.Manual);
        }
      });
      clearEvents(state.out);
      const more = balances(state, busy).debt - balances(state, idle).debt;
      expect(more).toBeGreaterThanOrEqual(0);
      expect(more).toBeLessThanOrEqual(1);
    }
    expect(auditLedger(state)).toEqual([]);
  });

  it('heals the total borrowed when debts end with their last part of an atom rounded up', () => {
    const { state, borrower, lender } = stretchedPool(500 * UNIT, 510 * UNIT);
    const small = Array.from({ length: 20 }, () => testAccount(state));
    for (const account of small) settle(state, account, lender, 3);
    passSeconds(state, 60);
    inFrame(state, () => undefined);
    for (const account of [...small, borrower]) settle(state, lender, account, balances(state, account).debt);
    const pool = usdcPool(state);
    expect(auditLedger(state)).toEqual([]);
    // Twenty debts of a little over three atoms each ended at four.
    expect(pool.borrowedAtoms).toBeLessThan(0n);
    expect(utilizationOf(pool)).toBe(0);
    passSeconds(state, 1);
    inFrame(state, () => undefined);
    expect(auditLedger(state)).toEqual([]);
    expect(pool.borrowedAtoms).toBe(0n);
  });
});

describe('a full pool', () => {
  const uses: [string, number][] = [
    ['0.99', 10 * UNIT],
    ['1', 0],
  ];
  for (const [name, spare] of uses) {
    it(`at utilisation ${name} settles every loss; a winner who lends holds a claim`, () => {
      const { state } = stretchedPool(spare, 1_000 * UNIT);
      expect(utilizationOf(usdcPool(state)).toFixed(3)).toBe(Number(name).toFixed(3));
      const [loser, winner] = [testAccount(state), testAccount(state)];
      settle(state, loser, winner, 40 * UNIT);
      expect(balances(state, winner)).toEqual({ free: 0, lent: 40 * UNIT, debt: 0 });
      expect(balances(state, loser).debt).toBe(40 * UNIT);
      expect(auditLedger(state)).toEqual([]);
    });

    it(`at utilisation ${name} lends the credit of a winner who does not lend, and frees it, oldest first, when there is cash`, () => {
      const { state, lender } = stretchedPool(spare, 1_000 * UNIT);
      const loser = testAccount(state);
      const first = testAccount(state, { autoLend: false });
      const second = testAccount(state, { autoLend: false });
      settle(state, loser, first, 40 * UNIT);
      settle(state, loser, second, 30 * UNIT);
      expect(balances(state, first)).toEqual({ free: 0, lent: 40 * UNIT, debt: 0 });
      expect(balances(state, second)).toEqual({ free: 0, lent: 30 * UNIT, debt: 0 });
      inFrame(state, () => releaseForcedLends(state));
      expect(balances(state, first).free).toBe(0);
      // New cash of 100 above what 0.95 needs: 40 for the first, what is left for the second.
      const { lentAtoms, borrowedAtoms } = usdcPool(state);
      const needed = Math.ceil(Number(borrowedAtoms) / 0.95) - Number(lentAtoms);
      fundAccount(state, lender, needed + 60 * UNIT);
      inFrame(state, () => releaseForcedLends(state));
      expect(balances(state, first)).toEqual({ free: 40 * UNIT, lent: 0, debt: 0 });
      expect(balances(state, second)).toEqual({ free: 20 * UNIT, lent: 10 * UNIT, debt: 0 });
      fundAccount(state, lender, 10 * UNIT);
      inFrame(state, () => releaseForcedLends(state));
      expect(balances(state, second)).toEqual({ free: 30 * UNIT, lent: 0, debt: 0 });
      expect(usdcPool(state).forcedHead).toBe(-1);
      expect(auditLedger(state)).toEqual([]);
    });

    it(`at utilisation ${name} repays the debt of a winner in debt, whatever its settings, before it lends`, () => {
      const { state, lender } = stretchedPool(spare, 1_000 * UNIT);
      const loser = testAccount(state);
      const winner = testAccount(state, { autoLend: false, autoRepayBorrows: false });
      settle(state, winner, lender, 25 * UNIT);
      settle(state, loser, winner, 40 * UNIT);
      expect(balances(state, winner)).toEqual({ free: 0, lent: 15 * UNIT, debt: 0 });
      expect(auditLedger(state)).toEqual([]);
    });
  }

  it('forgets a forced lend that its owner redeemed, or wants to lend now', () => {
    const { state, lender } = stretchedPool(0, 1_000 * UNIT);
    const loser = testAccount(state);
    const [spent, willing] = [testAccount(state, { autoLend: false }), testAccount(state, { autoLend: false })];
    for (const account of [spent, willing]) settle(state, loser, account, 20 * UNIT);
    settle(state, spent, lender, 15 * UNIT);
    setAccountAutoLend(state.accounts, willing, 1);
    fundAccount(state, lender, 500 * UNIT);
    inFrame(state, () => releaseForcedLends(state));
    expect(balances(state, spent)).toEqual({ free: 5 * UNIT, lent: 0, debt: 0 });
    expect(balances(state, willing)).toEqual({ free: 0, lent: 20 * UNIT, debt: 0 });
    expect([usdcPool(state).forcedHead, usdcPool(state).forcedTail]).toEqual([-1, -1]);
    expect(auditLedger(state)).toEqual([]);
  });

  it('cannot be emptied by profit washed between two accounts', () => {
    const { state, lender } = stretchedPool(100 * UNIT, 1_000 * UNIT);
    const loser = testAccount(state);
    const winner = testAccount(state, { autoLend: false });
    for (let turn = 0; turn < 200; turn += 1) {
      passSeconds(state, 10);
      settle(state, loser, winner, 17 * UNIT + turn);
      const { pool } = state.assets[USDC]!;
      expect(pool!.lentAtoms + BigInt(pool!.lentPending)).toBeGreaterThanOrEqual(pool!.borrowedAtoms + BigInt(pool!.borrowedPending));
    }
    // What became free never took utilisation beyond 0.95; the rest is claims on the winner's own side of the pool.
    expect(balances(state, winner).free).toBeLessThan(55 * UNIT);
    expect(balances(state, winner).lent).toBeGreaterThan(3_000 * UNIT);
    expect(balances(state, lender).lent).toBeGreaterThan(999 * UNIT);
    expect(auditLedger(state)).toEqual([]);
  });

  it('leaves payments from free cash to free cash alone at any utilisation', () => {
    const { state } = stretchedPool(0, 1_000 * UNIT);
    const [payer, payee] = [testAccount(state, { autoLend: false }), testAccount(state, { autoLend: false })];
    const other = testAccount(state);
    // The deposit is cash from outside and may stay free.
    fundAccount(state, payer, 9 * UNIT);
    expect(balances(state, payer)).toEqual({ free: 9 * UNIT, lent: 0, debt: 0 });
    settle(state, payer, payee, 9 * UNIT);
    expect(balances(state, payee)).toEqual({ free: 9 * UNIT, lent: 0, debt: 0 });
    expect(balances(state, other).free).toBe(0);
  });

  it('counts the slices of an epoch together: cash losers paid in one reaches winners in the next', () => {
    const { state } = stretchedPool(0, 1_000 * UNIT);
    const [payer, payee] = [testAccount(state, { autoLend: false }), testAccount(state, { autoLend: false })];
    fundAccount(state, payer, 9 * UNIT);
    state.settlement.isOpen = true;
    inFrame(state, () => {
      pay(state, payer, USDC, 9 * UNIT, PayPolicy.Forced, BorrowLendSource.Reconciliation);
      moveClearing(state, 9 * UNIT);
    });
    inFrame(state, () => {
      receive(state, payee, USDC, 9 * UNIT, ReceiveMode.Free, BorrowLendSource.AutoLend);
      moveClearing(state, -9 * UNIT);
    });
    state.settlement.isOpen = false;
    expect(balances(state, payee)).toEqual({ free: 9 * UNIT, lent: 0, debt: 0 });
    expect(state.assets[USDC]!.clearingCash).toBe(0);
    expect(auditLedger(state)).toEqual([]);
  });

  it('stays covered when winners are settled before the losers who will borrow', () => {
    const { state } = stretchedPool(60 * UNIT, 1_000 * UNIT);
    const [loser, winner] = [testAccount(state), testAccount(state, { autoLend: false })];
    state.settlement.isOpen = true;
    inFrame(state, () => {
      receive(state, winner, USDC, 500 * UNIT, ReceiveMode.Free, BorrowLendSource.AutoLend);
      moveClearing(state, -500 * UNIT);
    });
    expect(auditLedger(state)).toEqual([]);
    inFrame(state, () => {
      pay(state, loser, USDC, 500 * UNIT, PayPolicy.Forced, BorrowLendSource.Reconciliation);
      moveClearing(state, 500 * UNIT);
    });
    state.settlement.isOpen = false;
    // 940 of 1,000 before; 1,440 of 1,500 after: beyond 0.95, so none of the credit could be free.
    expect(balances(state, winner)).toEqual({ free: 0, lent: 500 * UNIT, debt: 0 });
    expect(auditLedger(state)).toEqual([]);
  });
});
