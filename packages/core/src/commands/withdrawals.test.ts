import { BorrowLendSource, type CommandFields, commands, events, rejects, Tristate, WithdrawalStatus } from '@mochila/protocol';
import { MICROS_PER_DAY, MICROS_PER_HOUR } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import { releaseWithdrawals } from '../custody/release-withdrawals.ts';
import { FEES_ACCOUNT, setAccountIsLiquidating } from '../ledger/accounts.ts';
import { auditLedger } from '../ledger/audit.ts';
import { debtAtomsOf, findHolding, ownedAtomsOf } from '../ledger/holding-rows.ts';
import { addHold } from '../ledger/holds.ts';
import { ReceiveMode } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import type { State } from '../state.ts';
import { eventNames, eventsOf, headerOf, type Person, peopleState, registered, resultOf, run, text } from '../testing/people-state.ts';
import { smallGenesis } from '../testing/small-genesis.ts';
import { completeWithdrawal } from './complete-withdrawal.ts';
import { createSubaccount } from './create-subaccount.ts';
import { requestWithdrawal } from './request-withdrawal.ts';

const USDC = 0;
const USDT = 1;
const BTC = 2;
const NO_BYTES = new Uint8Array(0);

function request(state: State, person: Person, changes: Partial<CommandFields<'requestWithdrawal'>> = {}): number {
  const fields = {
    ...commands.requestWithdrawal.defaults,
    ...headerOf(state, person),
    asset: USDC,
    quantityAtoms: 1_000e6,
    feeAtoms: 1e6,
    address: text('address'),
    blockchain: text('Simulated'),
    ...changes,
  };
  return run(state, () => requestWithdrawal(state, fields))?.code ?? 0;
}

function complete(state: State, withdrawal: number, isConfirmed: number): number {
  const fields = { ...commands.completeWithdrawal.defaults, withdrawal, isConfirmed, transaction: text('0xabc') };
  return run(state, () => completeWithdrawal(state, fields))?.code ?? 0;
}

/** @param averageDeposits - of USDC once interest and averages of the time passed are written. */
function tick(state: State, averageDeposits = state.assets[USDC]!.averageDeposits): void {
  run(state, () => {
    state.assets[USDC]!.averageDeposits = averageDeposits;
    releaseWithdrawals(state);
    return null;
  });
}

function give(state: State, account: number, asset: number, atoms: number): void {
  run(state, () => {
    creditFromWorld(state, account, asset, atoms, ReceiveMode.Lend, BorrowLendSource.AutoLend);
    return null;
  });
}

function owned(state: State, account: number, asset: number): number {
  const row = findHolding(state, account, asset);
  return row < 0 ? 0 : ownedAtomsOf(state, row);
}

describe('requestWithdrawal', () => {
  it('debits the account now and hands over at once without a delay', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const custody = state.assets[USDC]!.custodyAtoms;
    expect(request(state, alice, { clientReference: text('mine') })).toBe(0);
    expect(resultOf(state)).toEqual([1, WithdrawalStatus.Pending, state.timeMicros]);
    expect(eventsOf(state, events.withdrawalChanged)).toEqual([
      {
        withdrawal: 1,
        account: alice.account,
        asset: USDC,
        quantityAtoms: 1_000e6,
        feeAtoms: 1e6,
        status: WithdrawalStatus.Pending,
        releaseAtMicros: state.timeMicros,
        requestedAtMicros: state.timeMicros,
        address: text('address'),
        blockchain: text('Simulated'),
        clientReference: text('mine'),
        transaction: NO_BYTES,
      },
    ]);
    expect(eventNames(state)).toEqual(['withdrawalChanged', 'borrowLendMoved', 'balanceChanged']);
    expect(owned(state, alice.account, USDC)).toBe(99_000e6);
    expect(custody - state.assets[USDC]!.custodyAtoms).toBe(1_000_000_000n);
    expect(auditLedger(state)).toEqual([]);
  });

  it('refuses in one order', () => {
    const limits = { ...smallGenesis().limits, withdrawalsOpen: 1 };
    const state = peopleState({ limits });
    const alice = registered(state, 1);
    const long = new Uint8Array(200);
    const text9 = { address: long, clientReference: text('a') };
    expect(request(state, alice, { asset: 99, quantityAtoms: 0, feeAtoms: 5, ...text9 })).toBe(rejects.unknownAsset.code);
    for (const quantityAtoms of [0, -1, 0.5, Number.NaN]) {
      expect(request(state, alice, { quantityAtoms, feeAtoms: 5, ...text9 })).toBe(rejects.badAmount.code);
    }
    for (const feeAtoms of [1_000e6, -1, 0.5])
      expect(request(state, alice, { feeAtoms, ...text9 })).toBe(rejects.withdrawalFeeTooSmall.code);
    expect(request(state, alice, { address: NO_BYTES })).toBe(rejects.textTooLong.code);
    expect(request(state, alice, { address: long })).toBe(rejects.textTooLong.code);
    expect(request(state, alice, { blockchain: NO_BYTES })).toBe(rejects.textTooLong.code);
    expect(request(state, alice, { clientReference: long })).toBe(rejects.textTooLong.code);
    expect(request(state, alice, { clientReference: text('a') })).toBe(0);
    state.settlement.isOpen = true;
    expect(request(state, alice, { clientReference: text('a') })).toBe(rejects.clientReferenceUsed.code);
    expect(request(state, alice)).toBe(rejects.withdrawalTableFull.code);
    complete(state, 1, 0);
    run(state, () => createSubaccount(state, { ...commands.createSubaccount.defaults, ...headerOf(state, alice) }));
    const second = resultOf(state)[0]!;
    setAccountIsLiquidating(state.accounts, second, 1);
    expect(request(state, alice, { quantityAtoms: 200_000e6 })).toBe(rejects.epochOpen.code);
    state.settlement.isOpen = false;
    expect(request(state, alice, { quantityAtoms: 200_000e6 })).toBe(rejects.userLiquidating.code);
    setAccountIsLiquidating(state.accounts, second, 0);
    expect(request(state, alice, { quantityAtoms: 200_000e6 })).toBe(rejects.insufficientBalance.code);
    expect(state.scratch.reject).toEqual({ code: rejects.insufficientBalance.code, value: 100_000e6, limit: 200_000e6 });
    expect(request(state, alice, { clientReference: text('a') })).toBe(0);
  });

  it('leaves what is held, and what is lent when told so', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    expect(request(state, alice, { autoLendRedeem: Tristate.No })).toBe(rejects.insufficientBalance.code);
    run(state, () => {
      addHold(state, alice.account, USDC, 99_500e6);
      return null;
    });
    expect(request(state, alice)).toBe(rejects.insufficientBalance.code);
    expect(state.scratch.reject.value).toBe(500e6);
    expect(request(state, alice, { autoBorrow: Tristate.Yes })).toBe(rejects.insufficientBalance.code);
    expect(request(state, alice, { quantityAtoms: 500e6 })).toBe(0);
  });

  it('borrows the rest when asked, within the pool and the margin', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const lender = registered(state, 2);
    give(state, lender.account, USDT, 1_000_000e6);
    const borrow = { asset: USDT, autoBorrow: Tristate.Yes };
    expect(request(state, alice, { asset: USDT })).toBe(rejects.insufficientBalance.code);
    expect(request(state, alice, { ...borrow, quantityAtoms: 400_000e6 })).toBe(rejects.dailyBorrowGuard.code);
    expect(request(state, alice, { ...borrow, quantityAtoms: 200_000e6 })).toBe(0);
    expect(debtAtomsOf(state, findHolding(state, alice.account, USDT))).toBe(200_000e6);
    expect(request(state, alice, { asset: BTC, quantityAtoms: 2e8 })).toBe(rejects.leavingMargin.code);
    expect(auditLedger(state)).toEqual([]);
    give(state, alice.account, USDT, 1e6);
    const own = { ...alice, account: lender.account, user: lender.user };
    expect(request(state, own, { ...borrow, quantityAtoms: 1_000_001e6, autoLendRedeem: Tristate.No })).toBe(
      rejects.borrowRequiresLendRedeem.code,
    );
  });

  it('is refused where the pool has no cash left', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const { account } = registered(state, 2);
    const pool = state.assets[USDC]!.pool!;
    give(state, account, BTC, 100e8);
    pool.averageBorrowed = 1e15;
    const spender = { ...alice, account };
    expect(request(state, spender, { quantityAtoms: 175_000e6, autoBorrow: Tristate.Yes })).toBe(0);
    expect(request(state, alice, { quantityAtoms: 90_000e6 })).toBe(rejects.maxUtilization.code);
    expect(request(state, alice, { quantityAtoms: 1e6, feeAtoms: 0 })).toBe(0);
  });
});

describe('the delay', () => {
  it('holds a withdrawal back until a tick after it', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    state.accounts.delayHours[alice.account] = 2;
    expect(request(state, alice)).toBe(0);
    expect(resultOf(state)).toEqual([1, WithdrawalStatus.Delayed, state.timeMicros + 2 * MICROS_PER_HOUR]);
    expect(complete(state, 1, 1)).toBe(rejects.unknownWithdrawal.code);
    state.timeMicros += 2 * MICROS_PER_HOUR - 1;
    tick(state);
    expect(eventsOf(state, events.withdrawalChanged)).toEqual([]);
    state.timeMicros += 1;
    tick(state);
    expect(eventsOf(state, events.withdrawalChanged)[0]).toMatchObject({
      withdrawal: 1,
      status: WithdrawalStatus.Pending,
      address: text('address'),
    });
    tick(state);
    expect(eventsOf(state, events.withdrawalChanged)).toEqual([]);
    expect(complete(state, 1, 1)).toBe(0);
  });
});

describe('completeWithdrawal', () => {
  it('keeps the fee of a confirmed one and forgets it', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    request(state, alice);
    const fees = owned(state, FEES_ACCOUNT, USDC);
    expect(complete(state, 1, 1)).toBe(0);
    expect(eventsOf(state, events.withdrawalChanged)[0]).toMatchObject({ status: WithdrawalStatus.Confirmed, transaction: text('0xabc') });
    expect(owned(state, FEES_ACCOUNT, USDC) - fees).toBe(1e6);
    expect(owned(state, alice.account, USDC)).toBe(99_000e6);
    expect(complete(state, 1, 1)).toBe(rejects.unknownWithdrawal.code);
    expect(state.withdrawals.live).toBe(0);
    expect(auditLedger(state)).toEqual([]);
  });

  it('returns a failed one in full, pending or delayed, once', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    request(state, alice);
    state.accounts.delayHours[alice.account] = 1;
    request(state, alice);
    for (const id of [2, 1]) {
      expect(complete(state, id, 0)).toBe(0);
      expect(eventsOf(state, events.withdrawalChanged)[0]).toMatchObject({ withdrawal: id, status: WithdrawalStatus.Failed });
      expect(complete(state, id, 0)).toBe(rejects.unknownWithdrawal.code);
    }
    expect(owned(state, alice.account, USDC)).toBe(100_000e6);
    expect(state.withdrawals.delayed).toBe(0);
    expect(auditLedger(state)).toEqual([]);
  });

  it('refuses unknown ids and returns that do not fit', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    for (const id of [0, -1, 7, 0.5]) expect(complete(state, id, 0)).toBe(rejects.unknownWithdrawal.code);
    request(state, alice);
    give(state, alice.account, USDC, Number.MAX_SAFE_INTEGER - 99_000e6);
    expect(complete(state, 1, 0)).toBe(rejects.holdingLimit.code);
    expect(state.withdrawals.live).toBe(1);
  });
});

describe('the daily guard', () => {
  /** Five people of a million USDC each; deposits have stood there for a day. */
  function crowd(): { state: State; people: Person[] } {
    const state = peopleState();
    const people = [1, 2, 3, 4, 5].map((number) => registered(state, number));
    for (const { account } of people) give(state, account, USDC, 900_000e6);
    state.assets[USDC]!.averageDeposits = 5_000_000e6;
    return { state, people };
  }

  it('queues what would take deposits below three quarters of their average, smallest first', () => {
    const { state, people } = crowd();
    const amounts = [1_000_000e6, 700_000e6, 300_000e6, 200_000e6];
    const statuses = amounts.map((quantityAtoms, at) => {
      expect(request(state, people[at]!, { quantityAtoms })).toBe(0);
      return resultOf(state)[1];
    });
    expect(statuses).toEqual([WithdrawalStatus.Pending, WithdrawalStatus.Delayed, WithdrawalStatus.Delayed, WithdrawalStatus.Pending]);
    tick(state, 4_600_000e6);
    expect(eventsOf(state, events.withdrawalChanged).map(({ withdrawal }) => withdrawal)).toEqual([3]);
    tick(state, 3_000_000e6);
    expect(eventsOf(state, events.withdrawalChanged).map(({ withdrawal }) => withdrawal)).toEqual([2]);
  });

  it('never makes the first 10,000 USD of a user’s day wait', () => {
    const { state, people } = crowd();
    state.assets[USDC]!.averageDeposits = 9_000_000e6;
    const small = () => {
      expect(request(state, people[0]!, { quantityAtoms: 6_000e6 })).toBe(0);
      return resultOf(state)[1];
    };
    expect([small(), small()]).toEqual([WithdrawalStatus.Pending, WithdrawalStatus.Delayed]);
    expect(request(state, people[0]!, { quantityAtoms: 4_000e6 })).toBe(0);
    expect(resultOf(state)[1]).toBe(WithdrawalStatus.Pending);
    state.timeMicros += MICROS_PER_DAY;
    state.assets[USDC]!.averageDeposits = 9_000_000e6;
    expect(small()).toBe(WithdrawalStatus.Pending);
  });

  it('makes nobody wait longer than the day of the average', () => {
    const { state, people } = crowd();
    expect(request(state, people[0]!, { quantityAtoms: 999_000e6 })).toBe(0);
    expect(request(state, people[1]!, { quantityAtoms: 999_000e6 })).toBe(0);
    expect(resultOf(state)[1]).toBe(WithdrawalStatus.Delayed);
    state.timeMicros += MICROS_PER_DAY - 1;
    tick(state, 9_000_000e6);
    expect(state.withdrawals.delayed).toBe(1);
    state.timeMicros += 1;
    tick(state, 9_000_000e6);
    expect(eventsOf(state, events.withdrawalChanged)[0]).toMatchObject({ withdrawal: 2, status: WithdrawalStatus.Pending });
  });
});
