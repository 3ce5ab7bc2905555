import { type CommandFields, commands, events, PERMISSION_ALL, Permission, rejects } from '@mochila/protocol';
import { MICROS_PER_HOUR } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import { delayHoursOf } from '../custody/withdrawal-delay.ts';
import { keyAccount, setKeyPermissions } from '../identity/keys.ts';
import { findKey, fullKeysOf } from '../identity/people.ts';
import { accountAutoLend, accountLeverageLimit } from '../ledger/accounts.ts';
import { ensurePosition } from '../risk/position-rows.ts';
import { setPositionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { eventsOf, headerOf, type Person, peopleState, registered, resultOf, run, testPublicKey } from '../testing/people-state.ts';
import { SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { createKey } from './create-key.ts';
import { createSubaccount } from './create-subaccount.ts';
import { revokeKey } from './revoke-key.ts';
import { setWithdrawalDelay } from './set-withdrawal-delay.ts';
import { updateAccount } from './update-account.ts';

function subaccount(state: State, person: Person): number {
  return run(state, () => createSubaccount(state, { ...commands.createSubaccount.defaults, ...headerOf(state, person) }))?.code ?? 0;
}

function newKey(state: State, person: Person, changes: Partial<CommandFields<'createKey'>> = {}): number {
  const fields = {
    ...commands.createKey.defaults,
    ...headerOf(state, person),
    forAccount: person.account,
    permissions: 7,
    publicKey: testPublicKey(50),
  };
  return run(state, () => createKey(state, { ...fields, ...changes }))?.code ?? 0;
}

function revoke(state: State, person: Person, revokedKey: number): number {
  return run(state, () => revokeKey(state, { ...commands.revokeKey.defaults, ...headerOf(state, person), revokedKey }))?.code ?? 0;
}

function settings(state: State, person: Person, changes: Partial<CommandFields<'updateAccount'>>): number {
  return run(state, () => updateAccount(state, { ...commands.updateAccount.defaults, ...headerOf(state, person), ...changes }))?.code ?? 0;
}

describe('createSubaccount', () => {
  it('opens accounts up to the limit of a user, then up to that of the venue', () => {
    const limits = { ...smallGenesis().limits, accountsPerUser: 3, accounts: 7 };
    const state = peopleState({ limits });
    const alice = registered(state, 1);
    expect(subaccount(state, alice)).toBe(0);
    expect(resultOf(state)).toEqual([4]);
    expect(eventsOf(state, events.accountCreated)).toEqual([{ user: alice.user, account: 4, subIndex: 1, isSandbox: 1 }]);
    expect(subaccount(state, alice)).toBe(0);
    expect(subaccount(state, alice)).toBe(rejects.subaccountLimit.code);
    const bob = registered(state, 2);
    expect(subaccount(state, bob)).toBe(rejects.accountTableFull.code);
    expect(state.identity.users.accountCount[bob.user]).toBe(1);
  });
});

describe('createKey', () => {
  it('adds a key for another account of the user', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    subaccount(state, alice);
    expect(newKey(state, alice, { forAccount: 4, permissions: Permission.Read })).toBe(0);
    expect(resultOf(state)).toEqual([1, 1]);
    expect(eventsOf(state, events.keyCreated)[0]).toMatchObject({ key: 1, account: 4, user: alice.user, permissions: 1 });
    expect(keyAccount(state.identity.keys, findKey(state, testPublicKey(50)))).toBe(4);
  });

  it('refuses in one order', () => {
    const limits = { ...smallGenesis().limits, keysPerUser: 2, keys: 4 };
    const state = peopleState({ limits });
    const alice = registered(state, 1);
    const bob = registered(state, 2);
    const weak = { ...alice, key: 9 };
    const wrong = { publicKey: new Uint8Array(33), permissions: 8, forAccount: 99 };
    expect(newKey(state, weak, wrong)).toBe(rejects.badPublicKey.code);
    for (const permissions of [0, 8, 1.5, -1]) {
      expect(newKey(state, weak, { forAccount: 99, permissions })).toBe(rejects.badPermissions.code);
    }
    setKeyPermissions(state.identity.keys, alice.key, Permission.Trade | Permission.Withdraw);
    expect(newKey(state, alice, { forAccount: 99 })).toBe(rejects.keyPermission.code);
    setKeyPermissions(state.identity.keys, alice.key, PERMISSION_ALL);
    expect(newKey(state, alice, { forAccount: 99 })).toBe(rejects.unknownAccount.code);
    expect(newKey(state, alice, { forAccount: bob.account })).toBe(rejects.notYourAccount.code);
    expect(newKey(state, alice, { forAccount: 0 })).toBe(rejects.notYourAccount.code);
    expect(newKey(state, alice, { publicKey: testPublicKey(2) })).toBe(rejects.keyExists.code);
    expect(newKey(state, alice)).toBe(0);
    expect(newKey(state, alice, { publicKey: testPublicKey(51) })).toBe(rejects.keyTableFull.code);
    expect(newKey(state, bob, { publicKey: testPublicKey(51) })).toBe(0);
    expect(state.identity.keys.live).toBe(4);
  });

  it('refuses when the venue has no room for keys', () => {
    const state = peopleState({ limits: { ...smallGenesis().limits, keys: 1 } });
    expect(newKey(state, registered(state, 1))).toBe(rejects.keyTableFull.code);
  });
});

describe('revokeKey', () => {
  it('revokes one of two, never the last with all permissions, and nobody else’s', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const bob = registered(state, 2);
    expect(revoke(state, alice, alice.key)).toBe(rejects.lastKey.code);
    expect(revoke(state, alice, bob.key)).toBe(rejects.unknownUserKey.code);
    expect(revoke(state, alice, 77)).toBe(rejects.unknownUserKey.code);
    newKey(state, alice, { permissions: Permission.Trade | Permission.Withdraw });
    expect(revoke(state, alice, alice.key)).toBe(rejects.lastKey.code);
    newKey(state, alice, { publicKey: testPublicKey(51) });
    const second = findKey(state, testPublicKey(51));
    expect(fullKeysOf(state, alice.user)).toBe(2);
    expect(revoke(state, alice, alice.key)).toBe(0);
    expect(eventsOf(state, events.keyRevoked)).toEqual([{ key: alice.key, generation: 1, user: alice.user, account: alice.account }]);
    expect(findKey(state, testPublicKey(1))).toBe(-1);
    expect(revoke(state, { ...alice, key: second }, alice.key)).toBe(rejects.unknownUserKey.code);
    expect(revoke(state, { ...alice, key: second }, second)).toBe(rejects.lastKey.code);
    expect(state.identity.users.keyCount[alice.user]).toBe(2);
  });

  it('needs all permissions itself', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    newKey(state, alice, { permissions: Permission.Trade });
    const weak = { ...alice, key: findKey(state, testPublicKey(50)) };
    expect(revoke(state, weak, alice.key)).toBe(rejects.keyPermission.code);
  });
});

describe('updateAccount', () => {
  it('changes what is given and leaves the rest', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    expect(settings(state, alice, { autoLend: 0, leverageLimit: 2.5 })).toBe(0);
    expect(eventsOf(state, events.accountUpdated)).toEqual([
      { account: alice.account, autoLend: 0, autoRepayBorrows: 1, autoBorrowSettlements: 1, leverageLimit: 2.5, withdrawalDelayHours: 0 },
    ]);
    expect(settings(state, alice, { autoLend: 1, autoRepayBorrows: 0, autoBorrowSettlements: 0 })).toBe(0);
    expect(eventsOf(state, events.accountUpdated)[0]).toMatchObject({
      autoLend: 1,
      autoRepayBorrows: 0,
      autoBorrowSettlements: 0,
      leverageLimit: 2.5,
    });
  });

  it('refuses leverage outside its range', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    for (const leverageLimit of [0, 0.5, 51, -2, Number.NaN])
      expect(settings(state, alice, { leverageLimit })).toBe(rejects.leverageRange.code);
    expect(settings(state, alice, { leverageLimit: 50 })).toBe(0);
  });

  it('lets open positions forbid a lower limit, and leaves the old one standing', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const market = state.markets[SmallMarket.BTC_USDC_PERP]!;
    Object.assign(market.price, { markTicks: 600_000, settleTicks: 600_000, settleTicksBefore: 600_000 });
    setPositionSizeLots(state.positions, ensurePosition(state, alice.account, market.ix), 1_000_000);
    expect(settings(state, alice, { leverageLimit: 1, autoLend: 0 })).toBe(rejects.leverageInUse.code);
    expect([accountLeverageLimit(state.accounts, alice.account), accountAutoLend(state.accounts, alice.account)]).toEqual([20, 1]);
    expect(state.scratch.reject.value).toBe(1);
    expect(state.scratch.reject.limit).toBeLessThan(0);
    expect(settings(state, alice, { leverageLimit: 10 })).toBe(0);
  });
});

describe('setWithdrawalDelay', () => {
  function set(state: State, person: Person, delayHours: number): number {
    return (
      run(state, () => setWithdrawalDelay(state, { ...commands.setWithdrawalDelay.defaults, ...headerOf(state, person), delayHours }))
        ?.code ?? 0
    );
  }

  it('lengthens at once and shortens only after the old delay', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    expect(set(state, alice, 48)).toBe(0);
    expect(delayHoursOf(state, alice.account)).toBe(48);
    expect(set(state, alice, 1)).toBe(0);
    expect(eventsOf(state, events.accountUpdated)[0]).toMatchObject({ withdrawalDelayHours: 48 });
    state.timeMicros += 48 * MICROS_PER_HOUR - 1;
    expect(delayHoursOf(state, alice.account)).toBe(48);
    state.timeMicros += 1;
    expect(delayHoursOf(state, alice.account)).toBe(1);
    expect(set(state, alice, 0)).toBe(0);
    state.timeMicros += MICROS_PER_HOUR;
    expect(delayHoursOf(state, alice.account)).toBe(0);
  });

  it('starts the wait anew when a shortening is asked for again, and drops it when the delay is confirmed', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    set(state, alice, 10);
    set(state, alice, 0);
    state.timeMicros += 9 * MICROS_PER_HOUR;
    set(state, alice, 5);
    state.timeMicros += 9 * MICROS_PER_HOUR;
    expect(delayHoursOf(state, alice.account)).toBe(10);
    set(state, alice, 10);
    state.timeMicros += 9 * MICROS_PER_HOUR;
    expect(delayHoursOf(state, alice.account)).toBe(10);
  });

  it('never falls below the delay of the venue, and has a range', () => {
    const state = peopleState({ account: { ...smallGenesis().account, withdrawalDelayHours: 24 } });
    const alice = registered(state, 1);
    expect(set(state, alice, 0)).toBe(0);
    state.timeMicros += 24 * MICROS_PER_HOUR;
    expect(delayHoursOf(state, alice.account)).toBe(24);
    for (const hours of [-1, 721, 1.5]) expect(set(state, alice, hours)).toBe(rejects.delayRange.code);
  });
});
