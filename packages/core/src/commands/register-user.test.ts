import { type CommandFields, commands, events, rejects } from '@mochila/protocol';
import { MICROS_PER_DAY } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import { findKey, removeKey } from '../identity/people.ts';
import { accountHoldingHead } from '../ledger/accounts.ts';
import { auditLedger } from '../ledger/audit.ts';
import { findHolding, ownedAtomsOf } from '../ledger/holding-rows.ts';
import type { State } from '../state.ts';
import { eventNames, eventsOf, peopleState, registered, resultOf, run, testPublicKey, text } from '../testing/people-state.ts';
import { smallGenesis } from '../testing/small-genesis.ts';
import { registerUser } from './register-user.ts';

function register(state: State, changes: Partial<CommandFields<'registerUser'>>): number {
  const fields = { ...commands.registerUser.defaults, isSandbox: 1, publicKey: testPublicKey(1), ...changes };
  return run(state, () => registerUser(state, fields))?.code ?? 0;
}

describe('registerUser', () => {
  it('opens a user, an account and a key with all permissions, and gives the grants of the faucet', () => {
    const state = peopleState();
    expect(register(state, {})).toBe(0);
    expect(resultOf(state)).toEqual([1, 3, 0, 1]);
    expect(findKey(state, testPublicKey(1))).toBe(0);
    expect(eventsOf(state, events.accountCreated)).toEqual([{ user: 1, account: 3, subIndex: 0, isSandbox: 1 }]);
    expect(eventsOf(state, events.keyCreated)).toEqual([
      { key: 0, generation: 1, user: 1, account: 3, permissions: 7, publicKey: testPublicKey(1) },
    ]);
    const deposits = eventsOf(state, events.depositCredited).map(({ deposit, asset, amountAtoms, isFaucet }) => [
      deposit,
      asset,
      amountAtoms,
      isFaucet,
    ]);
    expect(deposits).toEqual([
      [1, 0, 100_000e6, 1],
      [2, 2, 2e8, 1],
      [3, 3, 20e8, 1],
      [4, 4, 500e8, 1],
    ]);
    expect(ownedAtomsOf(state, findHolding(state, 3, 0))).toBe(100_000e6);
    expect(auditLedger(state)).toEqual([]);
  });

  it('makes users by the operator anywhere, without money, for the record', () => {
    const state = peopleState({ sandbox: false });
    expect(register(state, { isSandbox: 0, operator: text('cli') })).toBe(0);
    expect(eventNames(state)).toEqual(['accountCreated', 'keyCreated', 'operatorActed']);
    expect(accountHoldingHead(state.accounts, 3)).toBe(-1);
  });

  it('refuses in one order', () => {
    const limits = { ...smallGenesis().limits, accounts: 4 };
    const closed = peopleState({ sandbox: false, limits, registrationsPerAddressAndDay: 0 });
    const both = { addressHi: 1, addressLo: 2 };
    expect(register(closed, { publicKey: new Uint8Array(31), ...both })).toBe(rejects.badPublicKey.code);
    expect(register(closed, both)).toBe(rejects.sandboxOnly.code);
    const open = peopleState({ limits, registrationsPerAddressAndDay: 1 });
    expect(register(open, both)).toBe(0);
    expect(register(open, both)).toBe(rejects.keyExists.code);
    removeKey(open, 0);
    expect(register(open, both)).toBe(rejects.unknownKey.code);
    expect(register(open, { publicKey: testPublicKey(2), ...both })).toBe(rejects.registrationBound.code);
    expect(register(open, { publicKey: testPublicKey(2) })).toBe(rejects.accountTableFull.code);
  });

  it('refuses full tables of users, keys and balances', () => {
    const { limits } = smallGenesis();
    const full = [
      [{ users: 2 }, rejects.accountTableFull],
      [{ keys: 1 }, rejects.keyTableFull],
      [{ holdings: 3 * 5 + 4 + 3 }, rejects.holdingTableFull],
    ] as const;
    for (const [changes, info] of full) {
      const state = peopleState({ limits: { ...limits, ...changes } });
      expect(register(state, {})).toBe(0);
      expect(register(state, { publicKey: testPublicKey(2) })).toBe(info.code);
      expect([state.accounts.used, state.identity.users.used, state.identity.keys.used]).toEqual([4, 2, 1]);
    }
  });

  it('bounds what one address registers a day, and no other', () => {
    const state = peopleState({ registrationsPerAddressAndDay: 2 });
    const at = (number: number, addressLo: number) => register(state, { publicKey: testPublicKey(number), addressHi: 0, addressLo });
    expect([at(1, 5), at(2, 5), at(3, 5), at(3, 6)]).toEqual([0, 0, rejects.registrationBound.code, 0]);
    state.timeMicros += MICROS_PER_DAY;
    expect(at(4, 5)).toBe(0);
  });

  it('gives later users rows of their own', () => {
    const state = peopleState();
    const people = [1, 2, 3].map((number) => registered(state, number));
    expect(people.map(({ user }) => user)).toEqual([1, 2, 3]);
    expect(people.map(({ account }) => account)).toEqual([3, 4, 5]);
  });
});
