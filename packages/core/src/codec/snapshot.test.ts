import { commands } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { requestWithdrawal } from '../commands/request-withdrawal.ts';
import { createState } from '../create-state.ts';
import { authorise } from '../identity/authorise.ts';
import { rememberAnswer } from '../identity/idempotent-answers.ts';
import { removeKey } from '../identity/people.ts';
import { setAccountLeverageLimit } from '../ledger/accounts.ts';
import type { State } from '../state.ts';
import { headerOf, peopleState, registered, resultOf, run, text } from '../testing/people-state.ts';
import { smallGenesis } from '../testing/small-genesis.ts';
import { restoreSnapshot, writeSnapshot } from './snapshot.ts';

/** A state in which most tables have rows, some of them returned. */
function livedState(): State {
  const state = peopleState();
  const people = [1, 2, 3].map((number) => registered(state, number, { addressLo: number }));
  for (const [at, person] of people.entries()) {
    const header = headerOf(state, person, { idempotencyLo: at + 1, signLo: at });
    expect(authorise(state, header, 4)).toBeNull();
    const fields = {
      ...commands.requestWithdrawal.defaults,
      ...header,
      quantityAtoms: 5e6 + at,
      address: text('a'),
      blockchain: text('b'),
    };
    rememberAnswer(
      state,
      header,
      run(state, () => requestWithdrawal(state, fields)),
    );
    expect(resultOf(state)[0]).toBe(at + 1);
    state.timeMicros += 1e6;
  }
  removeKey(state, people[1]!.key);
  state.assets[0]!.custodyAtoms = -(2n ** 200n);
  return state;
}

function restored(bytes: Uint8Array): State {
  const state = createState(smallGenesis());
  restoreSnapshot(state, bytes);
  return state;
}

describe('snapshots', () => {
  it('restore to the same bytes, and to a state that goes on the same way', () => {
    const state = livedState();
    const bytes = writeSnapshot(state);
    const copy = restored(bytes);
    expect(Buffer.compare(writeSnapshot(copy), bytes)).toBe(0);
    for (const each of [state, copy]) {
      each.assets[0]!.custodyAtoms = 1n << 80n;
      each.timeMicros += 5e6;
      const person = registered(each, 9);
      expect(authorise(each, headerOf(each, person, { signLo: 77 }), 2)).toBeNull();
    }
    expect(Buffer.compare(writeSnapshot(copy), writeSnapshot(state))).toBe(0);
    expect(copy.seq).toBe(state.seq);
  });

  it('hold what is used of a table and nothing of the working memory', () => {
    const state = livedState();
    const before = writeSnapshot(state);
    state.scratch.result.fill(3);
    state.out.length += 1;
    setAccountLeverageLimit(state.accounts, state.accounts.used, 9);
    expect(Buffer.compare(writeSnapshot(state), before)).toBe(0);
    setAccountLeverageLimit(state.accounts, state.accounts.used - 1, 9);
    expect(Buffer.compare(writeSnapshot(state), before)).not.toBe(0);
  });

  it('keep the signs of zero, large integers, text and null', () => {
    const state = livedState();
    Object.assign(state.markets[0]!.price, { ewma: -0, premium: Number.MIN_VALUE });
    const copy = restored(writeSnapshot(state));
    expect(Object.is(copy.markets[0]!.price.ewma, -0)).toBe(true);
    expect(copy.markets[0]!.price.premium).toBe(Number.MIN_VALUE);
    expect(copy.assets[0]!.custodyAtoms).toBe(-(2n ** 200n));
    expect(copy.genesis).toEqual(state.genesis);
    expect(copy.markets.map(({ listing }) => listing)).toEqual(state.markets.map(({ listing }) => listing));
  });

  it('take listings of another shape than the genesis had', () => {
    const state = livedState();
    state.assets[4]!.listing = { ...state.assets[4]!.listing, weight: { kind: 'inverseSqrt', weight: 0.8, base: 1.1, penalty: 0.0003 } };
    const bytes = writeSnapshot(state);
    const copy = restored(bytes);
    expect(copy.assets[4]!.listing.weight).toEqual({ kind: 'inverseSqrt', weight: 0.8, base: 1.1, penalty: 0.0003 });
    expect(Buffer.compare(writeSnapshot(copy), bytes)).toBe(0);
  });

  it('are refused by a venue or build of another shape, and when they are cut or damaged', () => {
    const bytes = writeSnapshot(livedState());
    const into =
      (data: Uint8Array, state = createState(smallGenesis())) =>
      () =>
        restoreSnapshot(state, data);
    const larger = createState(smallGenesis({ limits: { ...smallGenesis().limits, keys: 129 } }));
    expect(into(bytes, larger)).toThrow(/identity\.keys.*limits differ|other elements/);
    const newer = createState(smallGenesis());
    Object.assign(newer.settlement, { inAYear: 1 });
    expect(into(bytes, newer)).toThrow(/settlement.*fields/);
    const renamed = createState(smallGenesis());
    Reflect.deleteProperty(renamed.counters, 'deposits');
    Object.assign(renamed.counters, { credits: 0 });
    expect(into(bytes, renamed)).toThrow(/counters\.deposits.*no such field/);
    expect(into(bytes.subarray(0, bytes.length - 1))).toThrow('ends after');
    expect(into(bytes.subarray(0, 6))).toThrow('ends after');
    expect(into(new Uint8Array(0))).toThrow('ends after');
    expect(into(Uint8Array.from([...bytes, 0]))).toThrow('left over');
    expect(into(bytes.with(0, 0))).toThrow('no snapshot');
    expect(into(bytes.with(4, 9))).toThrow('form 9');
    expect(() => restoreSnapshot(livedState(), bytes)).toThrow('fresh state');
  });

  it('refuse a state that is not plain data', () => {
    const state = livedState();
    Object.assign(state.counters, { byName: new Map() });
    expect(() => writeSnapshot(state)).toThrow('plain data');
  });
});
