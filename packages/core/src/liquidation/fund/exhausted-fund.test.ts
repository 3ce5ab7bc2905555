import { BorrowLendSide, BorrowLendSource, commands, ExpiryReason, events, rejects, TimeInForce } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { findHolding, netAtomsOf } from '../../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../../ledger/pay.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import { LEND_INDEX_MIN } from '../../limits.ts';
import { auditFlags } from '../../risk/flag.ts';
import { actIn, bareVenue, personWith } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { Person, TestVenue } from '../../testing/test-venue.ts';
import { pendingTurns } from '../pending-turns.ts';

const { USDC, SOL } = SmallAsset;
const M = 1_000_000;

function fundHas(venue: TestVenue, asset: number): number {
  const row = findHolding(venue.state, FUND_ACCOUNT, asset);
  return row < 0 ? 0 : netAtomsOf(venue.state, row);
}

/** Leaves the fund with so many atoms of USDC (negative: owed) and of SOL; what it had goes to somebody. */
function giveFund(venue: TestVenue, other: Person, usdc: number, sol: number): void {
  actIn(venue.state, () => {
    for (const [asset, atoms] of [
      [USDC, usdc],
      [SOL, sol],
    ] as const) {
      const more = atoms - fundHas(venue, asset);
      if (more === 0) continue;
      const [from, to] = more > 0 ? [other.account, FUND_ACCOUNT] : [FUND_ACCOUNT, other.account];
      pay(venue.state, from, asset, Math.abs(more), PayPolicy.Forced, BorrowLendSource.Manual);
      receive(venue.state, to, asset, Math.abs(more), ReceiveMode.Lend | ReceiveMode.Repay, BorrowLendSource.Manual);
    }
  });
}

/** A fund with 100 SOL at 150 that owes 16,000 USDC, among people who carry risk. */
function exhausted() {
  const venue = bareVenue();
  const rich = personWith(venue, 1, [900_000 * M, 0, 0, 0, 2_000e8]);
  const crowd = Array.from({ length: 30 }, (_, at) => personWith(venue, 10 + at, [2_000 * M]));
  for (const person of crowd) {
    venue.place(rich, SmallMarket.BTC_USDC_PERP, 'ask', 1_000, 600_000);
    venue.place(person, SmallMarket.BTC_USDC_PERP, 'bid', 1_000, 600_000);
  }
  giveFund(venue, rich, -16_000 * M, 100e8);
  return { venue, rich };
}

describe('a fund that owes more than it has', () => {
  it('lets its lenders lose the hole once, nothing each second, and nobody is looked at for it', () => {
    const { venue } = exhausted();
    let losses = 0;
    let looked = 0;
    venue.live(1);
    losses += venue.events(events.lendersLost).length;
    for (let second = 0; second < 120; second += 1) {
      venue.live(1);
      losses += venue.events(events.lendersLost).length;
      expect(venue.state.scratch.shortIndex.isAllChanged).toBe(false);
      looked += venue.state.scratch.shortIndex.looked;
      auditFlags(venue.state, 0, 1);
    }
    const hours = 1 + (Math.floor(venue.state.tickSecond / 3_600) - Math.floor((venue.state.tickSecond - 121) / 3_600));
    expect(losses).toBeLessThanOrEqual(hours);
    expect(looked).toBeLessThan(120);
    expect(venue.audit()).toEqual([]);
  });

  it('lets them lose a large hole at once, in the same hour too, and a small one later', () => {
    const { venue, rich } = exhausted();
    const lossesOf = (hole: number): number => {
      const worth = Math.floor((fundHas(venue, SOL) / 1e8) * venue.state.assets[SOL]!.price.mark * M);
      giveFund(venue, rich, -(worth + hole * M), fundHas(venue, SOL));
      venue.live(1);
      return venue.events(events.lendersLost).length;
    };
    while (venue.state.tickSecond % 3_600 > 3_000) venue.live(1);
    venue.live(1);
    const hour = venue.state.fund.lossHour;
    expect(lossesOf(100)).toBe(0);
    expect(lossesOf(5_000)).toBe(1);
    expect(lossesOf(100)).toBe(0);
    expect(venue.state.fund.lossHour).toBe(hour);
    expect(venue.audit()).toEqual([]);
  });

  it('ends the orders of lenders that what is left to them no longer covers, the newest first', () => {
    const { venue } = exhausted();
    const lender = personWith(venue, 99, [10_000 * M]);
    const bid = (lots: number): number => venue.place(lender, SmallMarket.SOL_USDC, 'bid', lots, 14_000).rejectCode;
    expect(bid(3_500)).toBe(0);
    // All that is left, to the lot.
    let lots = 4_000;
    while (bid(lots) !== 0) lots -= 1;
    venue.live(1);
    expect(venue.events(events.lendersLost)).toHaveLength(1);
    const ended = venue.events(events.orderExpired).filter(({ account }) => account === lender.account);
    expect(ended.map(({ quantityLots, expiryReason }) => [quantityLots, expiryReason])).toEqual([[lots, ExpiryReason.InsufficientFunds]]);
    expect(venue.audit()).toEqual([]);
  });

  it('goes on selling its coins to repay what it owes', () => {
    const { venue, rich } = exhausted();
    venue.live(1);
    const before = fundHas(venue, SOL);
    const owed = fundHas(venue, USDC);
    for (let second = 0; second < 130; second += 1) {
      venue.place(rich, SmallMarket.SOL_USDC, 'bid', 10_000, 15_000, { timeInForce: TimeInForce.IOC });
      venue.live(1);
    }
    expect(fundHas(venue, SOL)).toBeLessThan(before * 0.85);
    expect(fundHas(venue, USDC)).toBeGreaterThan(owed);
    expect(venue.audit()).toEqual([]);
  });

  it('is heard of again in the next hour, when interest has made another hole', () => {
    const { venue } = exhausted();
    let losses = 0;
    for (let minute = 0; minute < 130; minute += 1) {
      venue.pass(60);
      losses += venue.events(events.lendersLost).length;
    }
    expect(losses).toBeLessThanOrEqual(4);
    expect(venue.audit()).toEqual([]);
  });
});

describe('a fund that owes all there is in a pool', () => {
  it('leaves the lenders a hundredth, owes the rest itself, and asks for no command each second', () => {
    const venue = bareVenue({ fundGrant: '0' });
    const winner = personWith(venue, 1, [900 * M]);
    const { state } = venue;
    const owed = 3_000_000e8;
    giveFund(venue, winner, 0, -owed);
    const pool = state.assets[SOL]!.pool!;
    venue.live(1);
    expect(pool.lendIndex).toBeGreaterThanOrEqual(LEND_INDEX_MIN);
    expect(pool.lendIndex).toBeLessThan((LEND_INDEX_MIN * 1_001n) / 1_000n);
    expect(fundHas(venue, SOL)).toBeLessThan(0);
    const { receipts } = state.liquidation;
    venue.live(3);
    expect(pendingTurns(state)).toBeNull();
    expect(state.liquidation.receipts - receipts).toBeLessThanOrEqual(1);
    expect(venue.audit()).toEqual([]);
  });

  it('makes no claim more than a holding can count', () => {
    const venue = bareVenue({ fundGrant: '0' });
    const [winner, whale] = [personWith(venue, 1, [900 * M]), personWith(venue, 2, [])];
    giveFund(venue, winner, 0, -3_000_000e8);
    venue.as(whale, commands.updateAccount, { autoLend: 0 });
    const most = 9_000_000_000_000_000;
    expect(venue.deposit(whale, SOL, most).rejectCode).toBe(0);
    venue.live(1);
    const { value, limit, rejectCode } = venue.deposit(winner, SOL, most);
    expect([rejectCode, value]).toEqual([rejects.holdingLimit.code, most]);
    expect(limit).toBeLessThan(most);
    const lend = { asset: SOL, side: BorrowLendSide.Lend };
    const { pool } = venue.state.assets[SOL]!;
    pool!.listing = { ...pool!.listing, openBorrowLendLimit: '1000000000000' };
    expect(venue.as(whale, commands.executeBorrowLend, { ...lend, quantityAtoms: most }).rejectCode).toBe(rejects.holdingLimit.code);
    expect(venue.as(whale, commands.executeBorrowLend, { ...lend, quantityAtoms: 80_000_000_000_000 }).rejectCode).toBe(0);
    expect(venue.audit()).toEqual([]);
  });
});

describe('what is left of what the fund took', () => {
  it('below a lot asks for no command each second', () => {
    const venue = bareVenue();
    const rich = personWith(venue, 1, [10_000 * M, 0, 0, 0, 10e8]);
    const lot = venue.state.markets[SmallMarket.SOL_USDC]!.lotAtoms;
    const dust = lot * venue.state.markets[SmallMarket.SOL_USDC]!.listing.minQuantityLots - 1;
    giveFund(venue, rich, 1_000_000 * M, dust);
    const seen = new Set<string>();
    const { sendOne } = venue;
    venue.sendOne = (schema, fields, timeMicros) => {
      seen.add(schema.name);
      return sendOne.call(venue, schema, fields, timeMicros);
    };
    venue.live(3);
    expect([...seen]).not.toContain('liquidate');
    expect(pendingTurns(venue.state)).toBeNull();
    giveFund(venue, rich, 1_000_000 * M, dust + lot * 5);
    venue.live(1);
    expect([...seen]).toContain('liquidate');
    expect(venue.audit()).toEqual([]);
  });
});
