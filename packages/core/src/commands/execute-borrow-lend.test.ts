import {
  BorrowLendEventType,
  BorrowLendSide,
  BorrowLendSource,
  commands,
  decodeRecord,
  events,
  PoolState,
  type RejectName,
  rejects,
} from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { clearEvents } from '../event-buffer.ts';
import { setAccountIsLiquidating } from '../ledger/accounts.ts';
import { auditLedger } from '../ledger/audit.ts';
import { debtAtomsOf, ensureHolding, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingFree } from '../ledger/holdings.ts';
import { addHold } from '../ledger/holds.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import type { State } from '../state.ts';
import { inFrame, ledgerState, testAccount } from '../testing/ledger-state.ts';
import { run } from '../testing/people-state.ts';
import { executeBorrowLend } from './execute-borrow-lend.ts';

const USDC = 0;
const BTC = 2;
const UNIT = 1_000_000;

function act(state: State, account: number, side: number, quantityAtoms: number, asset: number = USDC) {
  return run(state, () => executeBorrowLend(state, { ...commands.executeBorrowLend.defaults, account, asset, side, quantityAtoms }));
}

function give(state: State, account: number, asset: number, atoms: number, mode: number): void {
  inFrame(state, () => creditFromWorld(state, account, asset, atoms, mode, BorrowLendSource.AutoLend));
}

function balances(state: State, account: number): [free: number, lent: number, debt: number] {
  const row = ensureHolding(state, account, USDC);
  return [holdingFree(state.holdings, row), lentAtomsOf(state, row), debtAtomsOf(state, row)];
}

/** A pool of 10,000 USDC, and a customer with 1 BTC lent and 100 USDC free. */
function venue(): { state: State; customer: number } {
  const state = ledgerState();
  const lender = testAccount(state);
  give(state, lender, USDC, 10_000 * UNIT, ReceiveMode.Lend);
  const customer = testAccount(state);
  give(state, customer, BTC, 100_000_000, ReceiveMode.Lend);
  give(state, customer, USDC, 100 * UNIT, ReceiveMode.Free);
  clearEvents(state.out);
  return { state, customer };
}

/** Puts the customer in debt by paying the fees account. */
function indebt(state: State, customer: number, atoms: number): void {
  inFrame(state, () => {
    pay(state, customer, USDC, atoms + 100 * UNIT, PayPolicy.Forced, BorrowLendSource.Manual);
    receive(state, 0, USDC, atoms, ReceiveMode.Lend, BorrowLendSource.Manual);
    receive(state, customer, USDC, 100 * UNIT, ReceiveMode.Free, BorrowLendSource.Manual);
  });
}

describe('executeBorrowLend', () => {
  it('lends free cash, redeems it again, borrows and repays, each to the atom', () => {
    const { state, customer } = venue();
    expect(act(state, customer, BorrowLendSide.Lend, 60 * UNIT)).toBeNull();
    expect(balances(state, customer)).toEqual([40 * UNIT, 60 * UNIT, 0]);
    expect(decodeRecord(events.borrowLendMoved, state.out.words, 0)).toEqual({
      account: customer,
      asset: USDC,
      eventType: BorrowLendEventType.Lend,
      quantityAtoms: 60 * UNIT,
      source: BorrowLendSource.Manual,
      positionAtoms: 60 * UNIT,
      positionId: state.seq,
      orderId: 0,
    });
    expect(act(state, customer, BorrowLendSide.Borrow, 60 * UNIT)).toBeNull();
    expect(balances(state, customer)).toEqual([100 * UNIT, 0, 0]);
    expect(act(state, customer, BorrowLendSide.Borrow, 30 * UNIT)).toBeNull();
    expect(balances(state, customer)).toEqual([130 * UNIT, 0, 30 * UNIT]);
    expect(state.scratch.result[0]).toBe(30 * UNIT);
    expect(act(state, customer, BorrowLendSide.Lend, 30 * UNIT)).toBeNull();
    expect(balances(state, customer)).toEqual([100 * UNIT, 0, 0]);
    expect(auditLedger(state)).toEqual([]);
  });

  it('never crosses over: an amount beyond the debt or the lend is refused with what it is', () => {
    const { state, customer } = venue();
    indebt(state, customer, 50 * UNIT);
    expect(act(state, customer, BorrowLendSide.Lend, 50 * UNIT + 1)).toEqual({
      code: rejects.lendRequiresBorrowRepay.code,
      value: 50 * UNIT + 1,
      limit: 50 * UNIT,
    });
    expect(act(state, customer, BorrowLendSide.Lend, 50 * UNIT)).toBeNull();
    expect(act(state, customer, BorrowLendSide.Lend, 50 * UNIT)).toBeNull();
    expect(act(state, customer, BorrowLendSide.Borrow, 50 * UNIT + 1)).toEqual({
      code: rejects.borrowRequiresLendRedeem.code,
      value: 50 * UNIT + 1,
      limit: 50 * UNIT,
    });
  });

  it('keeps what orders hold: it repays only what is left, and lends held cash', () => {
    const { state, customer } = venue();
    inFrame(state, () => addHold(state, customer, USDC, 80 * UNIT));
    expect(act(state, customer, BorrowLendSide.Lend, 100 * UNIT)).toBeNull();
    expect(act(state, customer, BorrowLendSide.Borrow, 100 * UNIT)).toBeNull();
    indebt(state, customer, 50 * UNIT);
    expect(act(state, customer, BorrowLendSide.Lend, 20 * UNIT + 1)).toEqual({
      code: rejects.insufficientBalance.code,
      value: 20 * UNIT,
      limit: 20 * UNIT + 1,
    });
    expect(act(state, customer, BorrowLendSide.Lend, 20 * UNIT)).toBeNull();
  });

  it('always takes a repayment, whatever the pool’s state', () => {
    const { state, customer } = venue();
    indebt(state, customer, 50 * UNIT);
    state.assets[USDC]!.pool!.poolState = PoolState.Closed;
    expect(act(state, customer, BorrowLendSide.Lend, 50 * UNIT)).toBeNull();
    expect(act(state, customer, BorrowLendSide.Lend, 1)?.code).toBe(rejects.poolClosed.code);
  });

  const table: [RejectName, number, number, (state: State, customer: number) => void][] = [
    ['unknownAsset', BorrowLendSide.Lend, 1, (state) => state.assets.pop()],
    ['badAmount', BorrowLendSide.Lend, 0, () => undefined],
    ['badAmount', BorrowLendSide.Borrow, 1.5, () => undefined],
    ['insufficientBalance', BorrowLendSide.Lend, 2e8, () => undefined],
    ['poolRepayOnly', BorrowLendSide.Borrow, 1, (state) => Object.assign(state.assets[USDC]!.pool!, { poolState: PoolState.RepayOnly })],
    ['accountLiquidating', BorrowLendSide.Borrow, 1, (state, customer) => setAccountIsLiquidating(state.accounts, customer, 1)],
    ['priceNotGood', BorrowLendSide.Borrow, 1, (state) => Object.assign(state.assets[USDC]!.price, { grade: 1 })],
    ['maxUtilization', BorrowLendSide.Borrow, 9_500 * UNIT, () => undefined],
    ['dailyBorrowGuard', BorrowLendSide.Borrow, 5_000 * UNIT, () => undefined],
  ];
  for (const [name, side, atoms, arrange] of table) {
    it(`refuses with ${name} and changes nothing`, () => {
      const { state, customer } = venue();
      arrange(state, customer);
      const asset = name === 'unknownAsset' ? 99 : USDC;
      expect(act(state, customer, side, atoms, asset)?.code).toBe(rejects[name].code);
      expect(balances(state, customer)).toEqual([100 * UNIT, 0, 0]);
      expect(state.out.count).toBe(0);
    });
  }

  it('refuses a borrow when the account stands badly at the worst prices', () => {
    const { state, customer } = venue();
    const owing = testAccount(state);
    give(state, owing, BTC, 1_000_000, ReceiveMode.Lend);
    inFrame(state, () => {
      pay(state, owing, USDC, 560 * UNIT, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(state, customer, USDC, 560 * UNIT, ReceiveMode.Lend, BorrowLendSource.Manual);
    });
    // 0.01 BTC counts 570 at 60,000; at a stable price of 59,000 only 560.5, and the debt of 560 needs a tenth.
    expect(act(state, owing, BorrowLendSide.Borrow, 1)?.code).toBe(rejects.leavingMargin.code);
  });

  it('refuses a redeem beyond what the pool can give in cash', () => {
    const { state, customer } = venue();
    const pool = state.assets[USDC]!.pool!;
    expect(act(state, customer, BorrowLendSide.Lend, 100 * UNIT)).toBeNull();
    const borrower = testAccount(state, { autoLend: false });
    inFrame(state, () => {
      pay(state, borrower, USDC, 9_595 * UNIT, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(state, borrower, USDC, 9_595 * UNIT, ReceiveMode.Free, BorrowLendSource.Manual);
    });
    expect(pool.lentAtoms + BigInt(pool.lentPending)).toBe(BigInt(10_101 * UNIT));
    expect(act(state, customer, BorrowLendSide.Borrow, 100 * UNIT)?.code).toBe(rejects.maxUtilization.code);
    expect(balances(state, customer)).toEqual([0, 100 * UNIT, 0]);
  });
});
