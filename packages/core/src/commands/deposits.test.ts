import { type CommandFields, commands, events, rejects } from '@mochila/protocol';
import { MICROS_PER_DAY } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import { isDepositKnown, rememberDeposit } from '../custody/deposit-references.ts';
import { auditLedger } from '../ledger/audit.ts';
import { findHolding, ownedAtomsOf } from '../ledger/holding-rows.ts';
import type { State } from '../state.ts';
import { eventNames, eventsOf, headerOf, type Person, peopleState, registered, resultOf, run, text } from '../testing/people-state.ts';
import { smallGenesis } from '../testing/small-genesis.ts';
import { creditDeposit } from './credit-deposit.ts';
import { useFaucet } from './use-faucet.ts';

const USDC = 0;
const USDT = 1;
const SAFE = Number.MAX_SAFE_INTEGER;

function deposit(state: State, changes: Partial<CommandFields<'creditDeposit'>>): number {
  const fields = { ...commands.creditDeposit.defaults, amountAtoms: 5, reference: text('tx:1'), fromAddress: text('from'), ...changes };
  return run(state, () => creditDeposit(state, fields))?.code ?? 0;
}

function faucet(state: State, person: Person, asset: number, quantityAtoms: number): number {
  return (
    run(state, () => useFaucet(state, { ...commands.useFaucet.defaults, ...headerOf(state, person), asset, quantityAtoms }))?.code ?? 0
  );
}

function owned(state: State, account: number, asset: number): number {
  const row = findHolding(state, account, asset);
  return row < 0 ? 0 : ownedAtomsOf(state, row);
}

describe('creditDeposit', () => {
  it('credits the account and tells where it came from', () => {
    const state = peopleState();
    const { account } = registered(state, 1);
    const before = state.assets[USDC]!.custodyAtoms;
    expect(deposit(state, { account, asset: USDC })).toBe(0);
    expect(resultOf(state)).toEqual([5]);
    expect(eventNames(state)).toContain('balanceChanged');
    expect(eventsOf(state, events.depositCredited)).toEqual([
      { deposit: 5, account, asset: USDC, amountAtoms: 5, isFaucet: 0, reference: text('tx:1'), fromAddress: text('from') },
    ]);
    expect(owned(state, account, USDC)).toBe(100_000_000_005);
    expect(state.assets[USDC]!.custodyAtoms - before).toBe(5n);
    expect(auditLedger(state)).toEqual([]);
  });

  it('refuses in one order', () => {
    const limits = { ...smallGenesis().limits, holdings: 3 * 5 + 4 };
    const state = peopleState({ limits });
    const { account } = registered(state, 1);
    const wrong = { asset: 99, amountAtoms: 0, reference: text('') };
    for (const other of [0, 2, 99, 3.5, -1]) expect(deposit(state, { account: other, ...wrong })).toBe(rejects.unknownAccount.code);
    expect(deposit(state, { account, ...wrong })).toBe(rejects.unknownAsset.code);
    for (const amountAtoms of [0, -1, 1.5, SAFE + 1, Number.NaN]) {
      expect(deposit(state, { account, amountAtoms, reference: text('') })).toBe(rejects.badAmount.code);
    }
    expect(deposit(state, { account, reference: text('') })).toBe(rejects.textTooLong.code);
    expect(deposit(state, { account, reference: new Uint8Array(129) })).toBe(rejects.textTooLong.code);
    expect(deposit(state, { account })).toBe(0);
    expect(deposit(state, { account, asset: USDT, amountAtoms: SAFE })).toBe(rejects.duplicateDeposit.code);
    expect(deposit(state, { account, amountAtoms: SAFE, reference: text('tx:2') })).toBe(rejects.holdingLimit.code);
    expect(deposit(state, { account, asset: USDT, reference: text('tx:2') })).toBe(rejects.holdingTableFull.code);
    expect(deposit(state, { account, reference: text('tx:2') })).toBe(0);
    expect(owned(state, account, USDC)).toBe(100_000_000_010);
  });

  it('takes a balance to the last atom the ledger can hold, and not one further', () => {
    const state = peopleState();
    const { account } = registered(state, 1);
    expect(deposit(state, { account, amountAtoms: SAFE - 100_000e6 })).toBe(0);
    expect(owned(state, account, USDC)).toBe(SAFE);
    expect(deposit(state, { account, amountAtoms: 1, reference: text('tx:2') })).toBe(rejects.holdingLimit.code);
  });

  it('remembers the newest references, and forgets the oldest only for want of room', () => {
    const state = peopleState();
    const { deposits } = state.withdrawals;
    for (let at = 0; at < deposits.capacity + 2; at += 1) rememberDeposit(deposits, text(`tx:${at}`));
    expect([0, 1, 2, deposits.capacity + 1].map((at) => isDepositKnown(deposits, text(`tx:${at}`)))).toEqual([false, false, true, true]);
    expect(isDepositKnown(deposits, text('tx:'))).toBe(false);
  });
});

describe('useFaucet', () => {
  it('gives up to the bound of an asset and day, whatever was granted before', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    expect(faucet(state, alice, USDC, 60_000e6)).toBe(0);
    expect(resultOf(state)).toEqual([60_000e6]);
    expect(eventsOf(state, events.depositCredited)[0]).toMatchObject({ account: alice.account, amountAtoms: 60_000e6, isFaucet: 1 });
    expect(faucet(state, alice, USDC, 40_000e6 + 1)).toBe(rejects.faucetBound.code);
    expect(state.scratch.reject.limit).toBe(100_000e6);
    expect(faucet(state, alice, USDC, 40_000e6)).toBe(0);
    expect(faucet(state, alice, USDC, 1)).toBe(rejects.faucetBound.code);
    expect(faucet(state, alice, USDT, 1)).toBe(0);
    expect(faucet(state, registered(state, 2), USDC, 1)).toBe(0);
    state.timeMicros += MICROS_PER_DAY;
    expect(faucet(state, alice, USDC, 100_000e6)).toBe(0);
    expect(owned(state, alice.account, USDC)).toBeGreaterThanOrEqual(300_000e6);
  });

  it('refuses in one order', () => {
    const limits = { ...smallGenesis().limits, holdings: 3 * 5 + 4 };
    const closed = peopleState({ sandbox: false });
    expect(faucet(closed, { user: 1, account: 3, key: 0, generation: 1 }, 99, 0)).toBe(rejects.sandboxOnly.code);
    const state = peopleState({ limits });
    const alice = registered(state, 1);
    expect(faucet(state, alice, 99, 0)).toBe(rejects.unknownAsset.code);
    for (const atoms of [0, -5, 0.5, SAFE + 1]) expect(faucet(state, alice, USDT, atoms)).toBe(rejects.badAmount.code);
    expect(faucet(state, alice, USDT, SAFE)).toBe(rejects.faucetBound.code);
    expect(faucet(state, alice, USDT, 1)).toBe(rejects.holdingTableFull.code);
    deposit(state, { account: alice.account, amountAtoms: SAFE - 100_000e6 });
    expect(faucet(state, alice, USDC, 1)).toBe(rejects.holdingLimit.code);
  });
});
