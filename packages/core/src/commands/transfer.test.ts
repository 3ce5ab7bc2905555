import { commands, events, type RejectName, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { setAccountIsLiquidating } from '../ledger/accounts.ts';
import { auditLedger } from '../ledger/audit.ts';
import { findHolding, netAtomsOf } from '../ledger/holding-rows.ts';
import { addHold } from '../ledger/holds.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import type { State } from '../state.ts';
import { inFrame } from '../testing/ledger-state.ts';
import { eventsOf, headerOf, type Person, peopleState, registered, resultOf, run } from '../testing/people-state.ts';
import { createSubaccount } from './create-subaccount.ts';
import { transfer } from './transfer.ts';

const USDC = 0;
const UNIT = 1_000_000;

interface Venue {
  state: State;
  owner: Person;
  other: Person;
  second: number;
}

/** A person with two accounts and the sandbox's 100,000 USDC in the first, and a stranger. */
function venue(): Venue {
  const state = peopleState();
  const owner = registered(state, 1);
  const other = registered(state, 2);
  expect(run(state, () => createSubaccount(state, headerOf(state, owner)))).toBeNull();
  const second = resultOf(state)[0] ?? -1;
  return { state, owner, other, second };
}

function send({ state, owner, second }: Venue, changes: Partial<typeof commands.transfer.defaults>) {
  const fields = {
    ...commands.transfer.defaults,
    ...headerOf(state, owner),
    toAccount: second,
    asset: USDC,
    quantityAtoms: 10 * UNIT,
    ...changes,
  };
  return run(state, () => transfer(state, fields));
}

function usdcOf(state: State, account: number): number {
  const row = findHolding(state, account, USDC);
  return row < 0 ? 0 : netAtomsOf(state, row);
}

describe('transfer', () => {
  it('moves an asset between accounts of one user, lends included, and says so', () => {
    const at = venue();
    const [before, received] = [usdcOf(at.state, at.owner.account), usdcOf(at.state, at.second)];
    expect(send(at, {})).toBeNull();
    expect(usdcOf(at.state, at.owner.account)).toBe(before - 10 * UNIT);
    expect(usdcOf(at.state, at.second)).toBe(received + 10 * UNIT);
    expect(eventsOf(at.state, events.transferred)).toEqual([
      { fromAccount: at.owner.account, toAccount: at.second, asset: USDC, quantityAtoms: 10 * UNIT },
    ]);
    expect(eventsOf(at.state, events.balanceChanged)).toHaveLength(2);
    expect(auditLedger(at.state)).toEqual([]);
  });

  it('moves claims, not cash: a full pool refuses nothing', () => {
    const at = venue();
    const pool = at.state.assets[USDC]!.pool!;
    inFrame(at.state, () => {
      const used = Number(pool.lentAtoms) + pool.lentPending;
      pay(at.state, at.other.account, USDC, used * 20, PayPolicy.Forced, 2);
      receive(at.state, 0, USDC, used * 20, ReceiveMode.Lend, 0);
    });
    expect(send(at, { quantityAtoms: 1_000 * UNIT })).toBeNull();
    expect(auditLedger(at.state)).toEqual([]);
  });

  const table: [RejectName, Partial<typeof commands.transfer.defaults>, (at: Venue) => void][] = [
    ['sameAccount', { toAccount: 3 }, () => undefined],
    ['unknownAccount', { toAccount: 200 }, () => undefined],
    ['unknownAccount', { toAccount: -1 }, () => undefined],
    ['notYourAccount', { toAccount: 0 }, () => undefined],
    ['notYourAccount', { toAccount: 4 }, () => undefined],
    ['unknownAsset', { asset: 77 }, () => undefined],
    ['badAmount', { quantityAtoms: 0 }, () => undefined],
    ['badAmount', { quantityAtoms: 0.5 }, () => undefined],
    ['epochOpen', {}, ({ state }) => Object.assign(state.settlement, { isOpen: true })],
    ['userLiquidating', {}, ({ state, second }) => setAccountIsLiquidating(state.accounts, second, 1)],
    ['insufficientBalance', { quantityAtoms: 1_000_000 * UNIT }, () => undefined],
    ['insufficientBalance', {}, ({ state, owner }) => inFrame(state, () => addHold(state, owner.account, USDC, 100_000 * UNIT))],
  ];
  for (const [name, changes, arrange] of table) {
    it(`refuses with ${name} and moves nothing`, () => {
      const at = venue();
      expect([at.owner.account, at.other.account]).toEqual([3, 4]);
      arrange(at);
      const before = usdcOf(at.state, at.owner.account);
      expect(send(at, changes)?.code).toBe(rejects[name].code);
      expect(usdcOf(at.state, at.owner.account)).toBe(before);
      expect(at.state.out.count).toBe(0);
    });
  }

  it('refuses with leavingMargin what margin needs', () => {
    const at = venue();
    // Owes 100,000 USD of BTC against what it owns; sending the USDC away would leave too little.
    inFrame(at.state, () => {
      const row = findHolding(at.state, at.owner.account, 2);
      const owned = row < 0 ? 0 : netAtomsOf(at.state, row);
      pay(at.state, at.owner.account, 2, owned + 200_000_000, PayPolicy.Forced, 2);
      receive(at.state, at.other.account, 2, owned + 200_000_000, ReceiveMode.Lend, 0);
    });
    expect(send(at, { quantityAtoms: 99_999 * UNIT })?.code).toBe(rejects.leavingMargin.code);
  });
});
