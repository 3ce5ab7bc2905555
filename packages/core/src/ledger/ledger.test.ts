import { BorrowLendEventType, BorrowLendSource, decodeRecord, events } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { clearEvents } from '../event-buffer.ts';
import { inFrame, ledgerState, passSeconds, testAccount } from '../testing/ledger-state.ts';
import { auditLedger } from './audit.ts';
import { debtAtomsOf, findHolding, lentAtomsOf, netAtomsOf } from './holding-rows.ts';
import { PayPolicy, pay } from './pay.ts';
import { ReceiveMode, receive, receiveModeOf } from './receive.ts';
import { creditFromWorld } from './world.ts';

const USDC = 0;
const BTC = 2;

describe('pay and receive', () => {
  it('lends a credit, pays by redeeming, then by borrowing, and repays with the next credit', () => {
    const state = ledgerState();
    const alice = testAccount(state);
    const bob = testAccount(state);
    inFrame(state, () => {
      for (const account of [alice, bob])
        creditFromWorld(state, account, USDC, 1_000, receiveModeOf(state, account), BorrowLendSource.AutoLend);
    });
    const row = findHolding(state, alice, USDC);
    expect(lentAtomsOf(state, row)).toBe(1_000);
    inFrame(state, () => {
      expect(pay(state, alice, USDC, 1_500, PayPolicy.Forced, BorrowLendSource.Reconciliation)).toBe(0);
      receive(state, bob, USDC, 1_500, receiveModeOf(state, bob), BorrowLendSource.Reconciliation);
    });
    expect([lentAtomsOf(state, row), debtAtomsOf(state, row)]).toEqual([0, 500]);
    inFrame(state, () => {
      pay(state, bob, USDC, 700, PayPolicy.Redeem, BorrowLendSource.SpotMargin);
      receive(state, alice, USDC, 700, receiveModeOf(state, alice), BorrowLendSource.SpotMargin);
    });
    expect([lentAtomsOf(state, row), debtAtomsOf(state, row)]).toEqual([200, 0]);
    expect(auditLedger(state)).toEqual([]);
  });

  it('returns the shortfall a policy does not cover and moves the rest', () => {
    const state = ledgerState();
    const alice = testAccount(state, { autoLend: false });
    inFrame(state, () => creditFromWorld(state, alice, BTC, 10, ReceiveMode.Free, BorrowLendSource.AutoLend));
    inFrame(state, () => {
      expect(pay(state, alice, BTC, 25, PayPolicy.Redeem, BorrowLendSource.SpotMargin)).toBe(15);
      receive(state, alice, BTC, 10, ReceiveMode.Free, BorrowLendSource.SpotMargin);
      expect(pay(state, alice, USDC, 5, PayPolicy.Redeem, BorrowLendSource.SpotMargin)).toBe(5);
    });
    expect(netAtomsOf(state, findHolding(state, alice, BTC))).toBe(10);
  });

  it('halts when a frame does not close at zero', () => {
    const state = ledgerState();
    const alice = testAccount(state);
    expect(() => inFrame(state, () => receive(state, alice, USDC, 1, ReceiveMode.Lend, BorrowLendSource.AutoLend))).toThrow('INV-01');
  });

  it('tells each balance once and each act once a frame, in the form of the protocol', () => {
    const state = ledgerState();
    const alice = testAccount(state);
    const bob = testAccount(state);
    inFrame(state, () => creditFromWorld(state, alice, USDC, 1_000, ReceiveMode.Lend, BorrowLendSource.AutoLend));
    clearEvents(state.out);
    inFrame(state, () => {
      for (let fill = 0; fill < 3; fill += 1) {
        pay(state, alice, USDC, 100, PayPolicy.Redeem, BorrowLendSource.SpotMargin, 77);
        receive(state, bob, USDC, 100, ReceiveMode.Lend, BorrowLendSource.SpotMargin, 78);
      }
    });
    expect(state.out.count).toBe(4);
    const moved = decodeRecord(events.borrowLendMoved, state.out.words, 0);
    expect(moved).toEqual({
      account: alice,
      asset: USDC,
      eventType: BorrowLendEventType.LendRedeem,
      quantityAtoms: 300,
      source: BorrowLendSource.SpotMargin,
      positionAtoms: 700,
      positionId: state.seq - 1,
      orderId: 77,
    });
    expect(decodeRecord(events.borrowLendMoved, state.out.words, 9)).toMatchObject({
      account: bob,
      eventType: BorrowLendEventType.Lend,
      quantityAtoms: 300,
      source: BorrowLendSource.AutoLend,
      positionId: state.seq,
    });
    expect(decodeRecord(events.balanceChanged, state.out.words, 18)).toEqual({
      account: alice,
      asset: USDC,
      freeAtoms: 0,
      lentAtoms: 700,
      debtAtoms: 0,
      heldAtoms: 0,
    });
  });

  it('accrues interest by the second and leaves the venue its tenth as a lend', () => {
    const state = ledgerState();
    const lender = testAccount(state);
    const borrower = testAccount(state);
    inFrame(state, () => creditFromWorld(state, lender, USDC, 100_000_000_000, ReceiveMode.Lend, BorrowLendSource.AutoLend));
    inFrame(state, () => {
      pay(state, borrower, USDC, 80_000_000_000, PayPolicy.Forced, BorrowLendSource.Reconciliation);
      receive(state, lender, USDC, 80_000_000_000, ReceiveMode.Free, BorrowLendSource.Reconciliation);
    });
    for (let hour = 0; hour < 24; hour += 1) {
      passSeconds(state, 3_600);
      inFrame(state, () => undefined);
    }
    const owed = debtAtomsOf(state, findHolding(state, borrower, USDC)) - 80_000_000_000;
    const earned = lentAtomsOf(state, findHolding(state, lender, USDC)) - 100_000_000_000;
    const fee = lentAtomsOf(state, findHolding(state, 0, USDC));
    expect(owed).toBeGreaterThan(17_000_000);
    expect(owed).toBeLessThan(17_700_000);
    // The fees account lends its fee, so it earns a little on it too, and the dust account's unit earns its part.
    expect(fee - owed / 10).toBeGreaterThan(-1);
    expect(fee - owed / 10).toBeLessThan(200);
    expect(owed - fee - earned).toBeGreaterThan(0);
    expect(owed - fee - earned).toBeLessThan(200);
    expect(auditLedger(state)).toEqual([]);
  });
});
