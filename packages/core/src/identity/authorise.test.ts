import { Permission, type RejectInfo, rejects, type UserHeader } from '@mochila/protocol';
import { MICROS_PER_DAY } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import { accountIdempotencyKeys } from '../ledger/accounts.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';
import { headerOf, type Person, peopleState, registered } from '../testing/people-state.ts';
import { smallGenesis } from '../testing/small-genesis.ts';
import { authorise } from './authorise.ts';
import { findIdempotent, isSameBody, rememberAnswer, storedAnswer } from './idempotent-answers.ts';
import { setKeyPermissions } from './keys.ts';
import { removeKey } from './people.ts';

function judged(state: State, header: UserHeader, permission: number = Permission.Trade): number {
  return authorise(state, header, permission)?.code ?? 0;
}

describe('authorise', () => {
  it('refuses in one order: each row breaks one rule more than the row below it', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const bob = registered(state, 2);
    setKeyPermissions(state.identity.keys, bob.key, Permission.Read);
    const old = { signedAtMs: state.timeMicros / 1000 - 5_001 };
    const rows: [RejectInfo, Partial<UserHeader>][] = [
      [rejects.unknownAccount, { account: 999, key: 999, ...old }],
      [rejects.unknownAccount, { account: 0, key: 999, ...old }],
      [rejects.unknownAccount, { account: 0.5, key: 999, ...old }],
      [rejects.unknownKey, { key: 999, account: alice.account, ...old }],
      [rejects.unknownKey, { keyGeneration: 2, account: alice.account, ...old }],
      [rejects.notYourAccount, { account: alice.account, ...old }],
      [rejects.keyPermission, { ...old }],
    ];
    for (const [info, changes] of rows) expect(judged(state, headerOf(state, bob, changes))).toBe(info.code);
    expect(judged(state, headerOf(state, alice, old))).toBe(rejects.expiredSignature.code);
    expect(judged(state, headerOf(state, alice, { signedAtMs: Number.NaN }))).toBe(rejects.expiredSignature.code);
    expect(judged(state, headerOf(state, alice, { signedAtMs: state.timeMicros / 1000 + 5_001 }))).toBe(rejects.futureSignature.code);
    expect(judged(state, headerOf(state, alice, { signedAtMs: state.timeMicros / 1000 + 5_000 }))).toBe(0);
  });

  it('says which permissions a key has and which it needs', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    setKeyPermissions(state.identity.keys, alice.key, Permission.Read | Permission.Trade);
    expect(authorise(state, headerOf(state, alice), Permission.Withdraw)).toEqual({ code: rejects.keyPermission.code, value: 3, limit: 4 });
    expect(judged(state, headerOf(state, alice), Permission.Trade)).toBe(0);
  });

  it('kills a revoked key at once, even for its own stored answers', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const header = headerOf(state, alice, { idempotencyLo: 5 });
    expect(judged(state, header)).toBe(0);
    rememberAnswer(state, header, null);
    removeKey(state, alice.key);
    expect(judged(state, header)).toBe(rejects.unknownKey.code);
  });
});

describe('replay protection', () => {
  it('takes a signature once while its window is open, and refuses it as expired afterwards', () => {
    const state = peopleState();
    const header = headerOf(state, registered(state, 1), { windowMs: 60_000 });
    expect(judged(state, header)).toBe(0);
    for (const seconds of [0, 30, 60]) {
      const now = { ...state, timeMicros: state.timeMicros + seconds * 1e6 };
      expect(judged(now, header)).toBe(rejects.replayedSignature.code);
    }
    state.timeMicros += 60_001_000;
    expect(judged(state, header)).toBe(rejects.expiredSignature.code);
  });

  it('tells requests apart by hash and key; the hash covers the stamp, so a stamp read by another clock is no other request', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const bob = registered(state, 2);
    const header = headerOf(state, alice);
    expect(judged(state, header)).toBe(0);
    expect(judged(state, { ...header, signLo: 2 })).toBe(0);
    expect(judged(state, { ...header, signHi: 1 })).toBe(0);
    expect(judged(state, { ...header, signedAtMs: header.signedAtMs + 1 })).toBe(rejects.replayedSignature.code);
    expect(judged(state, headerOf(state, bob))).toBe(0);
    expect(judged(state, header)).toBe(rejects.replayedSignature.code);
  });

  it('cannot be made to forget: a long window before short ones keeps all, and a full table refuses', () => {
    const limits = { ...smallGenesis().limits, replayedSignatures: 3 };
    const state = peopleState({ limits });
    const alice = registered(state, 1);
    const long = headerOf(state, alice, { windowMs: 60_000, signLo: 1 });
    expect(judged(state, long)).toBe(0);
    const short = headerOf(state, alice, { signLo: 2 });
    expect(judged(state, short)).toBe(0);
    expect(judged(state, headerOf(state, alice, { signLo: 3 }))).toBe(0);
    expect(judged(state, headerOf(state, alice, { signLo: 4 }))).toBe(rejects.replayTableFull.code);
    expect(judged(state, long)).toBe(rejects.replayedSignature.code);
    state.timeMicros += 60_001_000;
    expect(judged(state, headerOf(state, alice, { signLo: 4 }))).toBe(0);
    expect(state.identity.replay.live).toBe(1);
  });

  it('forgets nothing when the windows are as long as anybody may ask for, and no longer', () => {
    const state = peopleState();
    const header = headerOf(state, registered(state, 1), { windowMs: 1e15 });
    expect(judged(state, header)).toBe(0);
    state.timeMicros += 3_600_000_000;
    expect(judged(state, header)).toBe(rejects.replayedSignature.code);
    state.timeMicros += 1_000;
    expect(judged(state, header)).toBe(rejects.expiredSignature.code);
  });
});

describe('idempotency', () => {
  function asked(state: State, person: Person, key: number, body = 9): UserHeader {
    return headerOf(state, person, { idempotencyHi: 1, idempotencyLo: key, bodyLo: body, signLo: state.timeMicros + key });
  }

  it('gives the first answer again to the same body for a day, its signature seen or new', () => {
    const state = peopleState();
    const header = asked(state, registered(state, 1), 5);
    state.seq = 77;
    expect(judged(state, header)).toBe(0);
    expect(findIdempotent(state, header)).toBe(-1);
    setResult(state.scratch, 3, 1, 4);
    rememberAnswer(state, header, null);
    const first = state.timeMicros;
    state.timeMicros += MICROS_PER_DAY - 1;
    state.seq = 99;
    for (const again of [header, { ...header, signedAtMs: state.timeMicros / 1000, signLo: 1234 }]) {
      expect(judged(state, again)).toBe(0);
      const row = findIdempotent(state, again);
      expect(isSameBody(state, row, again)).toBe(true);
      expect(storedAnswer(state, row)).toEqual({ seq: 77, timeMicros: first, reject: null, result: [3, 1, 4] });
    }
    expect(judged(state, { ...header, bodyLo: 10 })).toBe(rejects.idempotencyMismatch.code);
    state.timeMicros += 1;
    expect(findIdempotent(state, header)).toBe(-1);
    expect(accountIdempotencyKeys(state.accounts, header.account)).toBe(0);
  });

  it('gives a refusal again with its numbers', () => {
    const state = peopleState();
    const header = asked(state, registered(state, 1), 5);
    expect(judged(state, header)).toBe(0);
    rememberAnswer(state, header, reject(state, rejects.badAmount, -3, 8));
    reject(state, rejects.busy);
    expect(storedAnswer(state, findIdempotent(state, header)).reject).toEqual({ code: rejects.badAmount.code, value: -3, limit: 8 });
  });

  it('keeps the keys of accounts apart', () => {
    const state = peopleState();
    const alice = registered(state, 1);
    const bob = registered(state, 2);
    rememberAnswer(state, asked(state, alice, 5), null);
    expect(findIdempotent(state, asked(state, bob, 5))).toBe(-1);
  });

  it('bounds the keys of an account and of the venue', () => {
    const limits = { ...smallGenesis().limits, idempotencyKeysPerAccount: 2, idempotencyKeys: 3 };
    const state = peopleState({ limits });
    const alice = registered(state, 1);
    const bob = registered(state, 2);
    for (const [person, key, code] of [
      [alice, 1, 0],
      [alice, 2, 0],
      [alice, 3, rejects.idempotencyTableFull.code],
      [alice, 2, 0],
      [bob, 1, 0],
      [bob, 2, rejects.idempotencyTableFull.code],
    ] as const) {
      const header = asked(state, person, key);
      expect(judged(state, header)).toBe(code);
      if (code === 0 && findIdempotent(state, header) < 0) rememberAnswer(state, header, null);
    }
    state.timeMicros += MICROS_PER_DAY;
    expect(judged(state, asked(state, alice, 9))).toBe(0);
    expect(state.identity.idempotency.live).toBe(0);
  });

  it('is not touched by requests without a key', () => {
    const state = peopleState();
    rememberAnswer(state, headerOf(state, registered(state, 1)), null);
    expect(state.identity.idempotency.live).toBe(0);
  });
});
