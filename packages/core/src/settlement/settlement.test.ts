import { BorrowLendSource, events, PriceGrade } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySettleSlice } from '../commands/settle-slice.ts';
import { auditLedger } from '../ledger/audit.ts';
import { findHolding, netAtomsOf } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { receive, receiveModeOf } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { createHealth, type Health } from '../risk/health.ts';
import { lastMarkTicks } from '../risk/position-rows.ts';
import type { State } from '../state.ts';
import { inFrame, ledgerState, testAccount } from '../testing/ledger-state.ts';
import { tradeLots } from '../testing/position.ts';
import { eventsOf, live, runSlices, sayAll, tick } from '../testing/price-feed.ts';
import { SmallMarket } from '../testing/small-genesis.ts';
import { openEpoch } from './epoch.ts';
import { pendingSystemWork } from './pending-system-work.ts';
import { settleAccount } from './settle-account.ts';

const { BTC_USDC_PERP, SOL_USDC_PERP } = SmallMarket;
const SIZES = { settleSliceAccounts: 2 };

/** A venue at its first prices, with funded accounts. */
function venue(usdc: readonly number[], settleEverySeconds = 10): { state: State; accounts: number[] } {
  const state = ledgerState({ settleEverySeconds });
  Object.assign(state.genesis.limits, SIZES);
  const accounts = usdc.map(() => testAccount(state));
  inFrame(state, () => {
    for (const [at, account] of accounts.entries()) {
      creditFromWorld(state, account, state.usdc, usdc[at]! * 1e6, receiveModeOf(state, account), BorrowLendSource.AutoLend);
    }
  });
  live(state, 1);
  return { state, accounts };
}

function netUsdc(state: State, account: number): number {
  const row = findHolding(state, account, state.usdc);
  return row < 0 ? 0 : netAtomsOf(state, row);
}

/** Sets a perp's mark by hand: what a settlement reads. */
function setMark(state: State, market: number, ticks: number): void {
  Object.assign(state.markets[market]!.price, { markTicks: ticks, grade: PriceGrade.Good });
}

/** A trade at the mark between two accounts that were settled first: books `q * (lastMark - mark)` on both sides at once. */
function tradeAtMark(state: State, market: number, buyer: number, seller: number, lots: number): void {
  inFrame(state, () => {
    settleAccount(state, buyer);
    settleAccount(state, seller);
    const { price, k } = state.markets[market]!;
    const cash = lots * (lastMarkTicks(state, buyer, market) - price.markTicks) * k;
    const [winner, loser] = cash > 0 ? [buyer, seller] : [seller, buyer];
    const size = Math.abs(cash);
    pay(state, loser, state.usdc, size, PayPolicy.Forced, BorrowLendSource.Reconciliation);
    receive(state, winner, state.usdc, size, receiveModeOf(state, winner), BorrowLendSource.AutoLend);
    tradeLots(state, market, buyer, seller, lots);
  });
}

function nextSlice(state: State): { epoch: number; fromAccount: number; toAccount: number } {
  const work = pendingSystemWork(state);
  if (work === null || work.kind !== 'settleSlice') throw new Error('a slice is due');
  return { epoch: work.epoch, fromAccount: work.fromAccount, toAccount: work.toAccount };
}

describe('a settlement epoch', () => {
  it('pays size * (mark - lastMark) of all markets in one sum, and sums to zero', () => {
    const { state, accounts } = venue([1_000, 1_000, 1_000]);
    const [alice = 0, bob = 0, carol = 0] = accounts;
    // Alice: +0.01 BTC, -2 SOL. BTC tick 0.1, lot 0.00001, k 1; SOL tick 0.01, lot 0.01, k 100.
    tradeLots(state, BTC_USDC_PERP, alice, bob, 1_000);
    tradeLots(state, SOL_USDC_PERP, carol, alice, 200);
    live(state, 8, [1, 1, 60_120, 3_000, 149]);
    tick(state);
    expect(state.settlement.isOpen).toBe(true);
    expect(eventsOf(state, events.epochOpened)).toMatchObject([{ epoch: 1, accounts: 6 }]);
    const btc = state.markets[BTC_USDC_PERP]!.price.settleTicks - 600_000;
    const sol = state.markets[SOL_USDC_PERP]!.price.settleTicks - 15_000;
    expect([btc, sol]).toEqual([1_200, -100]);
    runSlices(state);
    expect(netUsdc(state, alice)).toBe(1_000e6 + 1_000 * 1_200 + 200 * 100 * 100);
    expect(netUsdc(state, bob)).toBe(1_000e6 - 1_000 * 1_200);
    expect(netUsdc(state, carol)).toBe(1_000e6 - 200 * 100 * 100);
    expect(state.assets[state.usdc]!.clearingAtoms).toBe(0);
    expect(auditLedger(state)).toEqual([]);
  });

  it('goes in slices over a fixed range of accounts and closes with a summary in which gains equal losses', () => {
    const { state, accounts } = venue([1_000, 1_000]);
    const [alice = 0, bob = 0] = accounts;
    tradeLots(state, BTC_USDC_PERP, alice, bob, 1_000);
    live(state, 8, [1, 1, 60_060, 3_000, 150]);
    tick(state);
    const ranges: [number, number][] = [];
    for (let work = pendingSystemWork(state); work !== null && work.kind === 'settleSlice'; work = pendingSystemWork(state)) {
      ranges.push([work.fromAccount, work.toAccount]);
      const slice = { epoch: work.epoch, fromAccount: work.fromAccount, toAccount: work.toAccount };
      inFrame(state, () => applySettleSlice(state, slice));
      if (work.toAccount === 4) expect(state.assets[state.usdc]!.clearingAtoms).toBe(-600_000);
    }
    expect(ranges).toEqual([
      [0, 2],
      [2, 4],
      [4, 5],
    ]);
    expect(eventsOf(state, events.epochMarket)).toMatchObject([
      { epoch: 1, market: 4, markTicks: 600_600, gainsAtoms: 600_000, lossesAtoms: 600_000 },
      { epoch: 1, market: 5, gainsAtoms: 0, lossesAtoms: 0 },
      { epoch: 1, market: 6, gainsAtoms: 0, lossesAtoms: 0 },
    ]);
    expect(eventsOf(state, events.epochClosed)).toMatchObject([{ epoch: 1, accounts: 2, borrowsAtoms: 0 }]);
    expect(eventsOf(state, events.accountSettled)).toMatchObject([
      { account: alice, deltaAtoms: 600_000, epoch: 1 },
      { account: bob, deltaAtoms: -600_000, epoch: 1 },
    ]);
    expect(state.settlement.isOpen).toBe(false);
  });

  it('refuses any slice but the next', () => {
    const { state } = venue([1]);
    live(state, 8);
    tick(state);
    const next = nextSlice(state);
    for (const wrong of [{ epoch: next.epoch + 1 }, { fromAccount: 1 }, { toAccount: next.toAccount + 1 }]) {
      expect(() => applySettleSlice(state, { ...next, ...wrong })).toThrow();
    }
    runSlices(state);
    expect(() => applySettleSlice(state, next)).toThrow('open epoch');
  });

  it('settles an account that is touched in between first, once, and its last mark with it', () => {
    const { state, accounts } = venue([1_000, 1_000]);
    const [alice = 0, bob = 0] = accounts;
    tradeLots(state, BTC_USDC_PERP, alice, bob, 1_000);
    live(state, 8, [1, 1, 60_060, 3_000, 150]);
    tick(state);
    expect(lastMarkTicks(state, bob, BTC_USDC_PERP)).toBe(600_000);
    inFrame(state, () => settleAccount(state, bob));
    expect(lastMarkTicks(state, bob, BTC_USDC_PERP)).toBe(600_600);
    expect(lastMarkTicks(state, alice, BTC_USDC_PERP)).toBe(600_000);
    expect(netUsdc(state, bob)).toBe(1_000e6 - 600_000);
    inFrame(state, () => settleAccount(state, bob));
    runSlices(state);
    expect([netUsdc(state, alice), netUsdc(state, bob)]).toEqual([1_000e6 + 600_000, 1_000e6 - 600_000]);
  });

  it('meets a loss by a borrow that nothing refuses, at any utilisation, and counts it', () => {
    const { state, accounts } = venue([0, 5]);
    const [alice = 0, bob = 0] = accounts;
    state.assets[state.usdc]!.pool!.poolState = 2;
    tradeLots(state, BTC_USDC_PERP, alice, bob, -1_000_000);
    live(state, 8, [1, 1, 60_060, 3_000, 150]);
    tick(state);
    runSlices(state);
    expect(eventsOf(state, events.epochClosed)).toMatchObject([{ borrowsAtoms: 600_000_000 }]);
    expect([netUsdc(state, alice), netUsdc(state, bob)]).toEqual([-600_000_000, 605_000_000]);
    expect(auditLedger(state)).toEqual([]);
  });

  it('skips markets with a stale mark: their last mark stays', () => {
    const { state, accounts } = venue([1_000, 1_000]);
    tradeLots(state, BTC_USDC_PERP, accounts[0]!, accounts[1]!, 1_000);
    const { price } = state.markets[BTC_USDC_PERP]!;
    for (let second = 0; second < 60; second += 1) {
      tick(state);
      price.markTicks = 610_000;
      runSlices(state);
    }
    expect(price.grade).toBe(PriceGrade.Stale);
    const settled = price.settleTicks;
    const balance = netUsdc(state, accounts[0]!);
    for (let second = 0; second < 20; second += 1) {
      price.markTicks = 620_000;
      tick(state);
      runSlices(state);
    }
    expect(price.settleTicks).toBe(settled);
    expect(netUsdc(state, accounts[0]!)).toBe(balance);
  });

  it('settles once for what a pause missed', () => {
    const { state, accounts } = venue([1_000, 1_000]);
    tradeLots(state, BTC_USDC_PERP, accounts[0]!, accounts[1]!, 1_000);
    state.timeMicros += 95_000_000;
    sayAll(state, [1, 1, 60_060, 3_000, 150]);
    tick(state, 95);
    runSlices(state);
    expect(state.settlement.epoch).toBe(1);
    expect(netUsdc(state, accounts[0]!)).toBe(1_000e6 + 600_000);
    live(state, 3);
    expect(state.settlement.epoch).toBe(1);
  });

  it('lets a tick wait for nothing: a second that was applied already changes nothing', () => {
    const { state } = venue([1]);
    const before = structuredClone({ settlement: state.settlement, price: state.markets[BTC_USDC_PERP]!.price });
    tick(state, 0);
    expect({ settlement: state.settlement, price: state.markets[BTC_USDC_PERP]!.price }).toEqual(before);
    tick(state, -5);
    expect(state.tickSecond).toBe(1_760_000_401);
  });
});

interface Step {
  btc: number;
  sol: number;
  trades: { buyer: number; seller: number; lots: number; isSol: boolean }[];
  isSettled: boolean;
  touched: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  btc: fc.integer({ min: -5_000, max: 5_000 }),
  sol: fc.integer({ min: -500, max: 500 }),
  trades: fc.array(fc.record({ buyer: fc.nat(4), seller: fc.nat(4), lots: fc.integer({ min: 1, max: 50_000 }), isSol: fc.boolean() }), {
    maxLength: 4,
  }),
  isSettled: fc.boolean(),
  touched: fc.nat(4),
});

/** Plays a path of marks and trades at one moment of time, and settles where it is told. @returns USDC of each account */
function play(steps: readonly Step[], isSettled: (step: Step) => boolean): number[] {
  const { state, accounts } = venue([1_000, 10, 0, 1e6, 3]);
  let [btc, sol] = [600_000, 15_000];
  for (const one of steps) {
    btc += one.btc;
    sol = Math.max(100, sol + one.sol);
    setMark(state, BTC_USDC_PERP, btc);
    setMark(state, SOL_USDC_PERP, sol);
    if (isSettled(one)) {
      inFrame(state, () => openEpoch(state));
      inFrame(state, () => settleAccount(state, accounts[one.touched]!));
    }
    for (const { buyer, seller, lots, isSol } of one.trades) {
      if (buyer !== seller) tradeAtMark(state, isSol ? SOL_USDC_PERP : BTC_USDC_PERP, accounts[buyer]!, accounts[seller]!, lots);
    }
    runSlices(state);
    expect(state.assets[state.usdc]!.clearingAtoms).toBe(0);
  }
  inFrame(state, () => openEpoch(state));
  runSlices(state);
  expect(auditLedger(state)).toEqual([]);
  return accounts.map((account) => netUsdc(state, account));
}

describe('the P&L of an account', () => {
  it('is the same to the atom whether settled at every mark, at some, or once at the end', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const once = play(steps, () => false);
        expect(play(steps, () => true)).toEqual(once);
        expect(play(steps, (one) => one.isSettled)).toEqual(once);
        expect(once.reduce((sum, atoms) => sum + atoms, 0)).toBe((1_000 + 10 + 1e6 + 3) * 1e6);
      }),
      { numRuns: 60, seed: 20_101 },
    );
  });
});

describe('INV-12: a settlement', () => {
  it('changes no health figure, to the last bit, in any mode', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), fc.integer({ min: -3_000, max: 3_000 }), (steps, last) => {
        const { state, accounts } = venue([1_000, 10, 0, 1e6, 3]);
        for (const { trades } of steps) {
          for (const { buyer, seller, lots, isSol } of trades) {
            if (buyer !== seller) tradeAtMark(state, isSol ? SOL_USDC_PERP : BTC_USDC_PERP, accounts[buyer]!, accounts[seller]!, lots);
          }
        }
        setMark(state, BTC_USDC_PERP, 600_000 + last);
        setMark(state, SOL_USDC_PERP, 15_000 - Math.floor(last / 10));
        const before = healths(state, accounts);
        inFrame(state, () => openEpoch(state));
        expect(healths(state, accounts)).toEqual(before);
        inFrame(state, () => settleAccount(state, accounts[steps[0]!.touched]!));
        expect(healths(state, accounts).map(withoutPnl)).toEqual(before.map(withoutPnl));
        runSlices(state);
        expect(healths(state, accounts).map(withoutPnl)).toEqual(before.map(withoutPnl));
      }),
      { numRuns: 60, seed: 20_103 },
    );
  });
});

function healths(state: State, accounts: readonly number[]): Health[] {
  return accounts.flatMap((account) =>
    [HealthMode.Maintenance, HealthMode.Placing, HealthMode.Leaving].map((mode) => {
      const health = createHealth();
      computeHealth(state, account, mode, null, health);
      return health;
    }),
  );
}

/** Unrealised P&L is what a settlement turns into cash; nothing else may change. */
function withoutPnl(health: Health): Partial<Health> {
  const { unrealisedPnl: _, ...rest } = health;
  return rest;
}
