import { borrowRateUp, RATE_SCALE, utilizationUp } from '@mochila/math';
import { BorrowLendSide, BorrowLendSource, commands } from '@mochila/protocol';
import { MICROS_PER_YEAR, ppm } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executeBorrowLend } from '../commands/execute-borrow-lend.ts';
import { clearEvents } from '../event-buffer.ts';
import { lendersLose } from '../lending/lenders-lose.ts';
import { borrowedTotalOf, lentTotalOf } from '../lending/pool-totals.ts';
import type { State } from '../state.ts';
import { inFrame, ledgerState, passSeconds, testAccount } from '../testing/ledger-state.ts';
import { DUST_ACCOUNT, FEES_ACCOUNT, setAccountAutoLend, setAccountAutoRepayBorrows } from './accounts.ts';
import { auditLedger } from './audit.ts';
import { releaseForcedLends } from './forced-lends.ts';
import { debtAtomsOf, ensureHolding, findHolding, hasDebt, netAtomsOf, ownedAtomsOf } from './holding-rows.ts';
import { holdingFree } from './holdings.ts';
import { PayPolicy, pay } from './pay.ts';
import { ReceiveMode, receive, receiveModeOf } from './receive.ts';
import { creditFromWorld, debitToWorld, moveClearing } from './world.ts';

const ASSETS = [0, 2] as const;
const PEOPLE = 4;
/** Parts of an atom in the plain ledger. */
const ONE = 10n ** 30n;

/**
 * The plain ledger: what every account has of an asset, net, as one exact number at 10^-30 atoms. Interest is the formula of
 * lending rules on those numbers: no shares, no indexes, no whole atoms. How an account splits its net into free cash and the rest
 * is policy, so the plain ledger reads the free cash of the real one; everything else it computes by itself.
 */
class PlainLedger {
  readonly net = new Map<string, bigint>();

  add(account: number, asset: number, atoms: number): void {
    const key = `${account}/${asset}`;
    this.net.set(key, (this.net.get(key) ?? 0n) + BigInt(atoms) * ONE);
  }

  /** Lets interest run over a span. */
  accrue(state: State, asset: number, micros: number): void {
    const parts = this.parts(state, asset);
    const lent = parts.reduce((sum, part) => (part.inPool > 0n ? sum + part.inPool : sum), 0n);
    const borrowed = parts.reduce((sum, part) => (part.inPool < 0n ? sum - part.inPool : sum), 0n);
    if (borrowed === 0n || lent === 0n) return;
    const curve =
      asset === 0
        ? { utilizationOptimal: ppm(800_000), rateMin: ppm(10_000), rateOptimal: ppm(80_000), rateMax: ppm(1_000_000) }
        : { utilizationOptimal: ppm(800_000), rateMin: ppm(5_000), rateOptimal: ppm(40_000), rateMax: ppm(600_000) };
    const growth = borrowRateUp(utilizationUp(borrowed, lent), curve) * BigInt(micros);
    const interest = (borrowed * growth) / (RATE_SCALE * BigInt(MICROS_PER_YEAR));
    const fee = interest / 10n;
    for (const { key, inPool } of parts) {
      const change = inPool < 0n ? (inPool * growth) / (RATE_SCALE * BigInt(MICROS_PER_YEAR)) : (inPool * (interest - fee)) / lent;
      this.net.set(key, (this.net.get(key) ?? 0n) + change);
    }
    const fees = `${FEES_ACCOUNT}/${asset}`;
    this.net.set(fees, (this.net.get(fees) ?? 0n) + fee);
  }

  private parts(state: State, asset: number): { key: string; inPool: bigint }[] {
    return [...this.net.entries()]
      .filter(([key]) => key.endsWith(`/${asset}`))
      .map(([key, net]) => {
        const row = findHolding(state, Number(key.split('/')[0]), asset);
        return { key, inPool: net - (row < 0 ? 0n : BigInt(holdingFree(state.holdings, row)) * ONE) };
      });
  }
}

interface Run {
  state: State;
  plain: PlainLedger;
  people: number[];
  /** Debts that ended: the part of an atom each was rounded up by went to the lenders. */
  ended: number;
}

type Step = { kind: string; a: number; b: number; asset: number; atoms: number; flag: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('deposit', 'withdraw', 'forced', 'redeem', 'manual', 'settings', 'time', 'time', 'epoch', 'release', 'loss'),
  a: fc.nat(PEOPLE - 1),
  b: fc.nat(PEOPLE - 1),
  asset: fc.constantFrom(...ASSETS),
  atoms: fc.oneof(
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 2_000_000_000 }),
    fc.integer({ min: 1, max: 50_000_000_000_000 }),
  ),
  flag: fc.boolean(),
});

function begin(): Run {
  const state = ledgerState();
  const plain = new PlainLedger();
  for (const asset of ASSETS) plain.add(DUST_ACCOUNT, asset, state.assets[asset]!.unitAtoms);
  const people = [
    testAccount(state),
    testAccount(state, { autoLend: false }),
    testAccount(state, { autoRepayBorrows: false }),
    testAccount(state, { autoLend: false, autoRepayBorrows: false }),
  ];
  for (const account of people) for (const asset of ASSETS) plain.add(account, asset, 0);
  return { state, plain, people, ended: 0 };
}

function play(run: Run, one: Step): void {
  const before = debtors(run);
  act(run, one);
  const after = debtors(run);
  for (const row of before) if (!after.has(row)) run.ended += 1;
}

function debtors({ state }: Run): Set<number> {
  const rows = new Set<number>();
  for (let row = 0; row < state.holdings.used; row += 1) if (hasDebt(state, row)) rows.add(row);
  return rows;
}

function act(run: Run, { kind, a, b, asset, atoms, flag }: Step): void {
  const { state } = run;
  const from = run.people[a]!;
  const to = run.people[b]!;
  if (kind === 'time') {
    pass(run, flag ? atoms % 60 : atoms % 40_000);
    return;
  }
  inFrame(state, () => {
    if (kind === 'deposit') deposit(run, from, asset, atoms);
    if (kind === 'withdraw') withdraw(run, from, asset, atoms);
    if (kind === 'forced') give(run, from, to, asset, atoms, PayPolicy.Forced);
    if (kind === 'redeem') give(run, from, to, asset, atoms, PayPolicy.Redeem);
    if (kind === 'manual') manual(run, from, asset, atoms, flag);
    if (kind === 'settings') (flag ? setAccountAutoLend : setAccountAutoRepayBorrows)(state.accounts, from, atoms % 2);
    if (kind === 'release') releaseForcedLends(state);
    if (kind === 'loss') loss(run, asset, from);
  });
  if (kind === 'epoch') epoch(run, from, to, atoms, flag);
}

function pass(run: Run, seconds: number): void {
  // One accrual a step, as the engine makes when nothing happens in between.
  passSeconds(run.state, seconds);
  for (const asset of ASSETS) run.plain.accrue(run.state, asset, seconds * 1_000_000);
  inFrame(run.state, () => undefined);
}

function deposit(run: Run, account: number, asset: number, atoms: number): void {
  creditFromWorld(run.state, account, asset, atoms, receiveModeOf(run.state, account), BorrowLendSource.AutoLend);
  run.plain.add(account, asset, atoms);
}

/** Free cash only: what a withdrawal may always take. */
function withdraw(run: Run, account: number, asset: number, atoms: number): void {
  const row = findHolding(run.state, account, asset);
  const out = Math.min(atoms, row < 0 ? 0 : holdingFree(run.state.holdings, row));
  if (out === 0) return;
  debitToWorld(run.state, account, asset, out, PayPolicy.Free, BorrowLendSource.Withdrawal);
  run.plain.add(account, asset, -out);
}

function give(run: Run, from: number, to: number, asset: number, atoms: number, policy: number): void {
  const row = ensureHolding(run.state, from, asset);
  const owned = ownedAtomsOf(run.state, row);
  const shortfall = pay(run.state, from, asset, atoms, policy, BorrowLendSource.SpotMargin);
  expect(shortfall).toBe(policy === PayPolicy.Forced ? 0 : Math.max(0, atoms - owned));
  receive(run.state, to, asset, atoms - shortfall, receiveModeOf(run.state, to), BorrowLendSource.SpotMargin);
  run.plain.add(from, asset, shortfall - atoms);
  run.plain.add(to, asset, atoms - shortfall);
}

function manual(run: Run, account: number, asset: number, quantityAtoms: number, isLend: boolean): void {
  const row = findHolding(run.state, account, asset);
  const before = row < 0 ? 0 : netAtomsOf(run.state, row);
  const side = isLend ? BorrowLendSide.Lend : BorrowLendSide.Borrow;
  executeBorrowLend(run.state, { ...commands.executeBorrowLend.defaults, account, asset, side, quantityAtoms });
  const after = findHolding(run.state, account, asset);
  expect(after < 0 ? 0 : netAtomsOf(run.state, after)).toBe(before);
}

/** A debtor's debt reaches the lenders, at most a hundredth of what they lend. */
function loss(run: Run, asset: number, debtor: number): void {
  const row = findHolding(run.state, debtor, asset);
  const pool = run.state.assets[asset]!.pool!;
  const atoms = Math.min(row < 0 ? 0 : debtAtomsOf(run.state, row), Math.floor(lentTotalOf(pool) / 100));
  if (atoms === 0) return;
  const rows = [...run.plain.net.keys()].filter((key) => key.endsWith(`/${asset}`));
  const claims = rows.map((key) => claimOf(run, key, asset));
  const total = claims.reduce((sum, claim) => sum + claim, 0n);
  for (const [at, key] of rows.entries()) run.plain.net.set(key, run.plain.net.get(key)! - (claims[at]! * BigInt(atoms) * ONE) / total);
  lendersLose(run.state, asset, atoms);
  receive(run.state, debtor, asset, atoms, ReceiveMode.Repay, BorrowLendSource.Reconciliation);
  run.plain.add(debtor, asset, atoms);
}

function claimOf(run: Run, key: string, asset: number): bigint {
  const row = findHolding(run.state, Number(key.split('/')[0]), asset);
  const inPool = run.plain.net.get(key)! - (row < 0 ? 0n : BigInt(holdingFree(run.state.holdings, row)) * ONE);
  return inPool > 0n ? inPool : 0n;
}

/** A settlement in two slices, losers or winners first, with a command of somebody else between. */
function epoch(run: Run, loser: number, winner: number, atoms: number, losersFirst: boolean): void {
  const { state } = run;
  state.settlement.isOpen = true;
  const lose = (): void => {
    pay(state, loser, 0, atoms, PayPolicy.Forced, BorrowLendSource.Reconciliation);
    moveClearing(state, atoms);
  };
  const win = (): void => {
    receive(state, winner, 0, atoms, receiveModeOf(state, winner), BorrowLendSource.AutoLend);
    moveClearing(state, -atoms);
  };
  inFrame(state, losersFirst ? lose : win);
  expect(auditLedger(state)).toEqual([]);
  inFrame(state, () => deposit(run, run.people[0]!, 0, 5));
  inFrame(state, losersFirst ? win : lose);
  state.settlement.isOpen = false;
  inFrame(state, () => releaseForcedLends(state));
  run.plain.add(loser, 0, -atoms);
  run.plain.add(winner, 0, atoms);
}

/** Whole atoms against exact numbers: within three atoms (rounding of the claim, of the pool's interest and of its fee), one for each debt that ended, and 1e-9. */
function compare(run: Run): void {
  for (const [key, exact] of run.plain.net) {
    const [account, asset] = key.split('/').map(Number);
    const row = findHolding(run.state, account!, asset!);
    const real = row < 0 ? 0 : netAtomsOf(run.state, row);
    const off = Math.abs(Number(BigInt(real) * ONE - exact) / 1e30);
    expect(off, `${key}: ${real} against ${Number(exact) / 1e30}`).toBeLessThanOrEqual(3 + run.ended + Math.abs(real) * 1e-9);
  }
}

describe('the ledger against a plain one', () => {
  it('keeps every balance and every invariant through any run of commands', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        const run = begin();
        for (const one of steps) {
          play(run, one);
          clearEvents(run.state.out);
          expect(auditLedger(run.state)).toEqual([]);
          for (const asset of ASSETS) {
            const pool = run.state.assets[asset]!.pool!;
            expect(borrowedTotalOf(pool)).toBeLessThanOrEqual(lentTotalOf(pool));
          }
          compare(run);
        }
      }),
      { numRuns: 200, seed: 20_251_122 },
    );
  });
});
