import { BookState, BorrowLendSource, events, Side } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySettleSlice } from '../commands/settle-slice.ts';
import { DUST_ACCOUNT } from '../ledger/accounts.ts';
import { auditLedger } from '../ledger/audit.ts';
import { findHolding, netAtomsOf } from '../ledger/holding-rows.ts';
import { receiveModeOf } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import { findPosition } from '../risk/position-rows.ts';
import { positionFundingAtoms } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { inFrame, ledgerState, testAccount } from '../testing/ledger-state.ts';
import { tradeLots } from '../testing/position.ts';
import { eventsOf, live, runSlices, sayAll, tick } from '../testing/price-feed.ts';
import { restOrder } from '../testing/resting-order.ts';
import { SmallMarket } from '../testing/small-genesis.ts';
import { settleAccount } from './settle-account.ts';

const PERP = SmallMarket.SOL_USDC_PERP;
const USD = [1, 1, 60_000, 3_000, 145] as const;

/** Two accounts with 1,000,000 USDC each, SOL at 145. */
function venue(): { state: State; long: number; short: number } {
  const state = ledgerState();
  const [long, short] = [testAccount(state), testAccount(state)];
  inFrame(state, () => {
    for (const account of [long, short]) {
      creditFromWorld(state, account, state.usdc, 1e12, receiveModeOf(state, account), BorrowLendSource.AutoLend);
    }
  });
  live(state, 1, USD);
  return { state, long, short };
}

function netUsdc(state: State, account: number): number {
  return netAtomsOf(state, findHolding(state, account, state.usdc));
}

/** Jumps to the second before the next hour with an hour of samples of one premium, and ends the hour. */
function endHour(state: State, premiumE12: number, samples = 3_600): void {
  for (const { price } of state.markets)
    if (price.premiumSamples > 0) Object.assign(price, { premiumSum: premiumE12 * samples, premiumSamples: samples });
  const second = (Math.floor(state.tickSecond / 3_600) + 1) * 3_600;
  state.timeMicros = second * 1e6;
  sayAll(state, USD);
  tick(state, second - state.tickSecond);
}

describe('the rate of an hour', () => {
  it('is the worked example: P = 0.2 % gives 0.0001875, and long 2,000 SOL at 145 pays 54.375 USDC', () => {
    const { state, long, short } = venue();
    tradeLots(state, PERP, long, short, 200_000);
    endHour(state, 2e9);
    expect(eventsOf(state, events.fundingRateSet).find(({ market }) => market === PERP)).toMatchObject({ ratePpb: 187_500, isPaid: 1 });
    const before = netUsdc(state, long);
    runSlices(state);
    expect(eventsOf(state, events.fundingPaid)).toMatchObject([
      { account: long, market: PERP, amountAtoms: -54_375_000, ratePpb: 187_500, sizeLots: 200_000, hourEndMicros: 1_760_004_000_000_000 },
      { account: short, market: PERP, amountAtoms: 54_375_000, sizeLots: -200_000 },
    ]);
    expect(netUsdc(state, long) - before).toBe(-54_375_000);
    expect(positionFundingAtoms(state.positions, findPosition(state, long, PERP))).toBe(-54_375_000);
    expect(state.settlement).toMatchObject({ isOpen: false, isFunding: false, fundingDueHour: -1 });
    expect(auditLedger(state)).toEqual([]);
  });

  it('is 0.0000125 in a quiet market', () => {
    const { state } = venue();
    endHour(state, 0);
    expect(eventsOf(state, events.fundingRateSet)).toMatchObject([4, 5, 6].map((market) => ({ market, ratePpb: 12_500, isPaid: 1 })));
  });

  it('is capped at 1.5 % an hour', () => {
    const { state } = venue();
    endHour(state, 5e11);
    expect(eventsOf(state, events.fundingRateSet)[2]).toMatchObject({ ratePpb: 15_000_000 });
  });

  it('is estimated while the hour runs, from the premium of its seconds', () => {
    const { state } = venue();
    restOrder(state, PERP, Side.Bid, 14_535, 10_000);
    restOrder(state, PERP, Side.Ask, 14_565, 10_000);
    live(state, 60, USD);
    const { price } = state.markets[PERP]!;
    // The mid is 145.50. Premium of second n: 0.5 / 145 * (1 - exp(-n/300)), the first second 0; its mean by the sum of a geometric row.
    const decay = Math.exp(-1 / 300);
    const mean = ((0.5 / 145) * (60 - (decay * (1 - decay ** 60)) / (1 - decay))) / 61;
    expect(price.premiumSum / price.premiumSamples / 1e12).toBeCloseTo(mean, 9);
    const clamped = mean + Math.max(-0.0005, Math.min(0.0005, 0.0001 - mean));
    expect(price.fundingPpb / 1e9).toBeCloseTo(clamped / 8, 8);
  });

  it('is not paid for an hour with less than half its samples', () => {
    const { state, long, short } = venue();
    tradeLots(state, PERP, long, short, 200_000);
    endHour(state, 2e9, 1_799);
    expect(eventsOf(state, events.fundingRateSet)[2]).toMatchObject({ ratePpb: 0, isPaid: 0 });
    runSlices(state);
    expect(eventsOf(state, events.fundingPaid)).toEqual([]);
    endHour(state, 2e9, 1_800);
    expect(eventsOf(state, events.fundingRateSet)[2]).toMatchObject({ ratePpb: 187_500, isPaid: 1 });
  });
});

describe('a payment of funding', () => {
  it('waits for the last slice of the settlement and uses its marks', () => {
    const { state, long, short } = venue();
    tradeLots(state, PERP, long, short, 200_000);
    endHour(state, 2e9);
    expect(state.settlement).toMatchObject({ isOpen: true, isFunding: false, fundingDueHour: 488_889 });
    expect(eventsOf(state, events.fundingPaid)).toEqual([]);
    const { epoch } = state.settlement;
    runSlices(state);
    expect(state.settlement).toMatchObject({ epoch: epoch + 1, isOpen: false });
  });

  it('is made first by an account touched in between, once', () => {
    const { state, long, short } = venue();
    tradeLots(state, PERP, long, short, 200_000);
    endHour(state, 2e9);
    const before = netUsdc(state, short);
    Object.assign(state.genesis.limits, { settleSliceAccounts: 1 });
    while (!state.settlement.isFunding) runOne(state);
    inFrame(state, () => settleAccount(state, short));
    inFrame(state, () => settleAccount(state, short));
    expect(netUsdc(state, short) - before).toBe(54_375_000);
    runSlices(state);
    expect(netUsdc(state, short) - before).toBe(54_375_000);
  });

  it('rounds the payer up and the receiver down; the rest is dust, and nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 2, maxLength: 8 }),
        fc.integer({ min: -9e9, max: 9e9 }),
        (sizes, premium) => {
          const { state, long, short } = venue();
          const others = sizes.map(() => testAccount(state));
          for (const [at, lots] of sizes.entries()) tradeLots(state, PERP, others[at]!, at === 0 ? long : short, lots);
          const dustRow = findHolding(state, DUST_ACCOUNT, state.usdc);
          endHour(state, premium);
          const dust = netAtomsOf(state, dustRow);
          runSlices(state);
          const paid = eventsOf(state, events.fundingPaid);
          const sum = paid.reduce((total, { amountAtoms }) => total + amountAtoms, 0);
          expect(netAtomsOf(state, dustRow) - dust).toBe(0 - sum);
          expect(0 - sum).toBeGreaterThanOrEqual(0);
          expect(0 - sum).toBeLessThanOrEqual(paid.length);
          for (const { amountAtoms, sizeLots, ratePpb } of paid) {
            const exact = (-ratePpb * sizeLots * 14_500 * 100) / 1e9;
            expect(Math.abs(amountAtoms - exact)).toBeLessThan(1);
            expect(amountAtoms).toBeLessThanOrEqual(exact);
          }
          expect(auditLedger(state)).toEqual([]);
        },
      ),
      { numRuns: 40, seed: 20_102 },
    );
  });
});

describe('a PostOnly book', () => {
  it('has premium samples of zero', () => {
    const { state } = venue();
    state.markets[PERP]!.bookState = BookState.PostOnly;
    live(state, 5, USD);
    expect(state.markets[PERP]!.price).toMatchObject({ premiumSum: 0, premiumSamples: 6 });
  });
});

function runOne(state: State): void {
  const all = state.settlement.accounts;
  const { epoch, nextAccount, isFunding } = state.settlement;
  for (let next = nextAccount; next < all; next += 1) {
    if (state.settlement.isFunding !== isFunding) return;
    inFrame(state, () => applySettleSlice(state, { epoch, fromAccount: next, toAccount: next + 1 }));
  }
}
