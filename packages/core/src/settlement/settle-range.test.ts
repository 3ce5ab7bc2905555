import { BorrowLendSource, events, PriceGrade } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeSnapshot } from '../codec/snapshot.ts';
import { applySettleSlice } from '../commands/settle-slice.ts';
import { clearEvents } from '../event-buffer.ts';
import { FIRST_CUSTOMER_ACCOUNT } from '../ledger/accounts.ts';
import { auditLedger } from '../ledger/audit.ts';
import { findHolding, ownedAtomsOf } from '../ledger/holding-rows.ts';
import { holdingHeld } from '../ledger/holdings.ts';
import { addHold } from '../ledger/holds.ts';
import { ReceiveMode } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import type { State } from '../state.ts';
import { inFrame, ledgerState, passSeconds, testAccount } from '../testing/ledger-state.ts';
import { tradeLots } from '../testing/position.ts';
import { eventsOf } from '../testing/price-feed.ts';
import { SmallMarket } from '../testing/small-genesis.ts';
import { openEpoch } from './epoch.ts';
import { pendingSlice } from './pending-slice.ts';
import { settleAccount } from './settle-account.ts';

const MARKETS = [SmallMarket.BTC_USDC_PERP, SmallMarket.SOL_USDC_PERP];
const PEOPLE = [
  { lentUsd: 100_000, freeUsd: 0, heldUsd: 0, autoLend: true },
  { lentUsd: 5_000, freeUsd: 0, heldUsd: 4_900, autoLend: true },
  { lentUsd: 300, freeUsd: 200, heldUsd: 0, autoLend: true },
  { lentUsd: 0, freeUsd: 0, heldUsd: 0, autoLend: true },
  { lentUsd: 4_000, freeUsd: 0, heldUsd: 0, autoLend: false },
  { lentUsd: 0, freeUsd: 2_000, heldUsd: 0, autoLend: false },
];

interface Step {
  readonly ticks: readonly number[];
  readonly seconds: number;
  readonly trades: readonly { buyer: number; seller: number; lots: number; market: number }[];
}

const person = fc.nat(PEOPLE.length - 1);
const step: fc.Arbitrary<Step> = fc.record({
  ticks: fc.tuple(fc.integer({ min: -5_000, max: 5_000 }), fc.integer({ min: -500, max: 500 })),
  seconds: fc.constantFrom(0, 10, 86_400),
  trades: fc.array(fc.record({ buyer: person, seller: person, lots: fc.integer({ min: 1, max: 20_000 }), market: fc.nat(1) }), {
    maxLength: 4,
  }),
});

function venue(): { state: State; accounts: number[] } {
  const state = ledgerState();
  state.genesis.limits.settleSliceAccounts = 1_000;
  const accounts = PEOPLE.map(({ autoLend }) => testAccount(state, { autoLend }));
  inFrame(state, () => {
    for (const [at, account] of accounts.entries()) {
      const { lentUsd, freeUsd, heldUsd } = PEOPLE[at]!;
      creditFromWorld(state, account, state.usdc, lentUsd * 1e6, ReceiveMode.Lend, BorrowLendSource.AutoLend);
      creditFromWorld(state, account, state.usdc, freeUsd * 1e6, ReceiveMode.Free, BorrowLendSource.AutoLend);
      addHold(state, account, state.usdc, heldUsd * 1e6);
    }
  });
  return { state, accounts };
}

/** Who no longer covers what orders hold: the command looks at the orders of touched holdings alone. */
function uncovered({ state, accounts }: { state: State; accounts: number[] }): number[] {
  const settled = new Set(eventsOf(state, events.accountSettled).map(({ account }) => account));
  return accounts.filter((account) => {
    const row = findHolding(state, account, state.usdc);
    return settled.has(account) && holdingHeld(state.holdings, row) > ownedAtomsOf(state, row);
  });
}

/** Settles an epoch in one frame: by its slice, or everybody one by one before a slice that finds nobody behind. */
function settle(state: State, isOneByOne: boolean): void {
  inFrame(state, () => openEpoch(state));
  clearEvents(state.out);
  const work = pendingSlice(state);
  if (work === null) throw new Error('an open epoch has a slice');
  inFrame(state, () => {
    if (isOneByOne) for (let account = 0; account < state.accounts.used; account += 1) settleAccount(state, account);
    applySettleSlice(state, work);
  });
}

/** What an epoch tells of money: acts of lending by account, and the last told balance of each person. */
function told(state: State): { moves: object[]; settled: object[]; balances: Map<number, object> } {
  const balances = new Map<number, object>();
  const settled = eventsOf(state, events.accountSettled);
  // Of one command: settlements come before the balances its frame closes with.
  for (const { account, freeAtoms, lentAtoms, debtAtoms, heldAtoms } of [...settled, ...eventsOf(state, events.balanceChanged)]) {
    if (account >= FIRST_CUSTOMER_ACCOUNT) balances.set(account, { freeAtoms, lentAtoms, debtAtoms, heldAtoms });
  }
  const moves = eventsOf(state, events.borrowLendMoved).toSorted((one, other) => one.account - other.account);
  return { moves, settled, balances };
}

describe('a slice', () => {
  it('does to every account what settling it alone does, and tells the same', () => {
    const seen = { settled: 0, balances: 0, uncovered: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const [slices, alone] = [venue(), venue()];
        const ticks = [600_000, 15_000];
        for (const { trades, ticks: moves, seconds } of steps) {
          for (const [at, move] of moves.entries()) ticks[at] = Math.max(100, ticks[at]! + move);
          for (const { state, accounts } of [slices, alone]) {
            passSeconds(state, seconds);
            for (const [at, market] of MARKETS.entries())
              Object.assign(state.markets[market]!.price, { markTicks: ticks[at]!, grade: PriceGrade.Good });
            settle(state, state === alone.state);
            for (const { buyer, seller, lots, market } of trades)
              if (buyer !== seller) tradeLots(state, MARKETS[market]!, accounts[buyer]!, accounts[seller]!, lots);
          }
          expect(told(slices.state)).toEqual(told(alone.state));
          expect(auditLedger(slices.state)).toEqual([]);
          const touched = eventsOf(slices.state, events.balanceChanged).map(({ account }) => account);
          expect(touched).toEqual(expect.arrayContaining(uncovered(slices)));
          seen.uncovered += uncovered(slices).length;
          seen.settled += eventsOf(slices.state, events.accountSettled).length;
          seen.balances += eventsOf(slices.state, events.balanceChanged).length;
        }
        expect(Buffer.compare(writeSnapshot(slices.state), writeSnapshot(alone.state))).toBe(0);
      }),
      { numRuns: 150, seed: 20_104 },
    );
    expect(seen.uncovered).toBeGreaterThan(10);
    // Both ways were gone: the short one tells no balance beside the settlement.
    expect(seen.balances).toBeGreaterThan(100);
    expect(seen.settled - seen.balances).toBeGreaterThan(100);
  });
});
